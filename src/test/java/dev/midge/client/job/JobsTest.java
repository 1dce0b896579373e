package dev.midge.client.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.client.EngineKind;
import dev.midge.client.StopSignal;
import dev.midge.client.source.PayloadMessages;
import dev.midge.client.source.PayloadSource;
import dev.midge.client.source.PublishSpec;
import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.Moment;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Heard;
import dev.midge.testing.Playing;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.ScriptedBroker.Sight;
import dev.midge.testing.Specs;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The jobs of pub, sub and conn against a broker that is played. */
@EachEngine
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class JobsTest {

  @Parameter EngineKind engine;

  private final Heard heard = new Heard();
  private final StopSignal stop = new StopSignal();
  private final List<ReceivedMessage> printed = Collections.synchronizedList(new ArrayList<>());
  private ScriptedBroker broker;

  @BeforeEach
  void listen() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void close() throws Exception {
    broker.close();
  }

  private Specs specs() {
    return Specs.to(broker.port()).engine(engine);
  }

  private Specs v5() {
    return specs().version(ProtocolVersion.V5);
  }

  private Playing<JobResult> publishing(
      Specs specs, Qos qos, Properties properties, Payloads source) {
    PublishSpec publish =
        new PublishSpec("t", qos, false, properties, Properties.NONE, Duration.ZERO);
    return Playing.of(
        () ->
            new PublishJob(specs.spec(), publish, heard)
                .publishAll(new PayloadMessages(source, publish)));
  }

  private Playing<JobResult> subscribing(Specs specs, int count, Duration timeout) {
    return subscribing(specs, count, timeout, printed::add);
  }

  private Playing<JobResult> subscribing(
      Specs specs, int count, Duration timeout, MessageSink sink) {
    SubscribeSpec subscribe =
        new SubscribeSpec(
            List.of(Subscription.of("a", Qos.EXACTLY_ONCE), Subscription.of("b", Qos.EXACTLY_ONCE)),
            List.of(),
            Properties.NONE,
            Properties.NONE,
            Properties.NONE,
            Selection.of(count),
            false,
            timeout);
    return Playing.of(() -> new SubscribeJob(specs.spec(), subscribe, heard, sink, stop).run());
  }

  private Publish publish(String payload) {
    return new Publish(Message.of("a", payload.getBytes(UTF_8), Qos.AT_MOST_ONCE, false), false, 0);
  }

  private void grant() throws Exception {
    Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(subscribe.packetId(), List.of(2, 2), Properties.NONE));
  }

  private void readDisconnect() throws Exception {
    broker.hangUp();
  }

  @Test
  void eachMessageWaitsForTheOneBefore() throws Exception {
    Playing<JobResult> pub =
        publishing(specs(), Qos.AT_LEAST_ONCE, Properties.NONE, Payloads.of(2));
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    assertThat(broker.watch(200)).isEqualTo(Sight.NOTHING);
    broker.send(Ack.of(PacketType.PUBACK, 1));
    broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBACK, 2));
    broker.read(PacketType.DISCONNECT);
    readDisconnect();

    assertThat(pub.result()).isEqualTo(JobResult.DONE);
  }

  @Test
  void linesAreInFlightTogetherAndDisconnectWaitsForAllOfThem() throws Exception {
    Playing<JobResult> pub =
        publishing(specs(), Qos.AT_LEAST_ONCE, Properties.NONE, Payloads.lines(3));
    broker.welcome();
    for (int i = 0; i < 3; i++) {
      broker.read(PacketType.PUBLISH);
    }
    assertThat(broker.watch(200)).isEqualTo(Sight.NOTHING);
    for (int i = 1; i <= 3; i++) {
      broker.send(Ack.of(PacketType.PUBACK, i));
    }
    broker.read(PacketType.DISCONNECT);
    readDisconnect();

    assertThat(pub.result()).isEqualTo(JobResult.DONE);
  }

  @Test
  void aRefusedMessageIsAWarning() throws Exception {
    Playing<JobResult> pub = publishing(v5(), Qos.AT_LEAST_ONCE, Properties.NONE, Payloads.of(1));
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.send(
        new Ack(
            PacketType.PUBACK,
            1,
            0x87,
            Properties.builder().add(Property.REASON_STRING, "not here").build()));
    broker.read(PacketType.DISCONNECT);
    readDisconnect();

    assertThat(pub.result()).isEqualTo(JobResult.DONE);
    assertThat(heard.warnings)
        .containsExactly("Warning: Publish 1 failed: Not authorized.", "not here");
  }

  @Test
  void aRefusalByPubcompIsAWarningToo() throws Exception {
    Playing<JobResult> pub = publishing(v5(), Qos.EXACTLY_ONCE, Properties.NONE, Payloads.of(1));
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBREC, 1));
    broker.read(PacketType.PUBREL);
    broker.send(Ack.of(PacketType.PUBCOMP, 1, 0x92));
    broker.read(PacketType.DISCONNECT);
    readDisconnect();

    assertThat(pub.result()).isEqualTo(JobResult.DONE);
    assertThat(heard.warnings)
        .containsExactly("Warning: Publish 1 failed: Packet Identifier not found.");
  }

  @Test
  void aTopicAliasStandsForTheTopicFromTheSecondMessageOn() throws Exception {
    Properties alias = Properties.of(Property.TOPIC_ALIAS, 2);
    Playing<JobResult> pub = publishing(v5(), Qos.AT_MOST_ONCE, alias, Payloads.of(2));
    broker.welcome();

    assertThat(((Publish) broker.read()).message().topic()).isEqualTo("t");
    assertThat(((Publish) broker.read()).message().topic()).isEmpty();
    broker.read(PacketType.DISCONNECT);
    readDisconnect();
    pub.result();
  }

  @Test
  void aSourceThatCannotBeReadOnIsToldAfterDisconnect() throws Exception {
    Payloads two = Payloads.of(2);
    Playing<JobResult> pub =
        publishing(
            specs(),
            Qos.AT_MOST_ONCE,
            Properties.NONE,
            () -> {
              byte[] payload = two.next();
              if (payload == null) {
                throw new IOException("no more");
              }
              return payload;
            });
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.read(PacketType.PUBLISH);
    broker.read(PacketType.DISCONNECT);
    readDisconnect();

    assertThatThrownBy(pub::result).isInstanceOf(IOException.class).hasMessage("no more");
  }

  @Test
  void aLossBeforeTheAcknowledgementIsAFailure() throws Exception {
    Playing<JobResult> pub =
        publishing(specs(), Qos.AT_LEAST_ONCE, Properties.NONE, Payloads.of(1));
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.hangUp();

    assertThat(pub.failure().kind()).isEqualTo(Kind.LOST);
  }

  @Test
  void aFaultThatNeverCameLeavesADoneJob() throws Exception {
    Playing<JobResult> pub =
        publishing(
            specs().fault(Effect.RESET, new Moment.Packets(PacketType.PUBLISH, Direction.OUT, 5)),
            Qos.AT_MOST_ONCE,
            Properties.NONE,
            Payloads.of(3));
    broker.welcome();
    for (int i = 0; i < 3; i++) {
      broker.read(PacketType.PUBLISH);
    }
    broker.read(PacketType.DISCONNECT);
    readDisconnect();

    assertThat(pub.result()).isEqualTo(JobResult.DONE);
    assertThat(heard.struck).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFaultAfterAMessageEndsTheJob(boolean stream) throws Exception {
    Playing<JobResult> pub =
        publishing(
            specs().fault(Effect.RESET, new Moment.Packets(PacketType.PUBLISH, Direction.OUT, 2)),
            Qos.AT_MOST_ONCE,
            Properties.NONE,
            stream ? Payloads.lines(1000) : Payloads.of(1000));
    broker.welcome();

    assertThat(pub.result()).isEqualTo(JobResult.STRUCK);
  }

  @Test
  void aFaultByTheClockDoesNotWaitForTheNextLine() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Playing<JobResult> pub =
        publishing(
            specs().fault(Effect.RESET, new Moment.After(Duration.ofMillis(200))),
            Qos.AT_MOST_ONCE,
            Properties.NONE,
            new Payloads() {
              @Override
              public byte[] next() throws IOException {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                return null;
              }

              @Override
              public boolean isStream() {
                return true;
              }
            });
    broker.welcome();

    assertThat(broker.watch(20_000)).isEqualTo(Sight.RST);
    assertThat(pub.result()).isEqualTo(JobResult.STRUCK);
  }

  @Test
  void aFrozenPublisherStaysUntilTheBrokerHangsUp() throws Exception {
    Playing<JobResult> pub =
        publishing(
            specs().fault(Effect.FREEZE, new Moment.End()),
            Qos.AT_MOST_ONCE,
            Properties.NONE,
            Payloads.of(1));
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    assertThat(broker.watch(500)).isEqualTo(Sight.NOTHING);
    assertThat(pub.isDone()).isFalse();
    broker.hangUp();

    assertThat(pub.result()).isEqualTo(JobResult.STRUCK);
  }

  @Test
  void exactlySoManyMessagesAreTakenAndDisconnectIsClean() throws Exception {
    Playing<JobResult> sub = subscribing(v5(), 2, null);
    broker.welcome();
    assertThat(((Subscribe) broker.read()).subscriptions()).hasSize(2);
    broker.send(new Suback(1, List.of(2, 2), Properties.NONE));
    for (int i = 0; i < 5; i++) {
      broker.send(publish("m" + i));
    }

    assertThat(broker.read()).isEqualTo(Disconnect.NORMAL);
    readDisconnect();
    assertThat(sub.result()).isEqualTo(JobResult.DONE);
    assertThat(printed)
        .extracting(message -> new String(message.message().payload(), UTF_8))
        .containsExactly("m0", "m1");
  }

  @Test
  void theLastMessageOfQos2IsFinishedBeforeDisconnect() throws Exception {
    Playing<JobResult> sub = subscribing(specs(), 1, null);
    broker.welcome();
    grant();
    broker.send(new Publish(Message.of("a", new byte[0], Qos.EXACTLY_ONCE, false), false, 1));
    broker.read(PacketType.PUBREC);
    broker.send(Ack.of(PacketType.PUBREL, 1));
    broker.read(PacketType.PUBCOMP);
    broker.read(PacketType.DISCONNECT);
    readDisconnect();

    assertThat(sub.result()).isEqualTo(JobResult.DONE);
    assertThat(printed).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"V5, 4", "V3_1_1, 0"})
  void anEndByTimeAsksForTheWill(ProtocolVersion version, int code) throws Exception {
    Playing<JobResult> sub = subscribing(specs().version(version), 0, Duration.ofSeconds(2));
    broker.welcome();
    grant();

    assertThat(((Disconnect) broker.read(PacketType.DISCONNECT)).reasonCode()).isEqualTo(code);
    readDisconnect();
    assertThat(sub.result()).isEqualTo(JobResult.TIMED_OUT);
  }

  @Test
  void anEndByRequestAsksForTheWill() throws Exception {
    Playing<JobResult> sub = subscribing(v5(), 0, null);
    broker.welcome();
    grant();
    stop.request();

    assertThat(((Disconnect) broker.read(PacketType.DISCONNECT)).reasonCode()).isEqualTo(4);
    readDisconnect();
    assertThat(sub.result()).isEqualTo(JobResult.STOPPED);
  }

  @Test
  void timeMayBeOverBeforeConnack() throws Exception {
    Playing<JobResult> sub = subscribing(specs(), 0, Duration.ofSeconds(2));
    broker.accept().read(PacketType.CONNECT);

    assertThat(broker.read()).isNull();
    readDisconnect();
    assertThat(sub.result()).isEqualTo(JobResult.NEVER_CONNECTED);
    assertThat(heard.clientIds).isEmpty();
  }

  @Test
  void refusedSubscriptionsEndIt() throws Exception {
    Playing<JobResult> sub = subscribing(specs(), 0, null);
    broker.welcome();
    broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(1, List.of(0x80, 0x80), Properties.NONE));
    broker.read(PacketType.DISCONNECT);
    readDisconnect();

    assertThat(sub.result()).isEqualTo(JobResult.DENIED);
    assertThat(heard.warnings).containsExactly("All subscription requests were denied.");
  }

  @Test
  void anOutputThatIsGoneEndsIt() throws Exception {
    Playing<JobResult> sub =
        subscribing(
            specs(),
            0,
            null,
            message -> {
              throw new IOException("Broken pipe");
            });
    broker.welcome();
    grant();
    broker.send(publish("x"));
    broker.read(PacketType.DISCONNECT);
    readDisconnect();

    assertThat(sub.result()).isEqualTo(JobResult.OUTPUT_CLOSED);
  }

  @Test
  void aLostConnectionIsMadeAgainWithTheSameCountAndTheAssignedId() throws Exception {
    Playing<JobResult> sub = subscribing(v5(), 2, null);
    broker.welcome(Properties.builder().add(Property.ASSIGNED_CLIENT_IDENTIFIER, "auto").build());
    grant();
    broker.send(publish("m0"));
    heardPackets(2);
    broker.hangUp();
    broker.accept();
    assertThat(((Connect) broker.read()).clientId()).isEqualTo("auto");
    broker.send(new Connack(false, 0, Properties.NONE));
    grant();
    broker.send(publish("m1"));
    broker.read(PacketType.DISCONNECT);
    readDisconnect();

    assertThat(sub.result()).isEqualTo(JobResult.DONE);
    assertThat(printed).hasSize(2);
  }

  /** Waits until so many packets besides CONNACK have reached the client. */
  private void heardPackets(int count) {
    Awaitility.await().until(() -> heard.received.size() > count);
  }

  @Test
  void aMessageOfQos2SurvivesTheLossOfItsConnection() throws Exception {
    Specs specs = specs().clientId("c").cleanStart(false);
    Playing<JobResult> sub = subscribing(specs, 1, null);
    broker.welcome();
    grant();
    broker.send(new Publish(Message.of("a", new byte[0], Qos.EXACTLY_ONCE, false), false, 1));
    broker.read(PacketType.PUBREC);
    broker.hangUp();
    broker.accept().read(PacketType.CONNECT);
    broker.send(new Connack(true, 0, Properties.NONE));
    broker.send(Ack.of(PacketType.PUBREL, 1));

    assertThat(sub.result()).isEqualTo(JobResult.DONE);
    assertThat(printed).hasSize(1);
  }

  @Test
  void aRefusalEndsItEvenWhenConnectingAgain() throws Exception {
    Playing<JobResult> sub = subscribing(specs(), 0, null);
    broker.welcome();
    grant();
    broker.hangUp();
    broker.refuse(5);

    ConnectionFailure failure = sub.failure();
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure.code()).isEqualTo(5);
  }

  @Test
  void theFirstConnectionIsTriedOnce() throws Exception {
    int port = broker.port();
    broker.close();

    assertThat(subscribing(Specs.to(port).engine(engine), 0, null).failure().kind())
        .isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void connSendsACleanDisconnectWhenItsTimeIsOver() throws Exception {
    Playing<JobResult> conn =
        Playing.of(
            () -> new StayConnectedJob(v5().spec(), Duration.ofSeconds(2), heard, stop).run());
    broker.welcome();

    assertThat(broker.read()).isEqualTo(Disconnect.NORMAL);
    readDisconnect();
    assertThat(conn.result()).isEqualTo(JobResult.DONE);
  }

  @Test
  void connSendsACleanDisconnectOnRequest() throws Exception {
    Playing<JobResult> conn =
        Playing.of(() -> new StayConnectedJob(v5().spec(), null, heard, stop).run());
    broker.welcome();
    Awaitility.await().until(() -> !heard.clientIds.isEmpty());
    assertThat(broker.watch(200)).isEqualTo(Sight.NOTHING);
    stop.request();

    assertThat(broker.read()).isEqualTo(Disconnect.NORMAL);
    readDisconnect();
    assertThat(conn.result()).isEqualTo(JobResult.DONE);
  }

  @Test
  void connFailsWhenTheConnectionIsLost() throws Exception {
    Playing<JobResult> conn =
        Playing.of(() -> new StayConnectedJob(v5().spec(), null, heard, stop).run());
    broker.welcome();
    broker.send(new Disconnect(0x8B, Properties.NONE));

    assertThat(conn.failure().code()).isEqualTo(0x8B);
  }

  @Test
  void connEndsByItsFault() throws Exception {
    Specs specs = v5().fault(Effect.CLOSE, new Moment.After(Duration.ofMillis(200)));
    Playing<JobResult> conn =
        Playing.of(
            () -> new StayConnectedJob(specs.spec(), Duration.ofSeconds(60), heard, stop).run());
    broker.welcome();

    assertThat(broker.watch(20_000)).isEqualTo(Sight.FIN);
    readDisconnect();
    assertThat(conn.result()).isEqualTo(JobResult.STRUCK);
  }

  /** Some payloads, one like the other. */
  private interface Payloads extends PayloadSource {

    @Override
    default boolean isStream() {
      return false;
    }

    static Payloads of(int count) {
      return new Payloads() {
        private int left = count;

        @Override
        public byte[] next() {
          return left-- > 0 ? new byte[] {'x'} : null;
        }

        @Override
        public boolean isOver() {
          return left <= 0;
        }
      };
    }

    static Payloads lines(int count) {
      Payloads each = of(count);
      return new Payloads() {
        @Override
        public byte[] next() throws IOException {
          return each.next();
        }

        @Override
        public boolean isStream() {
          return true;
        }
      };
    }
  }
}
