package dev.midge.broker.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table has each key of the specification, with its scope. */
class KeyTableTest {
  /** Keys of the specification: G for the broker, L for a listener, S for both; R for a reload. */
  private static final List<String> SPECIFIED =
      List.of(
          "L listener",
          "G port bind_address",
          "L protocol socket_domain accept_protocol_versions max_connections max_qos maximum_qos",
          "L max_topic_alias max_topic_alias_broker mount_point use_username_as_clientid",
          "L websockets_origin listener_auto_id_prefix",
          "LR listener_allow_anonymous",
          "SR allow_anonymous password_file acl_file allow_zero_length_clientid",
          "S auto_id_prefix plugin",
          "G per_listener_settings global_plugin",
          "GR plugin_opt_acl_file plugin_opt_password_file",
          "LR cafile capath certfile keyfile crlfile",
          "L require_certificate use_identity_as_username use_subject_as_username tls_version",
          "L ciphers ciphers_tls1.3 disable_client_cert_date_checks dhparamfile",
          "G global_max_connections global_max_clients",
          "G max_inflight_messages max_inflight_bytes max_queued_messages max_queued_bytes",
          "G queue_qos0_messages max_packet_size max_keepalive retain_available",
          "G check_retain_source retain_expiry_interval set_tcp_nodelay",
          "GR message_size_limit upgrade_outgoing_qos allow_duplicate_messages",
          "GR persistent_client_expiration",
          "GR persistence persistence_file persistence_location autosave_interval",
          "GR autosave_on_changes sys_interval",
          "GR connection_messages log_type log_dest log_timestamp log_timestamp_format",
          "G pid_file include_dir",
          "G fault", // midge's own
          "G user memory_limit bind_interface websockets_headers_size packet_buffer_size",
          "G websockets_log_level retry_interval enable_control_api log_facility");

  @Test
  void eachKeyOfTheSpecificationIsThereWithItsScopeAndNoOther() {
    Map<String, String> specified = new TreeMap<>();
    for (String line : SPECIFIED) {
      String[] words = line.split(" ");
      for (int i = 1; i < words.length; i++) {
        specified.put(words[i], words[0]);
      }
    }
    Map<String, String> table = new TreeMap<>();
    for (Key key : new Keys().all()) {
      String letter =
          switch (key.scope()) {
            case BROKER -> "G";
            case LISTENER -> "L";
            case SECURITY -> "S";
          };
      table.put(key.name(), letter + (key.reread() ? "R" : ""));
    }
    assertThat(table).isEqualTo(specified);
  }

  @Test
  void noKeyIsTakenAndRefused() {
    assertThat(new Keys().all())
        .extracting(Key::name)
        .filteredOn(name -> !name.startsWith("plugin_")) // two of them are known
        .noneMatch(RefusedKeys::contain);
  }
}
