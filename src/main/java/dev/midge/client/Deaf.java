package dev.midge.client;

import dev.midge.mqtt.ReceivedMessage;

/** Nothing is subscribed; a session taken up again may hold messages all the same. */
final class Deaf implements MessageListener {

  @Override
  public void received(ReceivedMessage message) {}

  /** The end of the link tells. */
  @Override
  public void lost(ConnectionFailure failure) {}
}
