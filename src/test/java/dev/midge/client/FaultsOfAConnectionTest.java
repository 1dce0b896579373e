package dev.midge.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.client.job.Engines;
import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.fault.Fault;
import dev.midge.fault.Moment;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@EachEngine
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class FaultsOfAConnectionTest {

  @Parameter EngineKind engine;

  private final Heard heard = new Heard();
  private ScriptedBroker broker;

  @BeforeEach
  void listen() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void close() throws Exception {
    broker.close();
  }

  private Specs planning(Effect effect, Moment moment) {
    return Specs.to(broker.port()).engine(engine).fault(effect, moment);
  }

  private Connection open(Specs specs) throws Exception {
    Playing<Connection> connection = Playing.of(() -> Engines.open(specs.spec(), heard, heard));
    broker.welcome();
    return connection.result();
  }

  private static Playing<Void> ending(Connection connection) {
    return Playing.of(
        () -> {
          connection.end(0, Properties.NONE);
          return null;
        });
  }

  private static Message message(Qos qos) {
    return Message.of("t", "x".getBytes(UTF_8), qos, false);
  }

  @ParameterizedTest
  @CsvSource({"CLOSE, FIN", "RESET, RST"})
  void anEndByFaultSendsNoDisconnect(EffectKind kind, Sight sight) throws Exception {
    Effect effect = new Effect.Plain(kind);
    Connection connection = open(planning(effect, new Moment.End()));
    Playing<Void> end = ending(connection);

    assertThat(broker.watch(20_000)).isEqualTo(sight);
    broker.hangUp();
    end.result();
    assertThat(connection.struck().get(30, TimeUnit.SECONDS).effects().get(0)).isEqualTo(effect);
    assertThat(heard.struck).hasSize(1);
    assertThat(heard.losses).isEmpty();
  }

  @Test
  void aCallIsCancelledHoweverLongTheFaultTakes() throws Exception {
    Specs specs =
        Specs.to(broker.port()).engine(engine).clientId("c").fault("takeover@subscribe-out:1");
    Connection connection = open(specs);
    List<Subscription> all = List.of(Subscription.of("a", Qos.AT_MOST_ONCE));
    connection.subscribe(all, Properties.NONE);
    broker.accept(); // The one that takes over waits for its CONNACK.

    assertThatThrownBy(() -> connection.unsubscribe(List.of("b"), Properties.NONE))
        .isInstanceOf(CancellationException.class);
    broker.hangUp();
    assertThat(connection.over().get(30, TimeUnit.SECONDS).failure()).isNotNull();
  }

  @Test
  void anEndByWillIsDisconnectWithReason4() throws Exception {
    Properties ours = Properties.builder().userProperty("k", "v").build();
    Connection connection =
        open(planning(Effect.WILL, new Moment.End()).version(ProtocolVersion.V5));
    Playing<Void> end =
        Playing.of(
            () -> {
              connection.end(0, ours);
              return null;
            });

    assertThat(broker.read()).isEqualTo(new Disconnect(4, ours));
    assertThat(broker.read()).isNull();
    broker.hangUp();
    end.result();
    assertThat(heard.struck).containsExactly(new Fault(Effect.WILL, new Moment.End()));
  }

  @Slow("waits for keep alive")
  @Test
  void aFrozenLinkIsSilentAndOpenUntilTheBrokerHangsUp() throws Exception {
    Connection connection = open(planning(Effect.FREEZE, new Moment.End()).keepAlive(1));
    connection.end(0, Properties.NONE);

    assertThat(heard.struck).hasSize(1);
    // Neither pings, nor the engine giving up after two intervals, may show.
    assertThat(broker.watch(3500)).isEqualTo(Sight.NOTHING);
    broker.sendHex("d000");
    assertThat(broker.watch(200)).isEqualTo(Sight.NOTHING);
    assertThat(connection.struck()).isNotDone();
    broker.hangUp();

    assertThat(connection.struck().get(30, TimeUnit.SECONDS).effects().get(0))
        .isEqualTo(Effect.FREEZE);
    assertThat(heard.losses).isEmpty();
  }

  @Test
  void closingEndsAFreeze() throws Exception {
    Connection connection = open(planning(Effect.FREEZE, new Moment.Connected()));
    assertThat(connection.struck()).isNotDone();
    connection.close();

    assertThat(connection.struck().get(30, TimeUnit.SECONDS).effects().get(0))
        .isEqualTo(Effect.FREEZE);
    assertThat(broker.watch(20_000)).isIn(Sight.FIN, Sight.RST);
  }

  @Test
  void aFaultAtConnackComesBeforeAnythingElse() throws Exception {
    Connection connection = open(planning(Effect.RESET, new Moment.Connected()));

    assertThat(broker.watch(20_000)).isEqualTo(Sight.RST);
    assertThat(connection.struck().get(30, TimeUnit.SECONDS).effects().get(0))
        .isEqualTo(Effect.RESET);
    assertThat(heard.clientIds).hasSize(1);
    assertThatThrownBy(() -> connection.publish(message(Qos.AT_MOST_ONCE)))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aFaultMayComeByTheClock() throws Exception {
    Connection connection = open(planning(Effect.RESET, new Moment.After(Duration.ofMillis(300))));

    assertThat(broker.watch(20_000)).isEqualTo(Sight.RST);
    assertThat(connection.struck().get(30, TimeUnit.SECONDS).effects().get(0))
        .isEqualTo(Effect.RESET);
  }

  @ParameterizedTest
  @EnumSource(Qos.class)
  void exactlySoManyMessagesAreWrittenBeforeTheFault(Qos qos) throws Exception {
    Connection connection =
        open(planning(Effect.CLOSE, new Moment.Packets(PacketType.PUBLISH, Direction.OUT, 3)));
    Playing<Void> publishing =
        Playing.of(
            () -> {
              while (true) {
                connection.publish(message(qos), true);
              }
            });

    for (int i = 0; i < 3; i++) {
      assertThat(((Publish) broker.read(PacketType.PUBLISH)).message()).isEqualTo(message(qos));
    }
    assertThat(broker.read()).isNull();
    broker.hangUp();
    assertThatThrownBy(publishing::result).isInstanceOf(CancellationException.class);
    assertThat(connection.struck().get(30, TimeUnit.SECONDS).effects().get(0))
        .isEqualTo(Effect.CLOSE);
    assertThat(heard.struck).hasSize(1);
    assertThat(heard.losses).isEmpty();
  }

  @Test
  void aLargeMessageIsWrittenWhollyBeforeTheFault() throws Exception {
    Connection connection =
        open(planning(Effect.CLOSE, new Moment.Packets(PacketType.PUBLISH, Direction.OUT, 1)));
    byte[] payload = new byte[3_000_000];
    payload[payload.length - 1] = 1;
    Playing<CompletableFuture<Delivery>> publishing =
        Playing.of(() -> connection.publish(Message.of("t", payload, Qos.AT_MOST_ONCE, false)));

    // Fixed header, topic, payload.
    assertThat(broker.readHex(1 + 4 + 3 + payload.length)).endsWith("0001");
    assertThat(broker.read()).isNull();
    broker.hangUp();
    publishing.result();
  }

  @Test
  void whatIsPendingIsCancelledByAFault() throws Exception {
    Connection connection = open(planning(Effect.RESET, new Moment.End()));
    CompletableFuture<Delivery> code = connection.publish(message(Qos.AT_LEAST_ONCE));
    broker.read(PacketType.PUBLISH);
    connection.end(0, Properties.NONE);

    assertThatThrownBy(() -> code.get(30, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aFaultCanBeInjectedUnplanned() throws Exception {
    Connection connection = open(Specs.to(broker.port()).engine(engine));
    connection.inject(Effect.RESET);

    assertThat(broker.watch(20_000)).isEqualTo(Sight.RST);
    assertThat(connection.struck().get(30, TimeUnit.SECONDS).effects().get(0))
        .isEqualTo(Effect.RESET);
    assertThat(heard.struck).isEmpty();
  }
}
