package dev.midge.client.job;

import dev.midge.mqtt.ReceivedMessage;
import java.io.IOException;

/** Takes the messages that {@code sub} receives. */
public interface MessageSink {

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
}
