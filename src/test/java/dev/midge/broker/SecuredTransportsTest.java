package dev.midge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.AllTransports.Transport;
import dev.midge.broker.access.AccessRules;
import dev.midge.broker.access.PasswordFile;
import dev.midge.broker.access.Passwords;
import dev.midge.broker.access.Security;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Passwords and access rules at each kind of listener, in each version. */
class SecuredTransportsTest {
  private static final FaultPlan PLAN = new FaultPlan(FaultSide.BROKER, 0, event -> {});
  private static final List<String> LOG = new CopyOnWriteArrayList<>();

  @TempDir static Path folder;
  private static AllTransports transports;

  @BeforeAll
  static void start() throws Exception {
    Path passwords = folder.resolve("pw");
    PasswordFile file = PasswordFile.empty();
    for (String user : List.of("alice", "root")) {
      file.put(user, (user + "-s3cret").getBytes(StandardCharsets.UTF_8));
    }
    file.write(passwords);
    Path rules = folder.resolve("acl");
    Files.writeString(
        rules, "user root\ntopic #\nuser alice\ntopic read may/read\ntopic write may/write\n");
    transports =
        new AllTransports(
            folder,
            Certificates.make(folder),
            PLAN,
            event -> LOG.add(event.text()),
            new Security(false, Passwords.read(passwords), AccessRules.read(rules)));
  }

  @AfterAll
  static void stop() {
    transports.close();
    assertThat(LOG).isNotEmpty().noneMatch(line -> line.contains("s3cret"));
  }

  static Stream<Arguments> everywhere() {
    return Stream.of(Transport.values())
        .flatMap(
            transport ->
                Stream.of(ProtocolVersion.values())
                    .map(version -> Arguments.of(transport, version)));
  }

  private static Connect connect(ProtocolVersion version, String user, String password, Will will) {
    return new Connect(
        version,
        true,
        60,
        user + "-id",
        will,
        user,
        password.getBytes(StandardCharsets.UTF_8),
        Properties.NONE);
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void whoHasThePasswordIsLetIn(Transport transport, ProtocolVersion version) throws IOException {
    int refusal = version.isV5() ? 0x87 : 5;
    for (String password : List.of("alice-s3cret", "root-s3cret", "")) {
      boolean right = password.equals("alice-s3cret");
      try (RawClient client = transports.open(transport, version)) {
        client.send(connect(version, "alice", password, null));
        assertThat(client.expect(Connack.class).reasonCode()).isEqualTo(right ? 0 : refusal);
        if (!right) {
          client.expectEnd();
        }
      }
    }
    try (RawClient client = transports.open(transport, version)) {
      client.send(RawClient.connect(version, "anonymous"));
      assertThat(client.expect(Connack.class).reasonCode()).isEqualTo(refusal);
      client.expectEnd();
    }
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void packetsThatComeWithConnectAreHandledBehindIt(Transport transport, ProtocolVersion version)
      throws IOException {
    try (RawClient client = transports.open(transport, version)) {
      client.send(connect(version, "alice", "alice-s3cret", null));
      client.send(Ping.REQUEST);
      client.send(
          new Subscribe(9, List.of(Subscription.of("#", Qos.AT_LEAST_ONCE)), Properties.NONE));
      client.publish("may/write", "x", Qos.AT_LEAST_ONCE);

      assertThat(client.expect(Connack.class).reasonCode()).isZero();
      client.expect(Ping.class);
      assertThat(client.expect(Suback.class).reasonCodes()).containsExactly(1);
      client.expect(Ack.class);
      client.expectNothing();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void whoMayNotReadOrWriteLearnsNothingAndChangesNothing(Transport transport) throws IOException {
    ProtocolVersion version = ProtocolVersion.V5;
    Will will = new Will(Message.of("may/not", "will".getBytes(), Qos.AT_MOST_ONCE, true));
    try (RawClient root = transports.open(transport, version)) {
      root.accepted(connect(version, "root", "root-s3cret", null));
      root.subscribe("#", Qos.AT_MOST_ONCE);
      RawClient alice = transports.open(transport, version);
      alice.accepted(connect(version, "alice", "alice-s3cret", will));
      alice.subscribe("#", Qos.AT_LEAST_ONCE);
      alice.subscribe("$share/g/#", Qos.AT_LEAST_ONCE);
      root.publish("may/not", "live", Qos.AT_MOST_ONCE);
      root.expectMessage("live");
      root.publish(Message.of("may/write", "kept".getBytes(), Qos.AT_MOST_ONCE, true));
      root.expectMessage("kept");
      alice.subscribe("may/write", Qos.AT_LEAST_ONCE);
      alice.expectNothing();
      root.publish("may/read", "open", Qos.AT_MOST_ONCE);
      root.expectMessage("open");
      alice.expectMessage("open");
      alice.expectMessage("open"); // for the group
      alice.publish("may/not", "x", Qos.AT_LEAST_ONCE);
      assertThat(alice.expect(Ack.class).reasonCode()).isEqualTo(0x87);
      alice.publish("may/read", "x", Qos.AT_LEAST_ONCE);
      assertThat(alice.expect(Ack.class).reasonCode()).isEqualTo(0x87);
      transports.tear(); // alice's, which was opened last
      try (RawClient successor = transports.open(transport, version)) {
        successor.accepted(connect(version, "alice", "alice-s3cret", null));
        root.expectNothing();
      }
      root.publish(Message.of("may/write", new byte[0], Qos.AT_MOST_ONCE, true));
      root.expectMessage("");
    }
  }

  @Test
  void faultsAtTheLoginHappenAtItsEnd() throws Exception {
    PLAN.add(FaultParser.parse("close@connack", FaultSide.BROKER));
    try (RawClient client = transports.open(Transport.TCP, ProtocolVersion.V5)) {
      client.send(connect(ProtocolVersion.V5, "alice", "alice-s3cret", null));
      assertThat(client.expect(Connack.class).reasonCode()).isZero();
      client.expectEnd();
    } finally {
      PLAN.clearAll();
    }
  }
}
