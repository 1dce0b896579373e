package dev.midge.cli.make;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Gives the random numbers of one client's messages. For one thread. */
final class Chance {
  /** An odd number with bits all over, so that no client's numbers are another's a while later. */
  private static final long BETWEEN_CLIENTS = 0xD1342543DE82EF95L;

  private final @Nullable Long seed;
  private final int client;
  private @Nullable RandomGenerator source;

  /**
   * Makes one.
   *
   * @param seed makes the numbers those of every other run with it; null for none
   * @param client the number of the client
   */
  Chance(@Nullable Long seed, int client) {
    this.seed = seed;
    this.client = client;
  }

  private RandomGenerator source() {
    if (source == null) { // A secure one takes time to load, and many templates need none.
      source =
          seed == null
              ? new SecureRandom()
              : new SplittableRandom(seed + (client - 1) * BETWEEN_CLIENTS);
    }
    return source;
  }

  /** Returns 64 random bits. */
  long next() {
    return source().nextLong();
  }

  /** Returns a number from {@code least} to {@code most}, each as likely as the others. */
  long between(long least, long most) {
    long count = most - least + 1; // 0 for all numbers, negative for more than half of them.
    long number = next();
    if (count == 0) {
      return number;
    }
    if (count < 0) {
      while (number < least || number > most) {
        number = next();
      }
      return number;
    }
    long bits = number >>> 1;
    long chosen = bits % count;
    while (bits - chosen + (count - 1) < 0) { // The last numbers are not as many as the others.
      bits = next() >>> 1;
      chosen = bits % count;
    }
    return least + chosen;
  }

  /** Returns so many random bytes. */
  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    // A secure source would take a second for a hundred megabytes.
    new SplittableRandom(next()).nextBytes(bytes);
    return bytes;
  }
}
