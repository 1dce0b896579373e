package dev.midge.mqtt.packet;

/**
 * A control packet as a value, the same for all versions: what a version does not have is empty or
 * zero.
 */
public sealed interface Packet
    permits Ack,
        Auth,
        Connack,
        Connect,
        Disconnect,
        Ping,
        Publish,
        Suback,
        Subscribe,
        Unsuback,
        Unsubscribe {

  PacketType type();
}
