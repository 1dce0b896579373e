package dev.midge.lwt.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.EngineKind;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.net.Endpoint;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Playing;
import dev.midge.testing.ScriptedBroker;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A client with a will for which an engine speaks, and the brokers that do not answer it. */
@EachEngine
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class EngineClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final EngineKind engine;
  private final PacketTrace trace = new PacketTrace();
  private ScriptedBroker broker;

  EngineClientTest(EngineKind engine) {
    this.engine = engine;
  }

  @BeforeEach
  void start() throws IOException {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void stop() throws IOException {
    broker.close();
  }

  private EngineClient client(int port, Duration limit, DrillReader.Sink sink) {
    Endpoint endpoint = new Endpoint("127.0.0.1", port, null);
    Target target = new Target(endpoint, ProtocolVersion.V5, null, null, "", limit, engine);
    return EngineClient.start(target, target.connect("c", null), engine, trace, "client", sink);
  }

  private EngineClient connected(Duration limit, DrillReader.Sink sink) throws Exception {
    EngineClient client = client(broker.port(), limit, sink);
    broker.welcome();
    return client.awaitConnack();
  }

  @Test
  void whatItSendsAndReceivesIsTraced() throws Exception {
    Watcher inboxes = new Watcher();
    EngineClient client = connected(LONG, inboxes);
    Playing<Integer> code =
        Playing.of(
            () ->
                client
                    .publish(Message.of("a", new byte[] {'x'}, Qos.AT_LEAST_ONCE, false))
                    .await());
    int packetId = ((Publish) broker.read(PacketType.PUBLISH)).packetId();
    broker.send(new Publish(Message.of("b", new byte[] {'y'}, Qos.AT_MOST_ONCE, false), false, 0));
    broker.send(Ack.of(PacketType.PUBACK, packetId, ReasonCode.QUOTA_EXCEEDED));

    assertThat(code.result()).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    assertThat(inboxes.inbox("b").take(LONG).text()).isEqualTo("\"y\" QoS 0");
    client.close();
    assertThat(trace.packets())
        .extracting(packet -> packet.direction() + " " + packet.text().split("[ ,]")[0])
        .containsExactly(
            "EVENT speaks",
            "SENT CONNECT",
            "RECEIVED CONNACK",
            "SENT PUBLISH",
            "RECEIVED PUBLISH",
            "RECEIVED PUBACK");
    assertThat(trace.packets().get(0).text())
        .isEqualTo("speaks through the engine " + engine.word());
  }

  @Test
  void disconnectHasTheReasonAndTheEndOfTheConnectionIsAwaited() throws Exception {
    EngineClient client = connected(LONG, DrillReader.Sink.NONE);
    Playing<Long> end = Playing.of(() -> client.disconnect(new Disconnect(0x99, Properties.NONE)));

    assertThat(((Disconnect) broker.read(PacketType.DISCONNECT)).reasonCode()).isEqualTo(0x99);
    assertThat(broker.read()).isNull();
    broker.hangUp();
    assertThat(end.result()).isPositive();
    assertThat(client.isEnded()).isTrue();
  }

  @Test
  void aBrokerThatDoesNotCloseMakesTheNextConnectionImpossible() throws Exception {
    EngineClient client = connected(LONG, DrillReader.Sink.NONE);

    assertThatThrownBy(() -> client.endCleanly(LONG))
        .isInstanceOf(ConnectionFailure.class)
        .hasMessage("The broker has not closed it within 1 s after DISCONNECT");
  }

  @Test
  void aConnectionThatTheBrokerHasEndedCannotBeEndedByDisconnect() throws Exception {
    Watcher inboxes = new Watcher();
    EngineClient client = connected(LONG, inboxes);
    broker.send(new Disconnect(0x8E, Properties.NONE));
    assertThatThrownBy(() -> inboxes.inbox("a").take(LONG)).isInstanceOf(ConnectionFailure.class);

    assertThatThrownBy(() -> client.disconnect(Disconnect.NORMAL))
        .isInstanceOf(ConnectionFailure.class);
    assertThat(trace.packets().get(trace.packets().size() - 1).text())
        .isEqualTo("the connection has ended: DISCONNECT 0x8E, Session taken over");
  }

  @Test
  void noConnackIsToldAsForPackets() throws Exception {
    EngineClient client = client(broker.port(), SHORT, DrillReader.Sink.NONE);
    broker.accept().read(PacketType.CONNECT);

    assertThatThrownBy(client::awaitConnack)
        .isInstanceOf(ConnectionFailure.class)
        .hasMessage("Not connected within 2 s (--connect-timeout)");
    assertThat(client.hasReached()).isTrue();
    client.leave();
  }

  @Test
  void aBrokerThatCannotBeReachedIsNoBrokerThatRefuses() throws Exception {
    int closed = broker.port();
    broker.close();
    EngineClient client = client(closed, LONG, DrillReader.Sink.NONE);

    assertThatThrownBy(client::awaitConnack).hasMessage("Connection refused");
    assertThat(client.hasReached()).isFalse();
  }

  @Test
  void noAnswerToARequestIsTold() throws Exception {
    EngineClient client = connected(SHORT, DrillReader.Sink.NONE);

    assertThat(client.subscribe(Subscription.of("a", Qos.AT_LEAST_ONCE))).isEqualTo(-1);
    assertThatThrownBy(
            () -> client.publish(Message.of("a", new byte[0], Qos.AT_LEAST_ONCE, false)).await())
        .hasMessage("No PUBACK came within 2 s");
    client.close();
  }
}
