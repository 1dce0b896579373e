package dev.midge.wire;

/**
 * Where a broker is to be reached.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param bindAddress local name or address to bind before connecting; null for any
 */
public record Endpoint(String host, int port, String bindAddress) {}
