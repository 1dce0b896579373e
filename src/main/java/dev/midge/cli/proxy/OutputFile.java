package dev.midge.cli.proxy;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.ClosedDescriptors;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Opens files that grow while the proxy runs. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Opens a file, and empties it.
   *
   * @param option the one that names the file, for complaints
   * @throws UsageException when it cannot be written
   */
  static OutputStream open(String name, String option) {
    try {
      if (ClosedDescriptors.isClosed(name)) {
        throw new IOException(name + " (No such file or directory)");
      }
      return new FileOutputStream(name);
    } catch (IOException e) {
      throw new UsageException(
          "Error: Unable to write the file of " + option + ": " + e.getMessage() + ".");
    }
  }
}
