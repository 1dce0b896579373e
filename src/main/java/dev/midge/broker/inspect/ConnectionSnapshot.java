package dev.midge.broker.inspect;

import dev.midge.mqtt.ProtocolVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a client at one moment.
 *
 * @param address of the client, as the log shows it
 * @param port that it has connected to; 0 for a unix socket
 * @param keepAlive seconds of the interval in force; 0 for no limit
 * @param age time since CONNECT was accepted
 */
public record ConnectionSnapshot(
    String address,
    int port,
    ProtocolVersion version,
    int keepAlive,
    boolean cleanStart,
    @Nullable String username,
    Duration age) {}
