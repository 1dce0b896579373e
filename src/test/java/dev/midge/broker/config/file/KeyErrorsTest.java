package dev.midge.broker.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each value that a key does not take, and the line about it. */
class KeyErrorsTest {
  private static final String MALFORMED = "Error: Malformed UTF-8 in configuration.";

  @TempDir Path folder;

  static Stream<Arguments> values() {
    List<Arguments> rows = new ArrayList<>();
    for (String flag :
        List.of(
            "allow_anonymous",
            "listener_allow_anonymous",
            "per_listener_settings",
            "allow_zero_length_clientid",
            "use_username_as_clientid",
            "require_certificate",
            "use_identity_as_username",
            "use_subject_as_username",
            "disable_client_cert_date_checks",
            "queue_qos0_messages",
            "retain_available",
            "check_retain_source",
            "upgrade_outgoing_qos",
            "allow_duplicate_messages",
            "persistence",
            "autosave_on_changes",
            "set_tcp_nodelay",
            "connection_messages",
            "log_timestamp",
            "enable_control_api")) {
      rows.add(arguments(flag + " yes", "Error: Invalid '" + flag + "' value (yes)."));
      rows.add(arguments(flag + " TRUE", "Error: Invalid '" + flag + "' value (TRUE)."));
      rows.add(arguments(flag + " 2 x", "Error: Invalid '" + flag + "' value (2)."));
    }
    for (String number :
        List.of(
            "port",
            "max_connections",
            "global_max_connections",
            "global_max_clients",
            "max_qos",
            "maximum_qos",
            "max_topic_alias",
            "max_topic_alias_broker",
            "max_inflight_messages",
            "max_inflight_bytes",
            "max_queued_messages",
            "max_queued_bytes",
            "max_packet_size",
            "message_size_limit",
            "max_keepalive",
            "retain_expiry_interval",
            "autosave_interval",
            "sys_interval",
            "memory_limit",
            "websockets_headers_size",
            "packet_buffer_size",
            "websockets_log_level",
            "log_facility")) {
      for (String word : List.of("many", "5x", "0x5", "1.5", "-", "+-1", "٣")) {
        rows.add(arguments(number + " " + word, "Error: '" + number + "' value not a number."));
      }
    }
    for (String text :
        List.of(
            "bind_address",
            "mount_point",
            "password_file",
            "acl_file",
            "auto_id_prefix",
            "listener_auto_id_prefix",
            "certfile",
            "keyfile",
            "cafile",
            "capath",
            "crlfile",
            "tls_version",
            "ciphers",
            "ciphers_tls1.3",
            "persistence_file",
            "persistence_location",
            "log_timestamp_format",
            "pid_file",
            "user")) {
      rows.add(
          arguments(
              text + " a\n" + text + " b",
              "Error: Duplicate '" + text + "' value in configuration."));
      rows.add(arguments(text + " a\u0007b", MALFORMED));
    }
    for (String text : List.of("websockets_origin", "dhparamfile", "bind_interface", "plugin")) {
      rows.add(arguments(text + " a\u0007b", MALFORMED));
    }
    rows.add(arguments("listener", "Error: Empty 'listener port' value in configuration."));
    rows.add(arguments("listener many", "Error: 'listener port' value not a number."));
    rows.add(arguments("listener 65536", "Error: Invalid 'port' value (65536)."));
    rows.add(arguments("listener -1", "Error: Invalid 'port' value (-1)."));
    rows.add(
        arguments(
            "listener 99999999999999999999",
            "Error: Invalid 'port' value (99999999999999999999)."));
    rows.add(arguments("listener 1883 a\u0007b", MALFORMED));
    rows.add(arguments("listener 0 a\u0007b", MALFORMED));
    String noPath = "Error: A listener with port 0 must provide a Unix socket path.";
    rows.add(arguments("listener 0", noPath));
    rows.add(arguments("listener 0 # none", noPath));
    rows.add(arguments("fault kill", "Error: Invalid fault 'kill': 'kill' is not for the broker."));
    rows.add(arguments("port 0", "Error: Invalid 'port' value (0)."));
    rows.add(arguments("port 65536", "Error: Invalid 'port' value (65536)."));
    rows.add(arguments("protocol amqp", "Error: Invalid 'protocol' value (amqp)."));
    rows.add(arguments("protocol http_api", refused("protocol http_api")));
    rows.add(arguments("socket_domain ipx", "Error: Invalid 'socket_domain' value (ipx)."));
    rows.add(arguments("max_qos 3", "Error: 'max_qos' must be between 0 and 2 inclusive."));
    rows.add(arguments("max_qos -1", "Error: 'max_qos' must be between 0 and 2 inclusive."));
    rows.add(arguments("maximum_qos 3", "Error: 'maximum_qos' must be between 0 and 2 inclusive."));
    for (String alias : List.of("max_topic_alias", "max_topic_alias_broker")) {
      String line = "Error: Invalid '" + alias + "' value in configuration.";
      rows.add(arguments(alias + " -1", line));
      rows.add(arguments(alias + " 65536", line));
    }
    for (String mount : List.of("a/+", "a/#", "#", "a+b")) {
      rows.add(
          arguments(
              "mount_point " + mount,
              "Error: Invalid 'mount_point' value ("
                  + mount
                  + "). Does it contain a wildcard character?"));
    }
    for (String versions : List.of("2", "3,6", "3;4", "five", ",", "3 4 5 # all")) {
      rows.add(
          arguments(
              "accept_protocol_versions " + versions,
              "Error: Invalid 'accept_protocol_versions' value (" + versions + ")."));
    }
    for (String prefix : List.of("auto_id_prefix", "listener_auto_id_prefix")) {
      rows.add(
          arguments(
              prefix + " " + "x".repeat(51), "Error: '" + prefix + "' length must be <= 50."));
    }
    rows.add(
        arguments(
            "max_inflight_messages 65536", "Error: 'max_inflight_messages' must be <= 65535."));
    rows.add(arguments("max_packet_size 19", "Error: 'max_packet_size' must be >= 20."));
    rows.add(arguments("max_packet_size -5", "Error: 'max_packet_size' must be >= 20."));
    for (String invalid :
        List.of(
            "message_size_limit -1",
            "message_size_limit 268435456",
            "max_keepalive -1",
            "max_keepalive 65536",
            "sys_interval -1",
            "sys_interval 65536",
            "memory_limit -1",
            "retain_expiry_interval 0",
            "retain_expiry_interval -1",
            "persistent_client_expiration 5",
            "persistent_client_expiration 5x",
            "persistent_client_expiration 0d",
            "persistent_client_expiration -1d",
            "persistent_client_expiration d",
            "log_type everything",
            "log_dest printer")) {
      String[] words = invalid.split(" ");
      rows.add(arguments(invalid, "Error: Invalid '" + words[0] + "' value (" + words[1] + ")."));
    }
    for (String buffer : List.of("websockets_headers_size", "packet_buffer_size")) {
      for (String size : List.of("-1", "65536")) {
        rows.add(
            arguments(
                buffer + " " + size,
                "Error: Packet buffer size must be between 0 and 65535 inclusive."));
      }
    }
    rows.add(arguments("log_dest file", "Error: Empty 'log_dest file' value in configuration."));
    rows.add(
        arguments(
            "log_dest file a\nlog_dest file b",
            "Error: Duplicate 'log_dest file' value in configuration."));
    for (String left : List.of("syslog", "topic", "dlt", "android")) {
      rows.add(arguments("log_dest " + left, refused("log_dest " + left)));
    }
    for (String key : List.of("plugin", "global_plugin")) {
      rows.add(
          arguments(
              key + " /usr/lib/mosquitto_dynamic_security.so",
              refused(key)
                  + "\nOnly mosquitto_acl_file.so and mosquitto_password_file.so are known, as other"
                  + " words for acl_file and password_file."));
    }
    for (String option : List.of("plugin_opt_acl_file", "plugin_opt_password_file")) {
      rows.add(
          arguments(
              option + " a",
              "Error: The '" + option + "' option requires a plugin to be defined first."));
    }
    rows.add(
        arguments(
            "plugin /lib/mosquitto_acl_file.so\nplugin_opt_password_file a",
            "Error: The 'plugin_opt_password_file' option is not one of the plugin"
                + " /lib/mosquitto_acl_file.so."));
    rows.add(
        arguments(
            "plugin mosquitto_acl_file.so\nplugin_opt_acl_file a\nplugin_opt_acl_file b",
            "Error: Duplicate 'plugin_opt_acl_file' value in configuration."));
    rows.add(
        arguments(
            "password_file a\nper_listener_settings true",
            "Error: per_listener_settings must be set before any other security settings."));
    rows.add(arguments("include_dir missing", "Error: Unable to open include_dir 'missing'."));
    rows.add(arguments("log_dest_", "Error: Unknown configuration variable 'log_dest_'."));
    rows.add(arguments("Listener 1883", "Error: Unknown configuration variable 'Listener'."));
    rows.add(
        arguments("listener\t1883", "Error: Unknown configuration variable 'listener\\x091883'."));
    return rows.stream();
  }

