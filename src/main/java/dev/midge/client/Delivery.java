package dev.midge.client;

/**
 * A message was delivered, or refused by the broker.
 *
 * @param packetId the one of its PUBLISH
 * @param reasonCode that of PUBACK or PUBREC; 0 for QoS 0
 * @param reasonString the broker's, or null
 */
record Delivery(int packetId, int reasonCode, String reasonString) {}
