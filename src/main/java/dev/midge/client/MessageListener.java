package dev.midge.client;

import dev.midge.mqtt.ReceivedMessage;

/** Where a {@link Connection} delivers. */
public interface MessageListener {

  /**
   * CONNACK has come and is a success; nothing more is read until this returns. Called on the
   * thread that reads.
   */
  default void welcomed() {}

  /**
   * Whether another message is wanted. One that is not is neither acknowledged nor delivered: the
   * broker keeps it for the next time.
   */
  default boolean takes() {
    return true;
  }

  /**
   * A message has come, and is acknowledged only when {@link #rested} has said yes. Called one at a
   * time, in order of arrival, each time after {@link #takes} has said yes.
   */
  void received(ReceivedMessage message);

  /**
   * Nothing more has come yet, or nothing more is taken. Called on the thread that reads.
   *
   * @return whether all that was received is in safety, so that it may be acknowledged; if not, the
   *     broker keeps it for the next time
   */
  default boolean rested() {
    return true;
  }

  /** The connection ended and nobody on this side had asked for it. Called at most once. */
  void lost(ConnectionFailure failure);
}