  private static String refused(String key) {
    return "Error: The '" + key + "' option is not supported.";
  }

  @ParameterizedTest
  @MethodSource("values")
  void theLineNamesTheKeyAndThePlace(String lines, String failure) throws Exception {
    Written config = Written.lines(folder, "listener 1883", lines, "# the end");

    List<String> expected = new ArrayList<>(failure.lines().toList());
    expected.add("Error found at F:" + (1 + lines.lines().count()) + ".");
    assertThat(config.failure()).isEqualTo(expected);
  }

  @Test
  void eachKeyWantsAValue() throws Exception {
    for (Key key : new Keys().all()) {
      if (!key.name().equals("listener")) {
        String line =
            key.name().startsWith("plugin_opt_")
                ? "plugin mosquitto_" + key.name().substring("plugin_opt_".length()) + ".so"
                : "";
        for (String end : List.of("", "   ", "\r", " \t")) {
          Written config = Written.lines(folder, "listener 1883", line, key.name() + end);
          assertThat(config.failure())
              .containsExactly(
                  "Error: Empty '" + key.name() + "' value in configuration.",
                  "Error found at F:3.");
        }
      }
    }
  }

  @Test
  void aKeyOfAListenerWantsAListenerAboveIt() throws Exception {
    for (Key key : new Keys().all()) {
      if (key.scope() == Key.Scope.LISTENER && !key.name().equals("listener")) {
        Written config = Written.lines(folder, key.name() + " 1", "listener 1883");
        assertThat(config.failure())
            .containsExactly(
                "Error: The '" + key.name() + "' option requires a listener to be defined first.",
                "Error found at F:1.");
      }
    }
  }

