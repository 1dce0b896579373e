package dev.midge.cli.fault;

import dev.midge.cli.UsageException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** {@code --fault-seed}: the number that decides what chance decides. */
public final class FaultSeed {
  /** Short enough to be typed. */
  private static final int SEEDS = 1_000_000;

  private FaultSeed() {}

  /**
   * Reads the word of a user.
   *
   * @throws UsageException when it is no whole number
   */
  public static Long parse(String word) {
    if (!word.matches("-?[0-9]{1,18}")) {
      throw new UsageException("Error: --fault-seed takes a whole number, not '" + word + "'.");
    }
    return Long.valueOf(word);
  }

  /** Returns the given seed, or one by chance. */
  public static long orRandom(@Nullable Long given) {
    return given == null ? ThreadLocalRandom.current().nextInt(SEEDS) : given;
  }
}
