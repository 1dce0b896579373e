package dev.midge.broker.inspect;

/**
 * The number of things that a broker keeps at one moment.
 *
 * @param sessions of connected clients and of absent ones
 * @param mostSessions that there were at the same time, since the start
 * @param subscriptions that are not shared
 * @param sharedSubscriptions members of all groups
 * @param retained messages; expired ones count until they are removed
 * @param retainedBytes of their payloads
 * @param waiting messages on their way: queued, inflight, or not released; one that waits for
 *     several clients counts for each of them
 * @param waitingBytes of their payloads
 */
public record Holdings(
    int sessions,
    int mostSessions,
    int connected,
    int subscriptions,
    int sharedSubscriptions,
    int retained,
    long retainedBytes,
    long waiting,
    long waitingBytes) {}
