package dev.midge.client;

import org.jspecify.annotations.Nullable;

/**
 * Tells that a message was delivered, or refused by the broker.
 *
 * @param packetId the one of its PUBLISH
 * @param reasonCode that of PUBACK or PUBREC; 0 for QoS 0
 * @param reasonString the broker's
 */
public record Delivery(int packetId, int reasonCode, @Nullable String reasonString) {}
