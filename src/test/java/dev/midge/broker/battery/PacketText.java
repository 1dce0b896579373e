package dev.midge.broker.battery;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes packets in words that two brokers can be compared by. */
final class PacketText {
  static final String END = "end";

  private PacketText() {}

  /**
   * Writes a packet.
   *
   * @param packet null for the end of the connection
   */
  static String of(Packet packet) {
    if (packet == null) {
      return END;
    }
    if (packet instanceof Connack connack) {
      return String.format(
          "CONNACK %02x present=%b %s",
          connack.reasonCode(), connack.sessionPresent(), of(connack.properties()));
    }
    if (packet instanceof Publish publish) {
      return String.format(
          "PUBLISH '%s' '%s' q%d r%b d%b %s",
          publish.message().topic(),
          new String(publish.message().payload()),
          publish.message().qos().level(),
          publish.message().retain(),
          publish.dup(),
          of(publish.message().properties()));
    }
    if (packet instanceof Ack ack) {
      return String.format("%s %02x", ack.type(), ack.reasonCode());
    }
    if (packet instanceof Suback suback) {
      return "SUBACK " + suback.reasonCodes();
    }
    if (packet instanceof Disconnect disconnect) {
      return String.format("DISCONNECT %02x", disconnect.reasonCode());
    }
    return packet.type().toString();
  }

  private static String of(Properties properties) {
    List<String> all = new ArrayList<>();
    for (Properties.Entry entry : properties.entries()) {
      Object value = entry.value();
      String text = value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value + "";
      if (entry.property() == Property.ASSIGNED_CLIENT_IDENTIFIER) {
        text = text.replaceAll("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "UUID");
      }
      all.add(entry.property() + "=" + text);
    }
    return all.toString();
  }
}
