package dev.midge.cli.proxy;

import static dev.midge.text.TerminalEscapes.forLog;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Auth;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketDetails;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import dev.midge.proxy.event.PassedPacket;

/** Writes a packet as {@code -d} of the clients shows it: without payloads and passwords. */
final class PacketText {
  private PacketText() {}

  static String of(PassedPacket passed) {
    StringBuilder line = new StringBuilder(passed.type().toString());
    Packet packet = passed.packet();
    if (packet == null) {
      line.append(" (").append(passed.size()).append(" bytes");
      return line.append(passed.problem() == null ? ")" : ", " + forLog(passed.problem()) + ")")
          .toString();
    }
    if (packet instanceof Publish publish) {
      String topic = passed.topic() == null ? "" : passed.topic();
      return PacketDetails.publish(line, publish, forLog(topic), passed.payloadSize()).toString();
    }
    if (packet instanceof Connect connect) {
      String username = connect.username();
      PacketDetails.connect(line, connect, username == null ? null : forLog(username));
      return connect.will() == null
          ? line.toString()
          : will(line.append(", will "), connect.will().message()).toString();
    }
    if (packet instanceof Connack connack) {
      return PacketDetails.connack(line, connack).toString();
    }
    if (packet instanceof Ack ack) {
      return PacketDetails.sent(line, ack).toString();
    }
    return others(line, packet).toString();
  }

  private static StringBuilder will(StringBuilder line, Message will) {
    return line.append("(q")
        .append(will.qos().level())
        .append(", r")
        .append(will.retain() ? 1 : 0)
        .append(", '")
        .append(forLog(will.topic()))
        .append("', ... (")
        .append(will.payload().length)
        .append(" bytes))");
  }

  private static StringBuilder others(StringBuilder line, Packet packet) {
    if (packet instanceof Subscribe subscribe) {
      line.append(" (m").append(subscribe.packetId());
      subscribe
          .subscriptions()
          .forEach(
              each ->
                  line.append(", '")
                      .append(forLog(each.filter()))
                      .append("' q")
                      .append(each.qos().level()));
      return line.append(')');
    }
    if (packet instanceof Unsubscribe unsubscribe) {
      line.append(" (m").append(unsubscribe.packetId());
      unsubscribe.filters().forEach(each -> line.append(", '").append(forLog(each)).append('\''));
      return line.append(')');
    }
    if (packet instanceof Suback suback) {
      line.append(" (m").append(suback.packetId());
      suback.reasonCodes().forEach(code -> line.append(", ").append(code));
      return line.append(')');
    }
    if (packet instanceof Unsuback unsuback) {
      line.append(" (m").append(unsuback.packetId());
      unsuback.reasonCodes().forEach(code -> line.append(", ").append(code));
      return line.append(')');
    }
    if (packet instanceof Disconnect disconnect) {
      return line.append(" (").append(disconnect.reasonCode()).append(')');
    }
    return packet instanceof Auth auth
        ? line.append(" (").append(auth.reasonCode()).append(')')
        : line;
  }
}
