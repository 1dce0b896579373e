package dev.midge.lwt.peer;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Describes packets for the story and the report: without passwords, payloads shortened. */
public final class PacketText {
  private static final int LONGEST_PAYLOAD = 40;

  private PacketText() {}

  public static String of(Packet packet) {
    if (packet instanceof Connect connect) {
      return connect(connect);
    }
    if (packet instanceof Publish publish) {
      return "PUBLISH '"
          + publish.message().topic()
          + "' "
          + message(publish.message())
          + (publish.dup() ? " DUP" : "")
          + (publish.packetId() == 0 ? "" : ", packet id " + publish.packetId())
          + properties(publish.message().properties());
    }
    if (packet instanceof Connack connack) {
      return "CONNACK "
          + code(connack.reasonCode())
          + ", session present "
          + (connack.sessionPresent() ? 1 : 0)
          + properties(connack.properties());
    }
    if (packet instanceof Disconnect disconnect) {
      return "DISCONNECT " + code(disconnect.reasonCode()) + properties(disconnect.properties());
    }
    if (packet instanceof Ack ack) {
      return ack.type() + " " + code(ack.reasonCode()) + ", packet id " + ack.packetId();
    }
    if (packet instanceof Subscribe subscribe) {
      StringBuilder text = new StringBuilder("SUBSCRIBE");
      for (Subscription one : subscribe.subscriptions()) {
        text.append(" '").append(one.filter()).append("' QoS ").append(one.qos().level());
      }
      return text.toString();
    }
    if (packet instanceof Suback suback) {
      StringBuilder text = new StringBuilder("SUBACK");
      suback.reasonCodes().forEach(code -> text.append(' ').append(code(code)));
      return text.toString();
    }
    return packet.type().toString();
  }

  private static String connect(Connect connect) {
    return "CONNECT MQTT "
        + connect.version().number()
        + ", client id '"
        + connect.clientId()
        + "', "
        + (connect.version().isV5() ? "clean start " : "clean session ")
        + (connect.cleanStart() ? 1 : 0)
        + ", keep alive "
        + connect.keepAlive()
        + (connect.username() == null ? "" : ", with user name")
        + (connect.password() == null ? "" : ", with password")
        + (connect.will() == null ? "" : ", will " + will(connect.will()))
        + properties(connect.properties());
  }

  public static String will(Will will) {
    Message message = will.message();
    return "'" + message.topic() + "' " + message(message) + properties(message.properties());
  }

  /** Describes payload, QoS and retain flag: {@code "offline" QoS 1 retained}. */
  public static String message(Message message) {
    return payload(message.payload())
        + " QoS "
        + message.qos().level()
        + (message.retain() ? " retained" : "");
  }

  public static String payload(byte[] payload) {
    if (payload.length == 0) {
      return "empty message";
    }
    if (payload.length > LONGEST_PAYLOAD) {
      return payload.length + " bytes";
    }
    String text = new String(payload, StandardCharsets.UTF_8);
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), payload)
        ? "\"" + text + "\""
        : payload.length + " bytes";
  }

  private static String properties(Properties properties) {
    return properties.isEmpty() ? "" : ", " + properties.entries();
  }

  public static String code(int code) {
    return ReasonCode.hex(code);
  }
}
