package dev.midge.cli.fault;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.ClosedDescriptors;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Opens files that grow while a command runs. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Opens a file, and empties it. What is written is not buffered: a process that is killed has no
   * time to flush.
   *
   * @param option the one that names the file, for complaints
   * @throws UsageException when it cannot be written
   */
  public static OutputStream open(String name, String option) {
    try {
      if (ClosedDescriptors.isClosed(name)) {
        throw new IOException(name + " (No such file or directory)");
      }
      return new FileOutputStream(name);
    } catch (IOException e) {
      throw new UsageException(unwritable(option, e));
    }
  }

  /** Returns the line for a file that cannot be written. */
  public static String unwritable(String option, IOException why) {
    return "Error: Unable to write the file of " + option + ": " + why.getMessage() + ".";
  }
}
