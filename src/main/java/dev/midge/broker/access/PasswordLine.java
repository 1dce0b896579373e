package dev.midge.broker.access;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a line of a password file.
 *
 * @param hash null for none
 */
record PasswordLine(String user, @Nullable String hash) {

  /** Returns null for a line that names no user, such as a comment. */
  static @Nullable PasswordLine of(String line) {
    if (line.startsWith("#") || line.indexOf(':') < 0) {
      return null;
    }
    String[] parts = line.split(":", 3); // a third part means nothing to mosquitto
    String hash = parts[1].strip();
    // mosquitto takes what follows a colon at the start for the name, and misses the hash.
    boolean hasBoth = !parts[0].isEmpty() && !hash.isEmpty();
    return new PasswordLine(parts[0].strip(), hasBoth ? hash : null);
  }
}
