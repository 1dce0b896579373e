package dev.midge.lwt.report;

import dev.midge.mqtt.ProtocolVersion;

/**
 * The broker that was examined, as the reports name it.
 *
 * @param name for people: {@code the mini broker}, or address and port
 * @param host as the user gave it; the path of a unix socket
 * @param port 0 for a unix socket
 * @param embedded whether it is the mini broker that the drill has started itself
 * @param transport for people, such as {@code WebSocket with TLS}
 * @param command the command line that examines it again, without rows and without a password
 */
public record Subject(
    String name,
    String host,
    int port,
    boolean embedded,
    ProtocolVersion version,
    String transport,
    String command) {

  /** Returns the version of MQTT for people: {@code 3.1.1}, for instance. */
  String mqtt() {
    return version.number();
  }
}
