package dev.midge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.BrokerEvent.Kind;
import dev.midge.broker.BrokerEvent.Level;
import dev.midge.broker.config.Limits;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import dev.midge.testing.RawClient;
import dev.midge.text.TerminalEscapes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log is part of the contract: scripts look for its lines. */
class EventLogTest {
  private final List<BrokerEvent> events = Collections.synchronizedList(new ArrayList<>());

  private List<String> texts() {
    return events.stream().map(each -> each.text().replaceAll("127.0.0.1:\\d+", "I:P")).toList();
  }

  private Broker start(boolean verbose) throws IOException {
    return Broker.start(new BrokerConfig(List.of(0), events::add, verbose));
  }

  @Test
  void theLogBeginsAndEndsWithTheBroker() throws IOException {
    Broker broker = start(false);
    broker.close();
    String port = "port " + broker.port() + ".";
    assertThat(texts())
        .startsWith(
            "midge version unreleased starting",
            "Using default config.",
            "Starting in local only mode. Connections will only be possible from clients running on"
                + " this machine.",
            "Opening ipv4 listen socket on " + port)
        .containsSubsequence(
            "midge version unreleased running", "midge version unreleased terminating")
        .endsWith("midge version unreleased terminating");
    assertThat(events).allMatch(each -> each.kind() == Kind.BROKER);
  }

  @Test
  void whoHasListenersOfItsOwnIsNotInLocalOnlyMode() throws IOException {
    BrokerConfig config =
        new BrokerConfig(
            List.of(),
            events::add,
            false,
            Limits.DEFAULT,
            List.of(ListenerSpec.tcp(0), ListenerSpec.webSocket(0)));
    Broker.start(config).close();
    assertThat(texts()).noneMatch(line -> line.contains("local only"));
    assertThat(texts())
        .filteredOn(line -> line.startsWith("Opening ipv4 listen socket on port "))
        .hasSize(2);
  }

  @Test
  void aQuietBrokerTellsOfConnectionsAndTheirEnds() throws IOException {
    try (Broker broker = start(false)) {
      Connect connect =
          new Connect(
              ProtocolVersion.V3_1_1, false, 60, "c", null, "me", new byte[0], Properties.NONE);
      RawClient polite = RawClient.connected(broker.port(), connect);
      polite.send(Disconnect.NORMAL);
      polite.expectEnd();
      RawClient.connected(broker.port(), ProtocolVersion.V5, "d").close();
      RawClient hostile = RawClient.connected(broker.port(), ProtocolVersion.V5, "e");
      hostile.sendHex("36 00");
      hostile.expect(Disconnect.class);
      hostile.expectEnd();
      RawClient stranger = RawClient.open(broker.port(), ProtocolVersion.V5);
      stranger.sendHex("c000");
      stranger.expectEnd();
      RawClient twice = RawClient.connected(broker.port(), ProtocolVersion.V5, "f");
      twice.sendHex("10 0e 0004 4d515454 05 02 003c 00 0001 63");
      twice.expectEnd();
    }
    assertThat(texts())
        .contains(
            "New client connected from I:P as c (p4, c0, k60, u'me').",
            "Client c [I:P] disconnected.",
            "New client connected from I:P as d (p5, c1, k60).",
            "Client d [I:P] disconnected: connection closed by client.",
            "Client e [I:P] disconnected: malformed packet.",
            "Client I:P [I:P] disconnected: protocol error.",
            "Bad client I:P sending multiple CONNECT messages.",
            "Client f [I:P] disconnected: protocol error.")
        .noneMatch(text -> text.matches("(?i).*(will message|will of|CONNACK).*"));
    assertThat(events)
        .filteredOn(each -> each.text().startsWith("Client"))
        .allMatch(each -> each.level() == Level.NOTICE)
        .allMatch(
            each ->
                each.kind()
                    == (each.text().endsWith("] disconnected.") ? Kind.GOODBYE : Kind.ABRUPT_END));
  }

  @Test
  void aTornConnectionIsToldInTheSystemsWords() throws IOException {
    try (Broker broker = start(false);
        RawClient watcher = RawClient.connected(broker.port(), ProtocolVersion.V5, "w")) {
      watcher.subscribe("s", Qos.AT_MOST_ONCE);
      Will will = new Will(Message.of("s", "gone".getBytes(), Qos.AT_MOST_ONCE, false));
      RawClient.connected(
              broker.port(),
              RawClient.connect(ProtocolVersion.V5, "torn", true, will, Properties.NONE))
          .reset();
      watcher.expectMessage("gone");
    }
    assertThat(texts())
        .contains(
            "Client torn [I:P] disconnected: bad socket read/write: Connection reset by peer.");
  }

