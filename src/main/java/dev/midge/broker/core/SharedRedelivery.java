package dev.midge.broker.core;

/** Takes the messages of shared subscriptions that a member of the group cannot get any more. */
interface SharedRedelivery {
  /**
   * Finds another member for a message.
   *
   * @param by who lost it, and is not asked again
   */
  void lost(Delivery delivery, Session by, long now);
}
