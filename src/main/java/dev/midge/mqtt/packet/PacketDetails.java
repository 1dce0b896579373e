package dev.midge.mqtt.packet;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * Writes what mosquitto's log, and the {@code -d} lines of its clients, have in brackets behind the
 * type of a packet. Each method appends to a line that its caller has begun. For any thread.
 */
public final class PacketDetails {
  private PacketDetails() {}

  /**
   * Appends the flags, the packet identifier, the topic and the size of the payload.
   *
   * @param topic as the line is to show it: escaped, or in the place of a topic alias
   */
  public static StringBuilder publish(StringBuilder line, Publish packet, String topic) {
    return publish(line, packet, topic, packet.message().payload().length);
  }

  /**
   * Appends the same of a packet whose payload is somewhere else.
   *
   * @param bytes of the payload
   */
  public static StringBuilder publish(
      StringBuilder line, Publish packet, String topic, long bytes) {
    Message message = packet.message();
    return line.append(" (d")
        .append(packet.dup() ? 1 : 0)
        .append(", q")
        .append(message.qos().level())
        .append(", r")
        .append(message.retain() ? 1 : 0)
        .append(", m")
        .append(packet.packetId())
        .append(", '")
        .append(topic)
        .append("', ... (")
        .append(bytes)
        .append(" bytes))");
  }

  /**
   * Appends the version, clean start, the keep alive and the user name.
   *
   * @param username as the line is to show it; null for none
   */
  public static StringBuilder connect(
      StringBuilder line, Connect connect, @Nullable String username) {
    return connect(line, connect.version(), connect.cleanStart(), connect.keepAlive(), username);
  }

  /** Appends the same of a packet of which nothing else is known any more. */
  public static StringBuilder connect(
      StringBuilder line,
      ProtocolVersion version,
      boolean cleanStart,
      int keepAlive,
      @Nullable String username) {
    line.append(" (p").append(version.level());
    line.append(", c").append(cleanStart ? '1' : '0');
    line.append(", k").append(keepAlive);
    if (username != null) {
      line.append(", u'").append(username).append('\'');
    }
    return line.append(')');
  }

  /** Appends whether a session is present, and the reason code. */
  public static StringBuilder connack(StringBuilder line, Connack connack) {
    line.append(" (").append(connack.sessionPresent() ? 1 : 0);
    return line.append(", ").append(connack.reasonCode()).append(')');
  }

  /** Appends the packet identifier, and the reason code where mosquitto shows one it has sent. */
  public static StringBuilder sent(StringBuilder line, Ack ack) {
    line.append(" (m").append(ack.packetId());
    if (ack.type() == PacketType.PUBACK || ack.type() == PacketType.PUBREC) {
      line.append(", rc").append(ack.reasonCode());
    }
    return line.append(')');
  }

  /** Appends the packet identifier, and the reason code where mosquitto shows one it was sent. */
  public static StringBuilder received(StringBuilder line, Ack ack) {
    line.append(" (Mid: ").append(ack.packetId());
    if (ack.type() == PacketType.PUBACK || ack.type() == PacketType.PUBCOMP) {
      line.append(", RC:").append(ack.reasonCode());
    }
    return line.append(')');
  }
}
