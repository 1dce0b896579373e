package dev.midge.broker.config.file;

import java.util.List;
import java.util.Set;

/** The keys of mosquitto's that midge does not have, so that they are refused by name. */
final class RefusedKeys {
  private static final Set<String> NAMES =
      Set.of(
          // bridges
          "connection",
          "address",
          "addresses",
          "topic",
          "cleansession",
          "clientid",
          "idle_timeout",
          "keepalive_interval",
          "restart_timeout",
          "round_robin",
          "start_type",
          "threshold",
          "try_private",
          "username",
          "password",
          // serving files
          "http_dir",
          "http_api",
          "clientid_prefixes",
          "enable_proxy_protocol",
          "tls_keyform",
          "tls_keylog");

  private static final List<String> BEGINNINGS =
      List.of(
          "bridge_",
          "local_",
          "remote_",
          "notification",
          "plugin_",
          "auth_",
          "psk_",
          "tls_engine",
          "proxy_protocol_");

  private RefusedKeys() {}

  /** Tells whether mosquitto has the key, or one that begins like it, and midge has not. */
  static boolean contain(String key) {
    return NAMES.contains(key) || BEGINNINGS.stream().anyMatch(key::startsWith);
  }
}
