package dev.midge.broker.config.file;

import java.util.List;

/** The keys that are taken, so that a file of mosquitto's can be used, and that change nothing. */
final class UnusedKeys {
  private static final String BUFFER_RANGE =
      "Error: Packet buffer size must be between 0 and 65535 inclusive.";

  private UnusedKeys() {}

  static List<Key> all() {
    ValueKind<Integer> buffer = ValueKind.number(0, 65535, BUFFER_RANGE);
    return List.of(
        Key.unused("user", ValueKind.text().said("name"), "a JVM cannot change its user").once(),
        Key.unused(
            "memory_limit",
            ValueKind.number(0, Integer.MAX_VALUE, BadValue.INVALID).said("bytes, 0 or more"),
            "the heap of the JVM is the limit"),
        Key.unused(
            "bind_interface", ValueKind.text().said("name"), "Java binds sockets to addresses"),
        Key.unused("websockets_headers_size", buffer, "buffers have the size that they need"),
        Key.unused("packet_buffer_size", buffer, "buffers have the size that they need"),
        Key.unused(
            "websockets_log_level",
            ValueKind.number(Integer.MIN_VALUE, Integer.MAX_VALUE, BadValue.INVALID)
                .said("a number"),
            "log_type decides"),
        Key.unused(
            "retry_interval",
            ValueKind.text().said("seconds"),
            "MQTT allows no retry within a connection"),
        Key.unused("enable_control_api", ValueKind.flag(), "there is no $CONTROL"),
        Key.unused(
            "log_facility", ValueKind.count().said("a number"), "there is no log to syslog"));
  }
}
