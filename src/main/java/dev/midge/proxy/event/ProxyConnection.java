package dev.midge.proxy.event;

import dev.midge.mqtt.ProtocolVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An open connection through the proxy, as it was when somebody asked. Directions are the client's.
 *
 * @param version null before CONNECT
 * @param since when the client was accepted
 * @param broker its URL; null before it is reached
 * @param connected whether the broker has accepted the client, by CONNACK
 * @param subscribed whether a subscription was granted, by SUBACK
 */
public record ProxyConnection(
    ConnectionName name,
    @Nullable ProtocolVersion version,
    Instant since,
    @Nullable String broker,
    boolean connected,
    boolean subscribed,
    long packetsIn,
    long packetsOut,
    long bytesIn,
    long bytesOut) {}
