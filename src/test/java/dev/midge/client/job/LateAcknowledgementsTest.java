package dev.midge.client.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.EngineKind;
import dev.midge.client.MessageListener;
import dev.midge.client.StopSignal;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Heard;
import dev.midge.testing.Playing;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.ScriptedBroker.Sight;
import dev.midge.testing.Slow;
import dev.midge.testing.Specs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink that deals with messages later is waited for, by acknowledgements and by the end. */
@Slow("waits for several intervals of keep alive")
@EachEngine
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class LateAcknowledgementsTest {

  @Parameter EngineKind engine;

  private final StopSignal stop = new StopSignal();
  private final Sink sink = new Sink();
  private ScriptedBroker broker;

  @BeforeEach
  void listen() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void close() throws Exception {
    sink.room.release(1000);
    stop.request();
    broker.close();
  }

  /** Deals with a message when its test says so. */
  private static final class Sink implements MessageSink {
    private final List<CompletableFuture<Void>> dealt = new CopyOnWriteArrayList<>();
    private final Semaphore room = new Semaphore(1000);

    @Override
    public void awaitRoom() {
      room.acquireUninterruptibly();
    }

    @Override
    public void accept(ReceivedMessage message) {
      dealt.add(new CompletableFuture<>());
    }

    @Override
    public CompletableFuture<Void> settled() {
      return dealt.isEmpty()
          ? MessageListener.SETTLED
          : CompletableFuture.allOf(dealt.toArray(CompletableFuture<?>[]::new));
    }

    void deal(int number) {
      dealt.get(number - 1).complete(null);
    }
  }

  private Playing<JobResult> subscribing(int count, Duration timeout) throws Exception {
    return subscribing(Specs.to(broker.port()), count, timeout);
  }

  private Playing<JobResult> subscribing(Specs to, int count, Duration timeout) throws Exception {
    SubscribeSpec subscribe =
        new SubscribeSpec(
            List.of(Subscription.of("a", Qos.EXACTLY_ONCE)),
            List.of(),
            Properties.NONE,
            Properties.NONE,
            Properties.NONE,
            Selection.of(count),
            false,
            timeout);
    Specs specs = to.engine(engine);
    Playing<JobResult> sub =
        Playing.of(() -> new SubscribeJob(specs.spec(), subscribe, new Heard(), sink, stop).run());
    broker.welcome();
    broker.read(PacketType.SUBSCRIBE);
    return sub;
  }

  /** For tests that answer PINGREQ; in the others a machine that stands still would end them. */
  private Specs pinging() {
    return Specs.to(broker.port()).keepAlive(3);
  }

  private void publish(int id, Qos qos) throws Exception {
    broker.send(new Publish(Message.of("a", ("m" + id).getBytes(UTF_8), qos, false), false, id));
  }

  private void awaitTaken(int count) {
    Awaitility.await().until(() -> sink.dealt.size() == count);
  }

  private int acknowledged(PacketType type) throws Exception {
    return ((Ack) broker.readAnsweringPings(type)).packetId();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void acknowledgementsComeInTheOrderOfTheMessages(int level) throws Exception {
    subscribing(0, null);
    for (int id = 1; id <= 3; id++) {
      publish(id, Qos.of(level));
    }
    awaitTaken(3);
    sink.deal(2);
    sink.deal(3);

    assertThat(broker.watch(300)).isEqualTo(Sight.NOTHING);
    sink.deal(1);
    for (int id = 1; id <= 3; id++) {
      assertThat(acknowledged(level == 1 ? PacketType.PUBACK : PacketType.PUBREC)).isEqualTo(id);
    }
  }

  @Test
  void otherMessagesComeWhileOneIsDealtWith() throws Exception {
    subscribing(0, null);
    publish(1, Qos.AT_LEAST_ONCE);
    awaitTaken(1);
    publish(2, Qos.AT_LEAST_ONCE);
    awaitTaken(2);
    sink.deal(1);

    assertThat(acknowledged(PacketType.PUBACK)).isEqualTo(1);
    assertThat(broker.watch(300)).isEqualTo(Sight.NOTHING);
  }

  @Test
  void theEndWaitsUntilTheLastMessageWantedIsDealtWith() throws Exception {
    Playing<JobResult> sub = subscribing(2, null);
    publish(1, Qos.AT_LEAST_ONCE);
    publish(2, Qos.AT_LEAST_ONCE);
    publish(3, Qos.AT_LEAST_ONCE);
    awaitTaken(2);
    sink.deal(1);

    assertThat(acknowledged(PacketType.PUBACK)).isEqualTo(1);
    assertThat(broker.watch(300)).isEqualTo(Sight.NOTHING);
    sink.deal(2);
    assertThat(acknowledged(PacketType.PUBACK)).isEqualTo(2);
    broker.readAnsweringPings(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(sub.result()).isEqualTo(JobResult.DONE);
    assertThat(sink.dealt).hasSize(2);
  }

  @Test
  void theEndByTimeWaitsToo() throws Exception {
    Playing<JobResult> sub = subscribing(pinging(), 0, Duration.ofMillis(1500));
    publish(1, Qos.AT_LEAST_ONCE);
    awaitTaken(1);

    for (int i = 0; i < 2; i++) { // Each after three seconds.
      broker.read(PacketType.PINGREQ);
      broker.send(Ping.RESPONSE);
    }
    publish(2, Qos.AT_LEAST_ONCE);
    sink.deal(1);
    assertThat(acknowledged(PacketType.PUBACK)).isEqualTo(1);
    broker.readAnsweringPings(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(sub.result()).isEqualTo(JobResult.TIMED_OUT);
    assertThat(sink.dealt).hasSize(1);
  }

  @Test
  void whatWillNeverBeDealtWithIsNotAcknowledgedAndHoldsUpNobody() throws Exception {
    Playing<JobResult> sub = subscribing(0, null);
    publish(1, Qos.AT_LEAST_ONCE);
    awaitTaken(1);
    sink.dealt.get(0).cancel(false);
    stop.request();

    broker.readAnsweringPings(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(sub.result()).isEqualTo(JobResult.STOPPED);
  }

  @Test
  void whileThereIsNoRoomPingsGoOnAndNoMessageIsTaken() throws Exception {
    subscribing(pinging(), 0, null);
    sink.room.drainPermits();
    publish(1, Qos.AT_LEAST_ONCE);
    for (int i = 0; i < 3; i++) { // Nobody reads the answers.
      broker.read(PacketType.PINGREQ);
      broker.send(Ping.RESPONSE);
    }
    assertThat(sink.dealt).isEmpty();
    sink.room.release();
    awaitTaken(1);
    sink.deal(1);

    assertThat(acknowledged(PacketType.PUBACK)).isEqualTo(1);
  }

  @Test
  void whoWaitsForRoomWhenTheEndComesTakesNothing() throws Exception {
    Playing<JobResult> sub = subscribing(0, null);
    sink.room.drainPermits();
    publish(1, Qos.AT_LEAST_ONCE);
    Awaitility.await().until(sink.room::hasQueuedThreads);
    stop.request();
    sink.room.release();

    broker.readAnsweringPings(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(sub.result()).isEqualTo(JobResult.STOPPED);
    assertThat(sink.dealt).isEmpty();
  }
}
