package dev.midge.client.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.EngineKind;
import dev.midge.client.StopSignal;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Heard;
import dev.midge.testing.Playing;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.ScriptedBroker.Sight;
import dev.midge.testing.Slow;
import dev.midge.testing.Specs;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sub acknowledges, when, and what not. */
@EachEngine
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class AcknowledgingTest {

  @Parameter EngineKind engine;

  private final Heard heard = new Heard();
  private final StopSignal stop = new StopSignal();
  private final List<String> printed = new CopyOnWriteArrayList<>();
  private final Semaphore mayPrint = new Semaphore(1000);
  private ScriptedBroker broker;

  @BeforeEach
  void listen() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void close() throws Exception {
    mayPrint.release(1000);
    stop.request();
    broker.close();
  }

  private Playing<JobResult> subscribing(Specs specs, int count) {
    return subscribing(specs, count, this::print);
  }

  private Playing<JobResult> subscribing(Specs specs, int count, MessageSink sink) {
    SubscribeSpec subscribe =
        new SubscribeSpec(
            List.of(Subscription.of("a", Qos.EXACTLY_ONCE)),
            List.of(),
            Properties.NONE,
            Properties.NONE,
            Properties.NONE,
            Selection.of(count),
            false,
            null);
    return Playing.of(() -> new SubscribeJob(specs.spec(), subscribe, heard, sink, stop).run());
  }

  private void print(ReceivedMessage received) {
    try {
      assertThat(mayPrint.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    printed.add(new String(received.message().payload(), UTF_8));
  }

  private Specs specs(ProtocolVersion version) {
    return Specs.to(broker.port()).engine(engine).version(version);
  }

  private void begin() throws Exception {
    broker.welcome();
    broker.read(PacketType.SUBSCRIBE);
  }

  private void publish(int id, Qos qos) throws Exception {
    broker.send(new Publish(Message.of("a", ("m" + id).getBytes(UTF_8), qos, false), false, id));
  }

  private int acknowledged(PacketType type) throws Exception {
    return ((Ack) broker.read(type)).packetId();
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void pubackComesWhenTheMessageIsPrinted(ProtocolVersion version) throws Exception {
    mayPrint.drainPermits();
    Playing<JobResult> sub = subscribing(specs(version), 1);
    begin();
    publish(7, Qos.AT_LEAST_ONCE);

    assertThat(broker.watch(300)).isEqualTo(Sight.NOTHING);
    mayPrint.release();
    assertThat(acknowledged(PacketType.PUBACK)).isEqualTo(7);
    assertThat(printed).containsExactly("m7");
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(sub.result()).isEqualTo(JobResult.DONE);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void pubrecComesWhenTheMessageIsPrintedAndItIsPrintedOnce(ProtocolVersion version)
      throws Exception {
    mayPrint.drainPermits();
    Playing<JobResult> sub = subscribing(specs(version), 2);
    begin();
    publish(7, Qos.EXACTLY_ONCE);

    assertThat(broker.watch(300)).isEqualTo(Sight.NOTHING);
    mayPrint.release(2);
    acknowledged(PacketType.PUBREC);
    publish(7, Qos.EXACTLY_ONCE);
    acknowledged(PacketType.PUBREC);
    assertThat(printed).containsExactly("m7");
    broker.send(Ack.of(PacketType.PUBREL, 7));
    assertThat(acknowledged(PacketType.PUBCOMP)).isEqualTo(7);
    broker.send(Ack.of(PacketType.PUBREL, 7));
    assertThat(acknowledged(PacketType.PUBCOMP)).isEqualTo(7);
    publish(0, Qos.AT_MOST_ONCE);
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    sub.result();
    assertThat(printed).containsExactly("m7", "m0");
  }

  @Test
  void theLastMessageWantedIsReleasedBeforeTheEnd() throws Exception {
    Playing<JobResult> sub = subscribing(specs(ProtocolVersion.V3_1_1), 1);
    begin();
    publish(7, Qos.EXACTLY_ONCE);
    acknowledged(PacketType.PUBREC);
    assertThat(broker.watch(100)).isEqualTo(Sight.NOTHING);
    broker.send(Ack.of(PacketType.PUBREL, 7));

    assertThat(acknowledged(PacketType.PUBCOMP)).isEqualTo(7);
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(sub.result()).isEqualTo(JobResult.DONE);
  }

  @Slow("waits until the broker is given up")
  @Test
  void aBrokerThatReleasesNothingDoesNotHoldUpTheEnd() throws Exception {
    Playing<JobResult> sub = subscribing(specs(ProtocolVersion.V3_1_1), 1);
    begin();
    publish(7, Qos.EXACTLY_ONCE);
    acknowledged(PacketType.PUBREC);

    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(sub.result()).isEqualTo(JobResult.DONE);
  }

  @Test
  void whoCannotPrintAcknowledgesNothing() throws Exception {
    mayPrint.drainPermits();
    subscribing(specs(ProtocolVersion.V3_1_1), 0);
    begin();
    for (int id = 1; id <= 3; id++) {
      publish(id, Qos.AT_LEAST_ONCE);
    }

    assertThat(broker.watch(300)).isEqualTo(Sight.NOTHING);
    mayPrint.release(3);
    for (int id = 1; id <= 3; id++) {
      assertThat(acknowledged(PacketType.PUBACK)).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatCouldNotBeWrittenIsNotAcknowledged(int level) throws Exception {
    Disk disk = new Disk();
    Playing<JobResult> sub = subscribing(specs(ProtocolVersion.V3_1_1), 0, disk);
    begin();
    publish(1, Qos.of(level));
    PacketType kind = level == 1 ? PacketType.PUBACK : PacketType.PUBREC;
    assertThat(acknowledged(kind)).isEqualTo(1);
    disk.full = true;
    publish(2, Qos.of(level));

    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(sub.result()).isEqualTo(JobResult.OUTPUT_CLOSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theLastMessageWantedIsNotAcknowledgedEitherIfItCouldNotBeWritten(int level)
      throws Exception {
    Disk disk = new Disk();
    disk.full = true;
    Playing<JobResult> sub = subscribing(specs(ProtocolVersion.V3_1_1), 1, disk);
    begin();
    publish(1, Qos.of(level));

    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    sub.result();
  }

  /** Takes messages and finds out when they are to be written that there is no room for them. */
  private static final class Disk implements MessageSink {
    private volatile boolean full;
    private boolean something;

    @Override
    public void accept(ReceivedMessage message) {
      something = true;
    }

    @Override
    public void rest() throws IOException {
      if (something && full) {
        throw new IOException("No space left on device");
      }
      something = false;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatComesAfterTheLastMessageWantedIsLeftToTheBroker(int level) throws Exception {
    Qos qos = Qos.of(level);
    Playing<JobResult> sub = subscribing(specs(ProtocolVersion.V3_1_1), 2);
    begin();
    for (int id = 1; id <= 2; id++) {
      publish(id, Qos.AT_LEAST_ONCE);
    }
    for (int id = 3; id <= 9; id++) {
      publish(id, qos);
    }

    assertThat(acknowledged(PacketType.PUBACK)).isEqualTo(1);
    assertThat(acknowledged(PacketType.PUBACK)).isEqualTo(2);
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(sub.result()).isEqualTo(JobResult.DONE);
    assertThat(printed).containsExactly("m1", "m2");
  }

  @Test
  void aMessageInHandIsPrintedAndAcknowledgedBeforeTheEnd() throws Exception {
    mayPrint.drainPermits();
    Playing<JobResult> sub = subscribing(specs(ProtocolVersion.V3_1_1), 0);
    begin();
    publish(1, Qos.AT_LEAST_ONCE);
    publish(2, Qos.AT_LEAST_ONCE);
    Awaitility.await().until(mayPrint::hasQueuedThreads);
    stop.request();
    assertThat(broker.watch(100)).isEqualTo(Sight.NOTHING);
    mayPrint.release(2);

    assertThat(acknowledged(PacketType.PUBACK)).isEqualTo(1);
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(sub.result()).isEqualTo(JobResult.STOPPED);
    assertThat(printed).containsExactly("m1");
  }

  @Test
  void aMessageIsPrintedEvenIfTheBrokerDoesNotStayForItsAcknowledgement() throws Exception {
    Playing<JobResult> sub = subscribing(specs(ProtocolVersion.V3_1_1), 1);
    begin();
    publish(1, Qos.AT_LEAST_ONCE);
    broker.hangUp();

    assertThat(sub.result()).isEqualTo(JobResult.DONE);
    assertThat(printed).containsExactly("m1");
  }

  @Test
  void aMessageOfQos2IsPrintedOnceThoughTheConnectionIsLostAtPubcomp() throws Exception {
    Specs specs = specs(ProtocolVersion.V3_1_1).clientId("c").cleanStart(false);
    Playing<JobResult> sub = subscribing(specs, 2);
    begin();
    publish(1, Qos.EXACTLY_ONCE);
    acknowledged(PacketType.PUBREC);
    broker.send(Ack.of(PacketType.PUBREL, 1));
    acknowledged(PacketType.PUBCOMP);
    broker.hangUp();
    broker.accept().read(PacketType.CONNECT);
    broker.send(new Connack(true, 0, Properties.NONE));
    broker.send(Ack.of(PacketType.PUBREL, 1));
    for (Packet packet = broker.read(); packet.type() != PacketType.PUBCOMP; ) {
      packet = broker.read(); // SUBSCRIBE comes as well.
    }
    publish(0, Qos.AT_MOST_ONCE);

    assertThat(sub.result()).isEqualTo(JobResult.DONE);
    assertThat(printed).containsExactly("m1", "m0");
  }
}
