package dev.midge.cli.make;

import dev.midge.cli.UsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers of bytes: {@code 100}, {@code 10k}, {@code 1M}, as multiples of 1024. */
final class ByteSize {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([kKmM]?)(?:i?B)?");
  private static final int MOST = 268_435_455;

  private ByteSize() {}

  /**
   * Returns the number, at most that of a payload.
   *
   * @throws UsageException for anything else
   */
  static int parse(String word) {
    Matcher form = FORM.matcher(word);
    if (form.matches()) {
      int shift =
          switch (form.group(2)) {
            case "k", "K" -> 10;
            case "m", "M" -> 20;
            default -> 0;
          };
      long bytes = Long.parseLong(form.group(1)) << shift;
      if (bytes <= MOST) {
        return (int) bytes;
      }
    }
    throw new UsageException(
        "Error: --size takes bytes from 0 to 268435455, such as 100, 10k or 1M, not '"
            + word
            + "'.");
  }
}
