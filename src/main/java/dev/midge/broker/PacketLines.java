package dev.midge.broker;

import static dev.midge.text.TerminalEscapes.forLog;

import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketDetails;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsubscribe;

/** Writes packets as mosquitto's log shows them. Names come in escaped. */
final class PacketLines {
  private PacketLines() {}

  static String received(String name, Packet packet) {
    if (packet instanceof Publish publish) {
      return publish("Received PUBLISH from ", name, publish, publish.message().topic());
    }
    StringBuilder line = new StringBuilder("Received ");
    line.append(packet.type()).append(" from ").append(name);
    if (packet instanceof Ack ack) {
      PacketDetails.received(line, ack);
    } else if (packet instanceof Subscribe subscribe) {
      subscribe
          .subscriptions()
          .forEach(
              each ->
                  line.append("\n\t")
                      .append(forLog(each.filter()))
                      .append(" (QoS ")
                      .append(each.qos().level())
                      .append(')'));
    } else if (packet instanceof Unsubscribe unsubscribe) {
      unsubscribe.filters().forEach(filter -> line.append("\n\t").append(forLog(filter)));
    }
    return line.toString();
  }

  static String sent(String name, Packet packet) {
    StringBuilder line = new StringBuilder("Sending ");
    line.append(packet.type()).append(" to ").append(name);
    if (packet instanceof Connack connack) {
      PacketDetails.connack(line, connack);
    } else if (packet instanceof Ack ack) {
      PacketDetails.sent(line, ack);
    }
    return line.toString();
  }

  static String publish(String what, String name, Publish packet, String topic) {
    StringBuilder line = new StringBuilder(what).append(name);
    return PacketDetails.publish(line, packet, forLog(topic)).toString();
  }
}
