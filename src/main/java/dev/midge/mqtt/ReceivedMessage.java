package dev.midge.mqtt;

/**
 * A message as it came.
 *
 * @param packetId 0 for QoS 0
 */
public record ReceivedMessage(Message message, int packetId, boolean dup) {}
