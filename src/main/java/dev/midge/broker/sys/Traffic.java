package dev.midge.broker.sys;

/**
 * The traffic of a broker's sockets.
 *
 * @param bytesReceived of MQTT, since the start
 * @param bytesSent of MQTT, since the start
 * @param open connections that are open now
 */
public record Traffic(long bytesReceived, long bytesSent, int open) {}