  @Test
  void aKeyOfSecurityWantsAListenerIfListenersHaveTheirOwn() throws Exception {
    for (Key key : new Keys().all()) {
      if (key.scope() == Key.Scope.SECURITY) {
        String value = key.name().equals("plugin") ? " mosquitto_acl_file.so" : " 1";
        Written config = Written.lines(folder, "per_listener_settings true", key.name() + value);
        assertThat(config.failure())
            .containsExactly(
                "Error: The '" + key.name() + "' option requires a listener to be defined first.",
                "Error found at F:2.");
      }
    }
  }

  @Test
  void eachKeyThatMidgeLeavesOutIsRefusedByName() throws Exception {
    Set<String> left =
        new TreeSet<>(
            List.of(
                ("connection address addresses topic bridge_cafile bridge_insecure bridge_psk"
                        + " bridge_tcp_keepalive local_clientid local_password remote_username"
                        + " remote_clientid notifications notifications_local_only"
                        + " notification_topic cleansession local_cleansession idle_timeout"
                        + " keepalive_interval restart_timeout round_robin start_type threshold"
                        + " try_private plugin_load plugin_use plugin_opt_other auth_plugin"
                        + " auth_opt_backends auth_plugin_deny_special_chars psk_file psk_hint"
                        + " tls_engine tls_engine_kpass_sha1 tls_keyform enable_proxy_protocol"
                        + " proxy_protocol_v2_require_tls http_dir clientid_prefixes")
                    .split(" ")));
    for (String key : left) {
      Written config = Written.lines(folder, "listener 1883", key + " 1");
      assertThat(config.failure())
          .containsExactly(
              "Error: The '" + key + "' option is not supported.", "Error found at F:2.");
    }
  }

  @Test
  void aPluginWithoutItsFileWouldLetEverybodyIn() throws Exception {
    assertThat(Written.lines(folder, "plugin /x/mosquitto_acl_file.so").failure())
        .containsExactly(
            "Error: The plugin /x/mosquitto_acl_file.so needs a 'plugin_opt_acl_file' option.");
  }

  @Test
  void aCertificateOfClientsNeedsAnAuthority() throws Exception {
    Written config =
        Written.lines(
            folder, "listener 8883", "certfile c", "keyfile k", "require_certificate true");

    assertThat(config.failure())
        .containsExactly(
            "Error: 'require_certificate' needs a 'cafile' or 'capath', for the listener on port"
                + " 8883.");
  }

  @Test
  void aFileThatIsMissingIsNamed() throws Exception {
    Written passwords = Written.lines(folder, "password_file missing.pw");
    assertThat(passwords.failure())
        .containsExactly("Error: Unable to open password_file 'missing.pw'.");
    Written rules = Written.lines(folder, "acl_file missing.acl");
    assertThat(rules.failure()).containsExactly("Error: Unable to open acl_file 'missing.acl'.");
  }
}
