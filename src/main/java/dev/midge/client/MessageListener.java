package dev.midge.client;

import dev.midge.mqtt.ReceivedMessage;

/**
 * Takes the messages that a {@link Connection} receives. Called by one thread, the one that reads;
 * while a call lasts, nothing more is read.
 */
public interface MessageListener {

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
   * A message has come, and is acknowledged only when {@link #onIdle} has returned true. Called one
   * at a time, in order of arrival, each time after {@link #wantsMore} has returned true.
   */
  void received(ReceivedMessage message);

  /**
   * No other message is there yet, or none is wanted any more. Called on the thread that reads.
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