  @Test
  void aVerboseBrokerShowsEveryPacket() throws IOException {
    try (Broker broker = start(true);
        RawClient client =
            RawClient.connected(
                broker.port(),
                RawClient.connect(
                    ProtocolVersion.V5,
                    "c",
                    true,
                    new Will(Message.of("w", new byte[3], Qos.AT_LEAST_ONCE, true)),
                    Properties.NONE))) {
      client.subscribe("a/#", Qos.EXACTLY_ONCE);
      client.publish("a/b", "12345", Qos.AT_LEAST_ONCE);
      client.expectMessage("12345");
      client.expect(Ack.class);
      client.send(Ack.of(PacketType.PUBACK, 1));
      client.publish("none", "x", Qos.EXACTLY_ONCE);
      client.expect(Ack.class);
      client.send(Ack.of(PacketType.PUBREL, 3));
      client.expect(Ack.class);
      client.send(new Unsubscribe(9, List.of("a/#"), Properties.NONE));
      client.expect(Unsuback.class);
      client.expectNothing();
      client.send(Disconnect.NORMAL);
      client.expectEnd();
    }
    assertThat(texts())
        .containsSubsequence(
            "New client connected from I:P as c (p5, c1, k60).",
            "Will message specified (3 bytes) (r1, q1).",
            "\tw",
            "Sending CONNACK to c (0, 0)",
            "Received SUBSCRIBE from c",
            "\ta/# (QoS 2)",
            "c 2 a/#",
            "Sending SUBACK to c",
            "Received PUBLISH from c (d0, q1, r0, m2, 'a/b', ... (5 bytes))",
            "Sending PUBLISH to c (d0, q1, r0, m1, 'a/b', ... (5 bytes))",
            "Sending PUBACK to c (m2, rc0)",
            "Received PUBACK from c (Mid: 1, RC:0)",
            "Received PUBLISH from c (d0, q2, r0, m3, 'none', ... (1 bytes))",
            "Sending PUBREC to c (m3, rc0)",
            "Received PUBREL from c (Mid: 3)",
            "Sending PUBCOMP to c (m3)",
            "Received UNSUBSCRIBE from c",
            "\ta/#",
            "c a/#",
            "Sending UNSUBACK to c",
            "Received PINGREQ from c",
            "Sending PINGRESP to c",
            "Received DISCONNECT from c",
            "Client c [I:P] disconnected.");
  }

  @Test
  void userDataCannotForgeALine() {
    assertThat(TerminalEscapes.forLog("a\nb\u001b[31m\u0085\u2028\u202e"))
        .isEqualTo("a\\x0ab\\x1b[31m\\x85\\u2028\\u202e");
    assertThat(TerminalEscapes.forLog("plain é 😀")).isEqualTo("plain é 😀");
  }

  @Test
  void aLogThatFailsHarmsNobody() throws IOException {
    BrokerConfig config =
        new BrokerConfig(
            List.of(0),
            event -> {
              throw new IllegalStateException("closed");
            },
            true);
    try (Broker broker = Broker.start(config);
        RawClient client = RawClient.connected(broker.port(), ProtocolVersion.V5, "c")) {
      client.expectNothing();
    }
  }

  /**
   * It is half the lesson of a drill, so each will that comes to nothing has a line with its
   * reason.
   */
  @Test
  void aWillThatIsThrownAwayHasItsReason() throws IOException {
    Message message = Message.of("w", new byte[1], Qos.AT_LEAST_ONCE, false);
    Properties delay = Properties.of(Property.WILL_DELAY_INTERVAL, 100);
    Properties kept = Properties.of(Property.SESSION_EXPIRY_INTERVAL, 1000);
    Will will = new Will(message.withProperties(delay));
    try (Broker broker = start(true)) {
      RawClient.connected(
              broker.port(),
              RawClient.connect(ProtocolVersion.V5, "a", true, will, Properties.NONE))
          .sendHex("e000");
      RawClient b =
          RawClient.connected(
              broker.port(), RawClient.connect(ProtocolVersion.V5, "b", false, will, kept));
      RawClient again =
          RawClient.connected(
              broker.port(), RawClient.connect(ProtocolVersion.V5, "b", false, will, kept));
      again.sendHex("e001 04");
      again.expectEnd();
      RawClient.connected(broker.port(), ProtocolVersion.V5, "b").close();
      b.close();
    }
    assertThat(events)
        .filteredOn(each -> each.kind() == Kind.WILL && each.level() == Level.DEBUG)
        .extracting(BrokerEvent::text)
        .contains(
            "Will of a discarded: client said DISCONNECT",
            "Will of b discarded: client resumed its session within the will's delay of 100 s",
            "Publishing will of b to 'w': its session has ended.");
  }
}
