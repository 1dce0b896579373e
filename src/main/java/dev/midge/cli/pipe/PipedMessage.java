package dev.midge.cli.pipe;

import dev.midge.mqtt.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of the input.
 *
 * @param time when it was received; null where the input does not tell, or nobody wants to know
 */
record PipedMessage(Message message, @Nullable Instant time) {}
