package dev.midge.broker.surroundings;

import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.access.AccessRules;
import dev.midge.broker.access.PasswordFile;
import dev.midge.broker.access.PasswordForm;
import dev.midge.broker.access.Passwords;
import dev.midge.broker.access.Security;
import dev.midge.broker.config.Limits;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.ConfiguredMosquitto;
import dev.midge.testing.Installed;
import dev.midge.testing.Program;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same files for Debian's mosquitto and for midge: the same clients see the same. */
class AccessLikeMosquittoIT {
  private static final List<String> USERS = List.of("root", "alice", "bob", "c+");
  private static final List<String> TOPICS =
      List.of(
          "home/a",
          "home",
          "home/secret",
          "only/read",
          "only/write",
          "a topic with spaces",
          "in/c",
          "in/d",
          "out/alice/c",
          "out/bob/c",
          "out//c",
          "pat/deny/c",
          "$mine/x",
          "$other/x",
          "other");

  /** Debian's mosquitto reads no longer salt. */
  private static final PasswordForm OLD = PasswordForm.MOSQUITTO_2_0;

  private static final String RULES =
      """
      # clients without a name
      topic read home/#
      topic write only/write
      user root
      topic #
      topic $mine/#
      topic $other/#

      user alice
      topic home/#
      topic deny home/secret
      topic read only/read
      topic write only/write
      topic write a topic with spaces
      topic $mine/#
      user bob
      topic deny home/a
      topic read +/+
      topic out/bob/c
      pattern read in/%c
      pattern write out/%u/%c
      pattern deny pat/deny/%c
      pattern pat/#
      """;

  @TempDir Path folder;
  private Path passwords;
  private Path rules;

  @BeforeEach
  void write() throws IOException {
    Installed.require("mosquitto_passwd");
    passwords = folder.resolve("pw");
    rules = folder.resolve("acl");
    PasswordFile file = PasswordFile.empty();
    for (String user : USERS) {
      file.put(user, (user + "-word").getBytes(StandardCharsets.UTF_8), OLD);
    }
    file.write(passwords);
    Files.writeString(rules, RULES);
  }

  private ConfiguredMosquitto mosquitto() throws IOException {
    return ConfiguredMosquitto.start(
        "user root", "password_file " + passwords, "acl_file " + rules);
  }

