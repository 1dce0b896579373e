package dev.midge.cli.options;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes ids that nobody has given: the one that mosquitto's clients make for MQTT 3.1, where it may
 * not be empty, and the beginning of those of many clients.
 */
final class RandomClientId {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private RandomClientId() {}

  /**
   * Returns {@code mosq-} and 18 random letters and digits: 23 characters, the limit of MQTT 3.1.
   */
  static String make() {
    return random("mosq-", 18).toString();
  }

  /**
   * Returns the beginning of the ids of many clients: {@code midge-}, letters and digits, a dash.
   */
  static String prefix() {
    return random("midge-", 8).append('-').toString();
  }

  private static StringBuilder random(String beginning, int length) {
    StringBuilder id = new StringBuilder(beginning);
    for (int i = 0; i < length; i++) {
      id.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
    }
    return id;
  }
}
