package dev.midge.broker.core.delivery;

import dev.midge.mqtt.Qos;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a message for one session, as the {@link StateJournal} knows it.
 *
 * @param subscriptionId Subscription Identifier; 0 for none
 * @param sharedFilter of the shared subscription that it came by; null for an ordinary one
 * @param number in the session's queue; 0 if it was never queued
 * @param packetId 0 until it is sent
 * @param released true between PUBREC and PUBCOMP
 */
public record SavedDelivery(
    Publication publication,
    Qos qos,
    boolean retain,
    int subscriptionId,
    @Nullable String sharedFilter,
    long number,
    int packetId,
    boolean released) {}
