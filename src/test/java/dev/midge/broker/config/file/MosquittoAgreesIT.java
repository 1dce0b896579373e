package dev.midge.broker.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.FreePort;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian's mosquitto 2.0 refuses and takes the same files, where version 2.1 is the same. */
class MosquittoAgreesIT {
  private static final int USAGE = 3;

  @TempDir Path folder;
  private final FreePort port = FreePort.take();

  @AfterEach
  void leavesThePort() {
    port.close();
  }

  /**
   * What came of a start.
   *
   * @param status null if it runs
   */
  private record Start(Integer status, List<String> lines) {}

  private static Start mosquitto(Path config) {
    Program mosquitto = Program.start("/usr/sbin/mosquitto", "-c", config);
    Awaitility.await("mosquitto")
        .until(() -> !mosquitto.isAlive() || mosquitto.errText().endsWith(" running\n"));
    boolean runs = mosquitto.isAlive();
    mosquitto.close(); // SIGTERM would be lost between "running" and the broker's loop.
    List<String> lines =
        mosquitto.await().errText().lines().map(line -> line.replaceFirst("^\\d+: ", "")).toList();
    return new Start(runs ? null : mosquitto.status(), lines);
  }

  private Written config(String text) throws IOException {
    return Written.lines(folder, "listener " + port.number() + " 127.0.0.1", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown 1",
        " # no comment",
        "listener\t1883",
        "Listener 1883",
        "listener",
        "listener 0",
        "listener 65536",
        "listener -1",
        "port 0",
        "port 65536",
        "allow_anonymous",
        "allow_anonymous ",
        "allow_anonymous TRUE",
        "allow_anonymous yes",
        "persistence 2",
        "log_timestamp maybe",
        "retain_available",
        "queue_qos0_messages on",
        "max_qos 3",
        "max_qos -1",
        "max_inflight_messages 65536",
        "max_inflight_messages",
        "max_packet_size 19",
        "max_keepalive 65536",
        "max_topic_alias 65536",
        "max_topic_alias -1",
        "message_size_limit 268435456",
        "sys_interval -1",
        "sys_interval 65536",
        "memory_limit -1",
        "websockets_headers_size 65536",
        "persistent_client_expiration 0d",
        "persistent_client_expiration 5x",
        "persistent_client_expiration d",
        "protocol amqp",
        "socket_domain ipx",
        "socket_domain",
        "mount_point a/+",
        "mount_point a/#",
        "log_dest printer",
        "log_dest",
        "log_dest file",
        "log_dest file /tmp/a\nlog_dest file /tmp/b",
        "log_type everything",
        "pid_file a\npid_file b",
        "password_file a\npassword_file b",
        "acl_file a\nacl_file b",
        "certfile a\ncertfile b",
        "mount_point a\nmount_point b",
        "auto_id_prefix a\nauto_id_prefix b",
        "persistence_location /a\npersistence_location /b",
        "user a\nuser b",
        "allow_anonymous true\nper_listener_settings true",
        "include_dir /nowhere/at/all",
        "plugin_opt_acl_file a",
        "auth_opt_x y",
        "pid_file a\u0007b"
      })
  void bothRefuse(String text) throws Exception {
    Written config = config(text);

    Start start = mosquitto(config.file);
    List<String> failure = config.failure();

    assertThat(start.status()).isEqualTo(USAGE);
    assertThat(failure).isNotEmpty();
    assertThat(failure.get(failure.size() - 1).replace("F", config.file.toString()))
        .isEqualTo(start.lines().get(start.lines().size() - 1))
        .isEqualTo("Error found at " + config.file + ":" + (1 + text.lines().count()) + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# comment",
        "\r\n\r",
        "allow_anonymous true\r",
        "allow_anonymous 1 # all",
        "allow_anonymous 0",
        "max_connections 5 # at most",
        "max_connections -7",
        "max_inflight_messages -4",
        "max_inflight_messages 65535",
        "max_queued_messages -1",
        "max_qos 0",
        "max_topic_alias 0",
        "max_keepalive 65535",
        "max_packet_size 20",
        "message_size_limit 268435455",
        "sys_interval 0",
        "persistent_client_expiration 2m",
        "persistent_client_expiration 14d",
        "socket_domain ipv4",
        "protocol mqtt",
        "mount_point a b/",
        "log_type all\nlog_type none\nlog_type information debug",
        "certfile /nowhere",
        "cafile /nowhere",
        "require_certificate true",
        "retry_interval 20",
        "per_listener_settings true\nallow_anonymous true\nper_listener_settings false",
        "allow_duplicate_messages false\nallow_duplicate_messages true",
        "  allow_anonymous    true  ",
      })
  void bothTake(String text) throws Exception {
    Written config = config(text);

    Start start = mosquitto(config.file);

    assertThat(start.status()).as(() -> String.join("\n", start.lines())).isNull();
    assertThat(config.failure()).isEmpty();
  }
}
