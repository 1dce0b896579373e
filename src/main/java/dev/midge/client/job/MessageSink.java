package dev.midge.client.job;

import dev.midge.client.MessageListener;
import dev.midge.mqtt.ReceivedMessage;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes the messages that {@code sub} receives. */
public interface MessageSink {

  /** Waits until another message can be taken, or none will be any more. */
  default void awaitRoom() {}

  /**
   * Prints a message.
   *
   * @throws IOException when the output cannot be written, which ends the subscriber
   */
  void accept(ReceivedMessage message) throws IOException;

  /**
   * Flushes, since no other message is there yet.
   *
   * @throws IOException when the output cannot be written, which ends the subscriber
   */
  default void rest() throws IOException {}

  /**
   * Completes, on any thread, when all that was taken until now is dealt with, and exceptionally
   * when some of it never will be. Until then the broker is told of none of it, and the end of the
   * subscriber waits for it too. A sink that hands messages to another one asks that one.
   */
  default CompletableFuture<@Nullable Void> settled() {
    return MessageListener.SETTLED;
  }
}
