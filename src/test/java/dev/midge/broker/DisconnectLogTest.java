package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which a connection ends, and all that the log says of it: scripts look for that. */
class DisconnectLogTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String NEW = "New connection from I:P on port N.";
  private static final String CONNECTED = "New client connected from I:P as c (p5, c1, k60).";
  private static final String HELLO = "10 0e 0004 4d515454 05 02 003c 00 0001 63";

  private static final Limits LITTLE =
      Limits.builder().maxQos(Qos.AT_LEAST_ONCE).retainAvailable(false).build();

  private interface Action {
    void run(DisconnectLogTest test) throws IOException;
  }

  private record Row(String name, Limits limits, Action action, List<String> lines) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(String name, Action action, String... lines) {
    return row(name, Limits.DEFAULT, action, lines);
  }

  private static Row row(String name, Limits limits, Action action, String... lines) {
    return new Row(name, limits, action, List.of(lines));
  }

  /** A client c of MQTT 5 sends this after its handshake. */
  private static Row sends(String name, Limits limits, String hex, String... lines) {
    List<String> all = new ArrayList<>(List.of(NEW, CONNECTED));
    all.addAll(List.of(lines));
    return new Row(name, limits, test -> test.client("c").sendHex(hex), all);
  }

  private static Row sends(String name, String hex, String... lines) {
    return sends(name, Limits.DEFAULT, hex, lines);
  }

  /** These are the first bytes of a connection. */
  private static Row begins(String name, Limits limits, String hex, String... lines) {
    List<String> all = new ArrayList<>(List.of(NEW));
    all.addAll(List.of(lines));
    return new Row(name, limits, test -> test.stranger().sendHex(hex), all);
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "DISCONNECT",
            test -> test.client("c").send(Disconnect.NORMAL),
            NEW,
            CONNECTED,
            "Client c [I:P] disconnected."),
        sends("DISCONNECT with will", "e0 01 04", "Client c [I:P] disconnected."),
        row(
            "orderly close",
            test -> test.client("c").close(),
            NEW,
            CONNECTED,
            "Client c [I:P] disconnected: connection closed by client."),
        row(
            "reset",
            test -> test.client("c").reset(),
            NEW,
            CONNECTED,
            "Client c [I:P] disconnected: bad socket read/write: Connection reset by peer."),
        row(
            "keep alive",
            test -> {
              test.client("c");
              test.skip(90);
            },
            NEW,
            CONNECTED,
            "Client c [I:P] disconnected: exceeded timeout."),
        row(
            "never a CONNECT",
            test -> {
              test.stranger();
              test.skip(30);
            },
            NEW,
            "Client I:P [I:P] disconnected: exceeded timeout."),
        row(
            "closed before CONNECT",
            test -> test.stranger().close(),
            NEW,
            "Client I:P [I:P] disconnected: connection closed by client."),
        row(
            "take-over",
            test -> {
              test.client("c");
              test.client("c");
            },
            NEW,
            CONNECTED,
            NEW,
            "Client c [I:P] disconnected: session taken over.",
            CONNECTED),
        row(
            "session expiry",
            test -> {
              Properties expiry = Properties.of(Property.SESSION_EXPIRY_INTERVAL, 10);
              test.client(RawClient.connect(V5, "c", true, null, expiry)).close();
              test.await("connection closed by client.");
              test.skip(10);
            },
            NEW,
            CONNECTED,
            "Client c [I:P] disconnected: connection closed by client.",
            "Expiring client c due to timeout."),
        row(
            "shutdown",
            test -> {
              test.client("c");
              test.broker.close();
            },
            NEW,
            CONNECTED,
            "Client c [I:P] disconnected: server shutting down.",
            "midge version unreleased terminating"),
        row(
            "a name that plays with the terminal",
            test -> test.client("a\u202eb").send(Disconnect.NORMAL),
            NEW,
            "New client connected from I:P as a\\u202eb (p5, c1, k60).",
            "Client a\\u202eb [I:P] disconnected."),
        sends(
            "malformed",
            "36 00",
            "Protocol error from c: PUBLISH with QoS 3.",
            "Client c [I:P] disconnected: malformed packet."),
        sends(
            "protocol error",
            "20 02 00 00",
            "Protocol error from c: CONNACK from the wrong end.",
            "Client c [I:P] disconnected: protocol error."),
        sends(
            "a second CONNECT",
            HELLO,
            "Bad client I:P sending multiple CONNECT messages.",
            "Client c [I:P] disconnected: protocol error."),
        sends(
            "too large",
            "30 ff ff ff 7f",
            "Protocol error from c: PUBLISH of 268435460 bytes.",
            "Client c [I:P] disconnected: oversize packet."),
        sends(
            "too many under way",
            Limits.builder().maxInflightMessages(1).build(),
            "34 06 0001 61 0001 00 34 06 0001 61 0002 00",
            "Protocol error from c: receive maximum exceeded.",
            "Client c [I:P] disconnected: receive maximum exceeded."),
        sends(
            "a topic alias beyond the maximum",
            "30 07 0001 61 03 23000b",
            "Protocol error from c: topic alias above the maximum.",
            "Client c [I:P] disconnected: topic alias invalid."),
        sends(
            "retain",
            LITTLE,
            "31 04 0001 61 00",
            "Protocol error from c: retain is not available.",
            "Client c [I:P] disconnected: used disallowed feature (retain)."),
        sends(
            "QoS",
            LITTLE,
            "34 06 0001 61 0001 00",
            "Protocol error from c: QoS above the maximum.",
            "Client c [I:P] disconnected: used disallowed feature (QoS)."),
        begins(
            "no CONNECT",
            Limits.DEFAULT,
            "c0 00",
            "Protocol error from I:P: PINGREQ before CONNECT.",
            "Client I:P [I:P] disconnected: protocol error."),
        begins(
            "MQTT 6",
            Limits.DEFAULT,
            "10 0e 0004 4d515454 06 02 003c 00 0001 63",
            "Protocol error from I:P: protocol version 6 of MQTT.",
            "Client I:P [I:P] disconnected: protocol error."),
        begins(
            "no client identifier, and Clean Session 0",
            Limits.DEFAULT,
            "10 0c 0004 4d515454 04 00 003c 0000",
            "Client I:P [I:P] disconnected: client identifier not valid."),
        row(
            "a will that may not be, in MQTT 3",
            LITTLE,
            test -> test.stranger().send(withWill(V3_1_1)),
            NEW,
            "Client I:P [I:P] disconnected: not authorised."),
        row(
            "a will that may not be, in MQTT 5",
            LITTLE,
            test -> test.stranger().send(withWill(V5)),
            NEW,
            "Client I:P [I:P] disconnected: used disallowed feature (retain)."));
  }

  private static Connect withWill(ProtocolVersion version) {
    Will will = new Will(Message.of("w", new byte[0], Qos.AT_MOST_ONCE, true));
    return RawClient.connect(version, "c", true, will, Properties.NONE);
  }

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<RawClient> clients = new ArrayList<>();
  private final AtomicLong skipped = new AtomicLong();
  private Broker broker;
  private RawClient witness;

  private RawClient stranger() throws IOException {
    clients.add(RawClient.open(broker.port(), V5));
    return clients.get(clients.size() - 1);
  }

  private RawClient client(String name) throws IOException {
    return client(RawClient.connect(V5, name));
  }

  private RawClient client(Connect connect) throws IOException {
    return stranger().accepted(connect);
  }

  /** So many seconds have passed, and the broker has noticed. */
  private void skip(int seconds) throws IOException {
    witness.expectNothing();
    skipped.addAndGet(seconds * SECOND);
    witness.expectNothing();
  }

  private void await(String end) {
    Awaitility.await().until(() -> log.stream().anyMatch(l -> l.endsWith(end)));
  }

  /** All but what is said of the witness and of the broker's start. */
  private List<String> lines() {
    return log.stream()
        .map(line -> line.replaceAll("127.0.0.1:\\d+", "I:P").replaceAll("port \\d+", "port N"))
        .filter(line -> !line.startsWith("Client witness "))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyEndHasItsLine(Row row) throws IOException {
    BrokerConfig config =
        new BrokerConfig(List.of(0), event -> log.add(event.text()), false)
            .withLimits(row.limits());
    broker = Broker.start(config, () -> null, () -> System.nanoTime() + skipped.get());
    witness =
        RawClient.connected(
            broker.port(), new Connect(V5, true, 0, "witness", null, null, null, Properties.NONE));
    log.clear();
    row.action().run(this);
    Awaitility.await().untilAsserted(() -> assertThat(lines()).isEqualTo(row.lines()));
  }

  @AfterEach
  void stop() throws IOException {
    for (RawClient each : clients) {
      each.close();
    }
    witness.close();
    broker.close();
  }
}
