package dev.midge.client;

import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;

/**
 * What the broker said in CONNACK that it takes. MQTT 3 brokers say nothing.
 *
 * @param receiveMaximum QoS 1 and 2 messages on their way to it; 0 when it does not say
 * @param maximumPacketSize bytes of a whole packet
 */
record BrokerLimits(
    int receiveMaximum, int maximumQos, boolean retainAvailable, long maximumPacketSize) {

  /** Bytes of a payload that leave room for any topic and most properties. */
  private static final int SURELY_FITTING = 200_000_000;

  /** libmosquitto's number for a payload that no packet can hold. */
  static final int BEYOND_MQTT = 9;

  static BrokerLimits of(Connack connack) {
    return new BrokerLimits(
        (int) connack.properties().number(Property.RECEIVE_MAXIMUM, 0),
        (int) connack.properties().number(Property.MAXIMUM_QOS, 2),
        connack.properties().number(Property.RETAIN_AVAILABLE, 1) == 1,
        connack.properties().number(Property.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE));
  }

  /**
   * How many QoS 1 and 2 messages may be on their way: what the broker says replaces the user's
   * wish, even if it is more, as mosquitto has it.
   */
  int inflight(int wish) {
    return receiveMaximum == 0 ? wish : receiveMaximum; // [MQTT-3.3.4-7]
  }

  /**
   * The message as it may be sent: without the retain flag where the broker keeps no messages.
   *
   * @throws ConnectionFailure when the broker does not take it
   */
  Message admit(Message message, ProtocolVersion version) throws ConnectionFailure {
    if (message.qos().level() > maximumQos) { // [MQTT-3.2.2-11]
      throw new ConnectionFailure(Kind.QOS_NOT_SUPPORTED, null);
    }
    Message fitting =
        message.retain() && !retainAvailable // [MQTT-3.2.2-14]
            ? new Message(
                message.topic(), message.payload(), message.qos(), false, message.properties())
            : message;
    if (maximumPacketSize < Integer.MAX_VALUE || fitting.payload().length > SURELY_FITTING) {
      admit(new Publish(fitting, false, 1), version);
    }
    return fitting;
  }

  /**
   * Lets a packet pass.
   *
   * @throws ConnectionFailure when it is too large for the broker, or for MQTT
   */
  void admit(Packet packet, ProtocolVersion version) throws ConnectionFailure {
    long size = size(packet, version);
    if (size > maximumPacketSize) { // [MQTT-3.1.2-24]
      throw new ConnectionFailure(
          Kind.OVERSIZE,
          "The packet has " + size + " bytes, the broker takes " + maximumPacketSize + ".");
    }
  }

  private static long size(Packet packet, ProtocolVersion version) throws ConnectionFailure {
    try {
      return PacketEncoder.size(packet, version);
    } catch (IllegalArgumentException tooLong) {
      throw new ConnectionFailure(
          Kind.OVERSIZE,
          "A packet of MQTT has room for 268435455 bytes, with topic and properties.",
          BEYOND_MQTT,
          null);
    }
  }

  /** Whether that failure is a message, or a request, that the broker does not take. */
  static boolean isRefusal(ConnectionFailure failure) {
    return failure.kind() == Kind.QOS_NOT_SUPPORTED || failure.kind() == Kind.OVERSIZE;
  }
}
