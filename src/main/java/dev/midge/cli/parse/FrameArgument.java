package dev.midge.cli.parse;

import dev.midge.cli.UsageException;

/** Reads the argument of {@code --frame}. */
public final class FrameArgument {
  private FrameArgument() {}

  /**
   * Checks that it names the one form of frames that there is.
   *
   * @throws UsageException for anything else
   */
  public static void check(String word) {
    if (!word.equals("u32")) {
      throw new UsageException(
          "Error: Invalid --frame argument '"
              + word
              + "': it is u32, a length of four bytes, the highest first.");
    }
  }
}
