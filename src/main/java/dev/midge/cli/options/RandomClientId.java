package dev.midge.cli.options;

import java.util.concurrent.ThreadLocalRandom;

/** The client id that mosquitto's clients make for MQTT 3.1, where it may not be empty. */
final class RandomClientId {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private RandomClientId() {}

  /**
   * Returns {@code mosq-} and 18 random letters and digits: 23 characters, the limit of MQTT 3.1.
   */
  static String make() {
    StringBuilder id = new StringBuilder("mosq-");
    for (int i = 0; i < 18; i++) {
      id.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
