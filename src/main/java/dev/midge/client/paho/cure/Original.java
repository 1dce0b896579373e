package dev.midge.client.paho.cure;

import dev.midge.mqtt.Properties;

/**
 * Tells what Paho was asked to send, as far as its packets do not tell.
 *
 * @param packetId the identifier in the session; 0 for none
 * @param properties in the given order
 * @param topicKnown whether the broker knows the topic by its alias
 * @param more whether another packet follows at once, so that they may share a write
 */
public record Original(int packetId, Properties properties, boolean topicKnown, boolean more) {

  /** That of a packet that Paho sends by itself. */
  public static final Original NONE = new Original(0, Properties.NONE, false, false);
}