  private Broker midge() throws IOException {
    Security security = new Security(true, Passwords.read(passwords), AccessRules.read(rules));
    return Broker.start(
        new BrokerConfig(
            List.of(),
            event -> {},
            false,
            Limits.DEFAULT,
            List.of(ListenerSpec.tcp(0).withSecurity(security))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "bob", "c+", ""})
  void theSameClientsMayReadAndWriteTheSame(String user) throws IOException {
    List<String> there;
    List<String> here;
    try (ConfiguredMosquitto mosquitto = mosquitto()) {
      there = seen(mosquitto.port(), user);
    }
    try (Broker midge = midge()) {
      here = seen(midge.port(), user);
    }

    assertThat(here).isEqualTo(there);
    assertThat(here.isEmpty()).isEqualTo(user.equals("c+"));
  }

  /** All that a client of this user can notice, and others of what it does. */
  private static List<String> seen(int port, String user) throws IOException {
    List<String> seen = new ArrayList<>();
    try (RawClient root = client(port, V5, "root", "root", null)) {
      subscribe(root, "#", "$mine/#", "$other/#");
      for (String topic : TOPICS) {
        root.publish(Message.of(topic, "old".getBytes(), Qos.AT_MOST_ONCE, true));
      }
      drain(root, new ArrayList<>());
      for (ProtocolVersion version : List.of(V5, V3_1_1)) {
        try (RawClient client = client(port, version, "c", user, null)) {
          subscribe(client, "#", "home/secret", "$mine/#", "in/+", "$share/g/home/#");
          drain(client, seen);
          for (String topic : TOPICS) {
            root.publish(topic, "live", Qos.AT_LEAST_ONCE);
          }
          drain(root, new ArrayList<>());
          drain(client, seen);
        }
        for (String topic : TOPICS) {
          RawClient client = client(port, version, "c", user, null);
          client.publish(topic, "mine", Qos.AT_MOST_ONCE);
          end(client);
        }
        drain(root, seen);
        for (String topic : TOPICS) {
          Will will = new Will(Message.of(topic, "will".getBytes(), Qos.AT_MOST_ONCE, false));
          client(port, version, "c", user, will).reset();
        }
        // A client that comes back takes the last will's connection over at the latest.
        end(client(port, version, "c", user, null));
        drain(root, seen);
      }
      for (String topic : TOPICS) {
        root.publish(Message.of(topic, new byte[0], Qos.AT_MOST_ONCE, true));
      }
    }
    return seen;
  }

  /** Disconnects, and waits until the broker has handled all that was sent. */
  private static void end(RawClient client) throws IOException {
    try {
      client.send(new Disconnect(0, Properties.NONE));
      client.expectEnd();
    } catch (SocketException e) {
      // mosquitto 2.0.11 closes the connection at once when a message is denied.
    }
    client.close();
  }

  private static void subscribe(RawClient client, String... filters) throws IOException {
    for (String filter : filters) {
      client.send(
          new Subscribe(1, List.of(Subscription.of(filter, Qos.AT_MOST_ONCE)), Properties.NONE));
    }
  }

  /**
   * Notes what has come, up to the answer to a ping: each message once, and in order of topics, for
   * mosquitto 2.0 differs in both where subscriptions overlap.
   */
  private static void drain(RawClient client, List<String> seen) throws IOException {
    Set<String> messages = new TreeSet<>();
    client.send(Ping.REQUEST);
    Packet packet;
    while (!((packet = client.expect(Packet.class)) instanceof Ping)) {
      if (packet instanceof Publish publish) {
        messages.add(publish.message().topic() + " " + new String(publish.message().payload()));
      }
    }
    seen.addAll(messages);
  }

  private static RawClient client(
      int port, ProtocolVersion version, String clientId, String user, Will will)
      throws IOException {
    return RawClient.connected(port, connect(version, clientId, user, user + "-word", will));
  }

  private static Connect connect(
      ProtocolVersion version, String clientId, String user, String password, Will will) {
    boolean named = !user.isEmpty();
    return new Connect(
        version,
        true,
        60,
        clientId,
        will,
        named ? user : null,
        named ? password.getBytes(StandardCharsets.UTF_8) : null,
        Properties.NONE);
  }

  @Test
  void mosquittoChecksThePasswordsThatMidgeWrites() throws IOException {
    try (ConfiguredMosquitto mosquitto = mosquitto()) {
      for (String user : USERS) {
        assertThat(refusal(mosquitto.port(), user, user + "-word")).isZero();
        assertThat(refusal(mosquitto.port(), user, user + "-wordx")).isEqualTo(0x87);
      }
      assertThat(refusal(mosquitto.port(), "nobody", "x")).isEqualTo(0x87);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha512", "sha512-pbkdf2"})
  void midgeChecksThePasswordsThatMosquittosToolWrites(String form) throws IOException {
    tool("-H", form, "-b", passwords, "alice", "changed");
    tool("-H", form, "-b", passwords, "dörte", "pässword");
    tool("-D", passwords, "bob");
    try (Broker midge = midge()) {
      assertThat(refusal(midge.port(), "alice", "changed")).isZero();
      assertThat(refusal(midge.port(), "alice", "alice-word")).isEqualTo(0x87);
      assertThat(refusal(midge.port(), "dörte", "pässword")).isZero();
      assertThat(refusal(midge.port(), "root", "root-word")).isZero();
      assertThat(refusal(midge.port(), "bob", "bob-word")).isEqualTo(0x87);
    }
  }

  @Test
  void bothChangeTheSameFileInTurns() throws IOException {
    tool("-b", passwords, "eve", "one");
    PasswordFile file = PasswordFile.read(passwords);
    assertThat(file.has("eve")).isTrue();
    file.put("eve", "two".getBytes(StandardCharsets.UTF_8));
    assertThat(file.delete("alice")).isTrue();
    file.write(passwords);
    tool("-D", passwords, "bob");

    try (Broker midge = midge();
        ConfiguredMosquitto mosquitto = mosquitto()) {
      for (int port : List.of(midge.port(), mosquitto.port())) {
        assertThat(refusal(port, "eve", "two")).isZero();
        assertThat(refusal(port, "eve", "one")).isEqualTo(0x87);
        assertThat(refusal(port, "alice", "alice-word")).isEqualTo(0x87);
        assertThat(refusal(port, "bob", "bob-word")).isEqualTo(0x87);
        assertThat(refusal(port, "root", "root-word")).isZero();
      }
    }
  }

  private static void tool(Object... words) {
    List<Object> command = new ArrayList<>(List.of("mosquitto_passwd"));
    command.addAll(List.of(words));
    Program run = Program.start(command.toArray()).await();
    assertThat(run.status()).as(run.errText()).isZero();
  }

  private static int refusal(int port, String user, String password) throws IOException {
    try (RawClient client = RawClient.open(port, V5)) {
      client.send(connect(V5, "r", user, password, null));
      return client.expect(Connack.class).reasonCode();
    }
  }
}
