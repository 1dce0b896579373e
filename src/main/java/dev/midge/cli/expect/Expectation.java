package dev.midge.cli.expect;

import dev.midge.mqtt.Message;

/** A message that is waited for, in the words of {@code --expect}. */
interface Expectation {

  /** Returns the words of the user. */
  String words();

  /** Tells whether that message is one. */
  boolean isMetBy(Message message);
}
