package dev.midge.mqtt.packet;

import dev.midge.mqtt.Message;

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
        .append(message.payload().length)
        .append(" bytes))");
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
