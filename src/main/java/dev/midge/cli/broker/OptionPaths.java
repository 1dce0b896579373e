package dev.midge.cli.broker;

import dev.midge.cli.UsageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Makes paths of the words of the command line. */
final class OptionPaths {
  private OptionPaths() {}

  /**
   * Returns the path.
   *
   * @throws UsageException when the system has no such names
   */
  static Path path(String word) {
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw new UsageException("Error: No file can have the name " + e.getMessage() + ".");
    }
  }
}
