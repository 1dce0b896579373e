package dev.midge.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.job.Engines;
import dev.midge.client.job.JobResult;
import dev.midge.client.job.PublishJob;
import dev.midge.client.job.Selection;
import dev.midge.client.job.SubscribeJob;
import dev.midge.client.job.SubscribeSpec;
import dev.midge.client.source.PayloadMessages;
import dev.midge.client.source.PayloadSource;
import dev.midge.client.source.PublishSpec;
import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.fault.Moment;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.testing.ConfiguredMosquitto;
import dev.midge.testing.EachEngine;
import dev.midge.testing.FreePort;
import dev.midge.testing.Heard;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Playing;
import dev.midge.testing.Specs;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@EachEngine
class ConnectionWithMosquittoIT {

  @Parameter EngineKind engine;

  private static final AtomicInteger clients = new AtomicInteger();

  private static ConfiguredMosquitto broker;

  private final Heard heard = new Heard();

  @BeforeAll
  static void start() throws Exception {
    Mosquitto.require();
    broker = ConfiguredMosquitto.start();
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  /** With a client id, for MQTT 3.1 knows no other way. */
  private Specs specs() {
    return Specs.to(broker.port()).engine(engine).clientId("client-" + clients.incrementAndGet());
  }

  private static List<Arguments> versionsAndQos() {
    List<Arguments> all = new ArrayList<>();
    for (ProtocolVersion version : ProtocolVersion.values()) {
      for (Qos qos : Qos.values()) {
        all.add(Arguments.of(version, qos));
      }
    }
    return all;
  }

  private Connection watching(String filter, ProtocolVersion version) throws Exception {
    Connection watcher = Engines.open(specs().version(version).spec(), ClientEvents.NONE, heard);
    assertThat(
            ConnectionFailures.result(
                    watcher.subscribe(
                        List.of(Subscription.of(filter, Qos.EXACTLY_ONCE)), Properties.NONE))
                .reasonCodes())
        .containsExactly(2);
    return watcher;
  }

  private static PayloadSource source(boolean stream, int count, byte[] payload) {
    int[] sent = {0};
    return new PayloadSource() {
      @Override
      public byte[] next() {
        return sent[0]++ < count
            ? payload != null ? payload : Integer.toString(sent[0]).getBytes(UTF_8)
            : null;
      }

      @Override
      public boolean isStream() {
        return stream;
      }
    };
  }

  private static JobResult publish(ConnectSpec spec, String topic, Qos qos, PayloadSource source)
      throws ConnectionFailure, IOException, InterruptedException {
    PublishSpec publish =
        new PublishSpec(topic, qos, false, Properties.NONE, Properties.NONE, Duration.ZERO);
    return new PublishJob(spec, publish, ClientEvents.NONE)
        .publishAll(new PayloadMessages(source, publish));
  }

  @ParameterizedTest
  @MethodSource("versionsAndQos")
  void aMessageGoesRound(ProtocolVersion version, Qos qos) throws Exception {
    Message message = Message.of("round/😀", "päyload".getBytes(UTF_8), qos, false);
    try (Connection connection = watching("round/#", version)) {
      assertThat(connection.publish(message).get().reasonCode()).isZero();

      assertThat(heard.message().message()).isEqualTo(message);
      connection.end(0, Properties.NONE);
    }
  }

  @ParameterizedTest
  @EnumSource(Qos.class)
  void aMegabyteGoesRound(Qos qos) throws Exception {
    byte[] payload = new byte[1 << 20];
    new Random(1).nextBytes(payload);
    try (Connection connection = watching("large", ProtocolVersion.V3_1_1)) {
      connection.publish(Message.of("large", payload, qos, false)).get();

      assertThat(heard.message().message().payload()).isEqualTo(payload);
      connection.end(0, Properties.NONE);
    }
  }

  @Test
  void propertiesGoRound() throws Exception {
    Properties properties =
        Properties.builder()
            .add(Property.CONTENT_TYPE, "text/plain")
            .add(Property.CORRELATION_DATA, new byte[] {0, 1, 2})
            .add(Property.RESPONSE_TOPIC, "answer")
            .userProperty("b", "1")
            .userProperty("a", "2")
            .userProperty("b", "3")
            .build();
    Message message =
        new Message("properties", new byte[] {1}, Qos.EXACTLY_ONCE, false, properties);
    try (Connection connection = watching("properties", ProtocolVersion.V5)) {
      connection.publish(message).get();

      assertThat(heard.message().message().properties().entries())
          .containsExactlyInAnyOrderElementsOf(properties.entries());
    }
  }

  @ParameterizedTest
  @EnumSource(Qos.class)
  void thousandsOfLinesArriveInOrderAndNoneIsLost(Qos qos) throws Exception {
    int count = 20_000;
    try (Connection watcher = watching("lines", ProtocolVersion.V3_1_1)) {
      assertThat(publish(specs().spec(), "lines", qos, source(true, count, null)))
          .isEqualTo(JobResult.DONE);

      for (int i = 1; i <= count; i++) {
        ReceivedMessage line = heard.message();
        assertThat(new String(line.message().payload(), UTF_8)).isEqualTo(Integer.toString(i));
      }
      assertThat(heard.messages).isEmpty();
      assertThat(watcher.over()).isNotDone();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "V3_1, CLOSE",
    "V3_1, RESET",
    "V3_1_1, CLOSE",
    "V3_1_1, RESET",
    "V5, CLOSE",
    "V5, RESET",
    "V5, WILL"
  })
  void anAbruptEndRaisesTheWill(ProtocolVersion version, EffectKind kind) throws Exception {
    Effect effect = new Effect.Plain(kind);
    Will will = new Will(Message.of("will", "gone".getBytes(UTF_8), Qos.AT_LEAST_ONCE, false));
    try (Connection watcher = watching("will", version)) {
      JobResult ending =
          publish(
              specs().version(version).will(will).fault(effect, new Moment.End()).spec(),
              "t",
              Qos.AT_LEAST_ONCE,
              source(false, 1, null));

      assertThat(ending).isEqualTo(JobResult.STRUCK);
      assertThat(heard.message().message()).isEqualTo(will.message());
      watcher.end(0, Properties.NONE);
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aCleanEndDoesNotRaiseTheWill(ProtocolVersion version) throws Exception {
    Will will = new Will(Message.of("will", "gone".getBytes(UTF_8), Qos.AT_LEAST_ONCE, false));
    try (Connection watcher = watching("will", version)) {
      publish(
          specs().version(version).will(will).spec(),
          "t",
          Qos.EXACTLY_ONCE,
          source(false, 1, null));
      // What the broker says after that end comes after a will, if there was one.
      publish(specs().spec(), "will", Qos.AT_MOST_ONCE, source(false, 1, "last".getBytes(UTF_8)));

      assertThat(heard.message().message().payload()).isEqualTo("last".getBytes(UTF_8));
      watcher.end(0, Properties.NONE);
    }
  }

  @Test
  void aFrozenClientRaisesItsWillWhenKeepAliveIsOver() throws Exception {
    Will will = new Will(Message.of("frozen", "gone".getBytes(UTF_8), Qos.AT_LEAST_ONCE, false));
    try (Connection watcher = watching("frozen", ProtocolVersion.V5)) {
      JobResult ending =
          publish(
              specs().keepAlive(2).will(will).fault(Effect.FREEZE, new Moment.End()).spec(),
              "t",
              Qos.AT_LEAST_ONCE,
              source(false, 1, null));

      assertThat(ending).isEqualTo(JobResult.STRUCK);
      assertThat(heard.message().message().payload()).isEqualTo("gone".getBytes(UTF_8));
      watcher.end(0, Properties.NONE);
    }
  }

  @Test
  void aRefusedConnectionHasTheBrokersCode() throws Exception {
    try (ConfiguredMosquitto strict = ConfiguredMosquitto.start("allow_anonymous false")) {
      Playing<Connection> v3 =
          Playing.of(
              () -> Engines.open(Specs.to(strict.port()).engine(engine).spec(), heard, heard));
      Playing<Connection> v5 =
          Playing.of(
              () ->
                  Engines.open(
                      Specs.to(strict.port()).engine(engine).version(ProtocolVersion.V5).spec(),
                      heard,
                      heard));

      assertThat(v3.failure().code()).isEqualTo(5);
      assertThat(v5.failure().code()).isEqualTo(0x87);
    }
  }

  @Test
  void aSubscriberIsThereAgainAfterTheBrokerWasAway() throws Exception {
    try (FreePort port = FreePort.take()) {
      aSubscriberIsThereAgain(port);
    }
  }

  private void aSubscriberIsThereAgain(FreePort port) throws Exception {
    ConfiguredMosquitto first = ConfiguredMosquitto.startAt(port);
    List<ReceivedMessage> printed = new ArrayList<>();
    SubscribeSpec subscribe =
        new SubscribeSpec(
            List.of(Subscription.of("again", Qos.AT_LEAST_ONCE)),
            List.of(),
            Properties.NONE,
            Properties.NONE,
            Properties.NONE,
            Selection.of(1),
            false,
            null);
    Playing<JobResult> sub =
        Playing.of(
            () ->
                new SubscribeJob(
                        Specs.to(port.number()).engine(engine).spec(),
                        subscribe,
                        heard,
                        printed::add,
                        new StopSignal())
                    .run());
    Awaitility.await().until(() -> heard.clientIds.size() == 1);
    first.close();
    try (ConfiguredMosquitto second = ConfiguredMosquitto.startAt(port)) {
      PublishSpec retained =
          new PublishSpec(
              "again", Qos.AT_LEAST_ONCE, true, Properties.NONE, Properties.NONE, Duration.ZERO);
      new PublishJob(Specs.to(second.port()).engine(engine).spec(), retained, ClientEvents.NONE)
          .publishAll(new PayloadMessages(source(false, 1, null), retained));

      assertThat(sub.result()).isEqualTo(JobResult.DONE);
      assertThat(printed).hasSize(1);
    }
  }
}
