package dev.midge.proxy.event;

import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import org.jspecify.annotations.Nullable;

/**
 * A packet that came to the proxy.
 *
 * @param size of the whole packet, in bytes
 * @param packet the packet itself, which has no payload where {@link #payloadSize} is more than its
 *     payload; null where it is malformed, or too large to be looked into
 * @param topic of a PUBLISH, its alias resolved; null for other packets, and where it is not known
 * @param payloadSize of a PUBLISH, in bytes
 * @param problem why the packet cannot be read; null where it can
 */
public record PassedPacket(
    PacketType type,
    long size,
    @Nullable Packet packet,
    @Nullable String topic,
    long payloadSize,
    @Nullable String problem) {}
