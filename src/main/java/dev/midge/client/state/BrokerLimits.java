package dev.midge.client.state;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;

/**
 * Holds the limits that the broker gave in CONNACK. MQTT 3 brokers give none.
 *
 * @param receiveMaximum QoS 1 and 2 messages in flight to it; 0 when it does not say
 * @param maximumPacketSize bytes of a whole packet
 */
public record BrokerLimits(
    int receiveMaximum, int maximumQos, boolean retainAvailable, long maximumPacketSize) {

  /** Bytes of a payload that leave room for any topic and most properties. */
  private static final int SURELY_FITTING = 200_000_000;

  /** libmosquitto's number for a payload that no packet can hold. */
  private static final int BEYOND_MQTT = 9;

  public static BrokerLimits of(Connack connack) {
    return new BrokerLimits(
        (int) connack.properties().number(Property.RECEIVE_MAXIMUM, 0),
        (int) connack.properties().number(Property.MAXIMUM_QOS, 2),
        connack.properties().number(Property.RETAIN_AVAILABLE, 1) == 1,
        connack.properties().number(Property.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE));
  }

  /**
   * Returns the number of QoS 1 and 2 messages that may be in flight: the broker's number replaces
   * the user's, even if it is more, as with mosquitto.
   */
  public int inflight(int ofUser) {
    return receiveMaximum == 0 ? ofUser : receiveMaximum; // [MQTT-3.3.4-7]
  }

  /**
   * Returns the message as it may be sent: without the retain flag where the broker keeps no
   * messages.
   *
   * @throws ConnectionFailure when the broker does not take it
   */
  public Message admit(Message message, ProtocolVersion version) throws ConnectionFailure {
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
  public void admit(Packet packet, ProtocolVersion version) throws ConnectionFailure {
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
}
