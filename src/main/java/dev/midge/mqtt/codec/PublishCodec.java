package dev.midge.mqtt.codec;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Property.Place;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.packet.Publish;
import java.nio.ByteBuffer;

/** PUBLISH (3.3), which carries nearly all the traffic: one copy of the payload, no detours. */
final class PublishCodec {
  private static final int DUP = 0x08;
  private static final int RETAIN = 0x01;

  private PublishCodec() {}

  static Publish read(FieldReader in, ProtocolVersion version, int flags, Side side, LastTopic last)
      throws MalformedPacketException {
    Qos qos = Qos.of(flags >> 1 & 3);
    int start = in.position();
    String known = in.again(last);
    String topic = known == null ? in.string() : known;
    int packetId = 0;
    if (qos != Qos.AT_MOST_ONCE) {
      packetId = in.twoBytes();
      if (packetId == 0) {
        throw new MalformedPacketException(
            ReasonCode.PROTOCOL_ERROR, "packet identifier 0"); // [MQTT-2.2.1-3]
      }
    }
    Properties properties = Properties.NONE;
    if (version.isV5()) {
      properties = PropertyCodec.read(in, Place.PUBLISH);
      if (side == Side.BROKER) {
        checkSender(properties);
      }
    }
    if (known == null) {
      checkTopic(in, topic, properties, side);
      in.keep(last, start, topic);
    }
    boolean retain = (flags & RETAIN) != 0;
    Message message = new Message(topic, in.rest(), qos, retain, properties);
    return new Publish(message, (flags & DUP) != 0, packetId);
  }

  /**
   * Refuses what a client must not send. Some brokers pass on an empty response topic: a client
   * lets it pass, or any publisher could end all its subscribers.
   */
  private static void checkSender(Properties properties) throws MalformedPacketException {
    if (properties.has(Property.SUBSCRIPTION_IDENTIFIER)) {
      throw new MalformedPacketException(
          ReasonCode.PROTOCOL_ERROR, "subscription identifier from a client"); // [MQTT-3.3.4-6]
    }
    if ("".equals(properties.text(Property.RESPONSE_TOPIC))) {
      throw new MalformedPacketException(ReasonCode.PROTOCOL_ERROR, "response-topic: empty");
    }
  }

  /** Checks the fixed header's flags, known before the body has come. */
  static void checkFlags(int flags) throws MalformedPacketException {
    int qos = flags >> 1 & 3;
    if (qos == 3) {
      throw new MalformedPacketException(
          ReasonCode.MALFORMED_PACKET, "PUBLISH with QoS 3"); // [MQTT-3.3.1-4]
    }
    if (qos == 0 && (flags & DUP) != 0) {
      throw new MalformedPacketException(
          ReasonCode.MALFORMED_PACKET, "PUBLISH with DUP and QoS 0"); // [MQTT-3.3.1-2]
    }
  }

  static int flags(Publish publish) {
    Message message = publish.message();
    return (publish.dup() ? DUP : 0) | message.qos().level() << 1 | (message.retain() ? RETAIN : 0);
  }

  static long size(Publish publish, ProtocolVersion version) {
    Message message = publish.message();
    long size = FieldWriter.sizeOfString(message.topic());
    if (message.qos() != Qos.AT_MOST_ONCE) {
      size += 2;
    }
    if (version.isV5()) {
      size += PropertyCodec.size(message.properties());
    }
    return size + message.payload().length;
  }

  static void write(ByteBuffer into, Publish publish, ProtocolVersion version) {
    writeHead(into, publish, version);
    into.put(publish.message().payload());
  }

  /** Writes what stands between the fixed header and the payload. */
  static void writeHead(ByteBuffer into, Publish publish, ProtocolVersion version) {
    Message message = publish.message();
    FieldWriter.string(into, message.topic());
    if (message.qos() != Qos.AT_MOST_ONCE) {
      FieldWriter.twoBytes(into, publish.packetId());
    }
    if (version.isV5()) {
      PropertyCodec.write(into, message.properties());
    }
  }

  private static void checkTopic(FieldReader in, String topic, Properties properties, Side side)
      throws MalformedPacketException {
    if (topic.isEmpty()) {
      if (!properties.has(Property.TOPIC_ALIAS)) {
        throw in.fault("neither topic nor topic alias"); // [MQTT-4.7.3-1]
      }
      return;
    }
    // How deep a topic may go is a broker's own limit: a client takes what it is given.
    boolean valid =
        side == Side.BROKER
            ? Topics.isValidName(topic)
            : topic.indexOf('+') < 0 && topic.indexOf('#') < 0;
    if (!valid) {
      throw in.fault("topic name"); // [MQTT-3.3.2-2]
    }
  }
}
