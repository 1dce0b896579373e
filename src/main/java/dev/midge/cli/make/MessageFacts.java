package dev.midge.cli.make;

import java.time.Instant;

/**
 * Holds what the words of a template depend on in one message.
 *
 * @param client that publishes it
 * @param number of the message among those of its client, from 1
 * @param time read once, so that all words of a message tell one time
 * @param line the payload that the message has had before: the line of {@code -l}
 * @param chance decides the random words
 */
record MessageFacts(
    PublishingClient client, long number, Instant time, byte[] line, Chance chance) {}
