package dev.midge.broker.surroundings;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.config.file.BrokerFile;
import dev.midge.broker.config.file.ConfigFileException;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.testing.FreePort;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker from a configuration file, and what the file changes when it is read again. */
class RereadFileTest {
  private static final String CAROL =
      "carol:$7$101$ldkCN/oHzzeEulkx$da4yBxy7wtYEpimOflFSVacsm3fcs/pkVe50mtRgOQy7w1afoHC95xR7Xi/6"
          + "p6g29UwIVU7TTx6lDmslkF+rug==\n";

  @TempDir Path folder;

  private Broker broker;

  private BrokerConfig config(String... lines) throws IOException, ConfigFileException {
    Path file = Files.writeString(folder.resolve("midge.conf"), String.join("\n", lines));
    return BrokerFile.read(file).toConfig(List.of(0), event -> {}, false);
  }

  private void start(String... lines) throws IOException, ConfigFileException {
    broker = Broker.start(config(lines));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Connect connect(String user) {
    byte[] password = user == null ? null : "s3cret".getBytes(StandardCharsets.UTF_8);
    return new Connect(V5, true, 60, "c", null, user, password, Properties.NONE);
  }

  private int reasonCode(int port, String user) throws IOException {
    try (RawClient client = RawClient.open(port, V5)) {
      client.send(connect(user));
      return client.expect(Connack.class).reasonCode();
    }
  }

  @Test
  void usersAreThoseOfTheFileThatWasReadLast() throws Exception {
    Path passwords = file("a.pw", CAROL);
    String[] lines = {"allow_anonymous false", "password_file " + passwords};
    start(lines);
    assertThat(reasonCode(broker.port(), null)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    try (RawClient carol = RawClient.connected(broker.port(), connect("carol"))) {
      broker.reload(config(lines));
      carol.expectNothing();

      file("a.pw", "");
      broker.reload(config(lines));
      assertThat(carol.expect(Disconnect.class).reasonCode())
          .isEqualTo(ReasonCode.ADMINISTRATIVE_ACTION);
    }
    assertThat(reasonCode(broker.port(), "carol")).isEqualTo(ReasonCode.NOT_AUTHORIZED);

    broker.reload(config("allow_anonymous true"));
    assertThat(reasonCode(broker.port(), null)).isZero();
  }

  @Test
  void rulesAreThoseOfTheFileThatWasReadLast() throws Exception {
    Path rules = file("a.acl", "topic a\n");
    start("acl_file " + rules);
    try (RawClient client = RawClient.connected(broker.port(), connect(null))) {
      client.subscribe("#", Qos.AT_MOST_ONCE);
      client.publish("b", "1", Qos.AT_LEAST_ONCE);
      assertThat(client.expect(Ack.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);

      file("a.acl", "topic b\n");
      broker.reload(config("acl_file " + rules));

      client.publish("b", "2", Qos.AT_LEAST_ONCE);
      client.expectMessage("2");
      assertThat(client.expect(Ack.class).reasonCode()).isZero();
    }
  }

  @Test
  void theLargestPayloadMayChangeAndTheLargestPacketMayNot() throws Exception {
    start("max_packet_size 1000");
    try (RawClient client = RawClient.connected(broker.port(), connect(null))) {
      broker.reload(config("message_size_limit 3", "max_packet_size 20"));
      client.publish("a", "1234", Qos.AT_LEAST_ONCE);
      assertThat(client.expect(Ack.class).reasonCode()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
      client.publish("abcdefghijklmnopqrstuvwxyz", "123", Qos.AT_LEAST_ONCE);
      assertThat(client.expect(Ack.class).reasonCode())
          .isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
    }
  }

  @Test
  void listenersHaveTheirOwnClientsAndPrefixes() throws Exception {
    try (FreePort one = FreePort.take();
        FreePort other = FreePort.take()) {
      listenersHaveTheirOwnClientsAndPrefixes(one.number(), other.number());
    }
  }

  private void listenersHaveTheirOwnClientsAndPrefixes(int open, int shut) throws Exception {
    String[] lines = {
      "per_listener_settings true",
      "listener " + open + " 127.0.0.1",
      "allow_anonymous true",
      "max_qos 1",
      "listener " + shut + " 127.0.0.1",
      "password_file " + file("a.pw", CAROL)
    };
    start(lines);

    assertThat(broker.ports()).containsExactly(open, shut);
    assertThat(reasonCode(open, null)).isZero();
    assertThat(reasonCode(shut, null)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    assertThat(reasonCode(shut, "carol")).isZero();

    lines[2] = "allow_anonymous false";
    broker.reload(config(lines));
    assertThat(reasonCode(open, null)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    assertThat(reasonCode(shut, "carol")).isZero();
  }
}
