package dev.midge.client;

import dev.midge.mqtt.ReceivedMessage;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes the messages that a {@link Connection} receives. Called by one thread, the one that reads,
 * except where noted; while a call lasts, nothing more is read.
 */
public interface MessageListener {

  /** All is dealt with. */
  CompletableFuture<@Nullable Void> SETTLED = CompletableFuture.completedFuture(null);

  /** For connections that subscribe to nothing: a session taken up again may hold messages. */
  MessageListener IGNORE =
      new MessageListener() {
        @Override
        public void received(ReceivedMessage message) {}
      };

  /**
   * CONNACK has come and is a success; nothing more is read until this returns. Called on the
   * thread that reads.
   */
  default void onConnected() {}

  /**
   * Returns whether another message is wanted. One that is not is neither acknowledged nor
   * delivered: the broker keeps it for the next time.
   */
  default boolean wantsMore() {
    return true;
  }

  /**
   * Waits until there is room for another message. Called before each, and before {@link
   * #wantsMore}: what has come to its end meanwhile is not delivered.
   */
  default void awaitRoom() {}

  /**
   * A message has come, and is acknowledged only when {@link #settled} has completed and {@link
   * #onIdle} has returned true. Called one at a time, in order of arrival, each time after {@link
   * #wantsMore} has returned true.
   */
  void received(ReceivedMessage message);

  /**
   * Completes, on any thread, when all that was received until now is dealt with: until then none
   * of it is acknowledged, and never if it completes exceptionally. Asked behind each message;
   * while it is not complete, more messages may come.
   */
  default CompletableFuture<@Nullable Void> settled() {
    return SETTLED;
  }

  /**
   * No other message is there yet, or none is wanted any more, or {@link #settled} has completed.
   * Called on the thread that reads, or on the one that has completed it, but never while {@link
   * #received} lasts.
   *
   * @return whether all that was received is stored or printed, so that it may be acknowledged; if
   *     not, the broker keeps it for the next time
   */
  default boolean onIdle() {
    return true;
  }

  /** The connection ended after CONNACK and nobody on this side had asked for it. Called once. */
  default void lost(ConnectionFailure failure) {}
}
