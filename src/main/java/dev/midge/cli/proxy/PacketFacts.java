package dev.midge.cli.proxy;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Auth;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import dev.midge.proxy.event.PassedPacket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a packet by the names that {@code --json} has for them; no password among them. */
final class PacketFacts {
  private PacketFacts() {}

  static void add(Map<String, Object> facts, PassedPacket passed) {
    facts.put("type", passed.type().toString());
    facts.put("size", passed.size());
    Packet packet = passed.packet();
    if (packet == null) {
      facts.put("problem", passed.problem() == null ? "" : passed.problem());
    } else if (packet instanceof Publish publish) {
      publish(facts, publish, passed);
    } else if (packet instanceof Connect connect) {
      connect(facts, connect);
    } else if (packet instanceof Connack connack) {
      facts.put("session_present", connack.sessionPresent());
      facts.put("reason_code", connack.reasonCode());
    } else if (packet instanceof Ack ack) {
      facts.put("packet_id", ack.packetId());
      facts.put("reason_code", ack.reasonCode());
    } else if (packet instanceof Disconnect disconnect) {
      facts.put("reason_code", disconnect.reasonCode());
    } else if (packet instanceof Auth auth) {
      facts.put("reason_code", auth.reasonCode());
    } else {
      subscription(facts, packet);
    }
  }

  private static void publish(Map<String, Object> facts, Publish publish, PassedPacket passed) {
    Message message = publish.message();
    facts.put("topic", passed.topic() == null ? "" : passed.topic());
    facts.put("qos", message.qos().level());
    facts.put("retain", message.retain());
    facts.put("dup", publish.dup());
    if (publish.packetId() != 0) {
      facts.put("packet_id", publish.packetId());
    }
    facts.put("payload_size", passed.payloadSize());
    if (passed.payloadSize() == message.payload().length) {
      facts.put("payload", message.payload());
    }
  }

  private static void connect(Map<String, Object> facts, Connect connect) {
    facts.put("protocol_version", connect.version().level());
    facts.put("client_id", connect.clientId());
    facts.put("clean_start", connect.cleanStart());
    facts.put("keep_alive", connect.keepAlive());
    if (connect.username() != null) {
      facts.put("username", connect.username());
    }
    if (connect.will() != null) {
      Message will = connect.will().message();
      Map<String, Object> inner = new LinkedHashMap<>();
      inner.put("topic", will.topic());
      inner.put("qos", will.qos().level());
      inner.put("retain", will.retain());
      inner.put("payload_size", will.payload().length);
      inner.put("payload", will.payload());
      facts.put("will", inner);
    }
  }

  private static void subscription(Map<String, Object> facts, Packet packet) {
    if (packet instanceof Subscribe subscribe) {
      facts.put("packet_id", subscribe.packetId());
      List<Map<String, Object>> all = new ArrayList<>();
      subscribe
          .subscriptions()
          .forEach(
              each -> {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("filter", each.filter());
                one.put("qos", each.qos().level());
                one.put("options", each.options());
                all.add(one);
              });
      facts.put("subscriptions", all);
    } else if (packet instanceof Suback suback) {
      facts.put("packet_id", suback.packetId());
      facts.put("reason_codes", suback.reasonCodes());
    } else if (packet instanceof Unsubscribe unsubscribe) {
      facts.put("packet_id", unsubscribe.packetId());
      facts.put("filters", unsubscribe.filters());
    } else if (packet instanceof Unsuback unsuback) {
      facts.put("packet_id", unsuback.packetId());
      facts.put("reason_codes", unsuback.reasonCodes());
    }
  }

  /** Returns the properties of MQTT 5 that the packet has. */
  static Properties properties(PassedPacket passed) {
    Packet packet = passed.packet();
    if (packet instanceof Publish publish) {
      return publish.message().properties();
    } else if (packet instanceof Connect connect) {
      return connect.properties();
    } else if (packet instanceof Connack connack) {
      return connack.properties();
    } else if (packet instanceof Ack ack) {
      return ack.properties();
    } else if (packet instanceof Disconnect disconnect) {
      return disconnect.properties();
    } else if (packet instanceof Suback suback) {
      return suback.properties();
    } else if (packet instanceof Subscribe subscribe) {
      return subscribe.properties();
    }
    return Properties.NONE;
  }
}
