package dev.midge.cli.drill;

import dev.midge.cli.UsageException;
import java.io.Closeable;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A file that a result is written to at the end. It is opened before the work begins, so that a
 * wrong name is found out early; until the end it stays as it is, and one that was not there goes
 * away again if no result comes.
 */
public final class ResultFile implements Closeable {
  private final File file;
  private final boolean created;
  private final FileOutputStream out;
  private boolean written;

  private ResultFile(File file, boolean created, FileOutputStream out) {
    this.file = file;
    this.created = created;
    this.out = out;
  }

  /**
   * Opens it.
   *
   * @throws UsageException when it cannot be written
   */
  public static ResultFile open(String name, String option) {
    File file = new File(name);
    boolean created = !file.exists();
    try {
      return new ResultFile(file, created, new FileOutputStream(file, true)); // Truncates nothing.
    } catch (IOException e) {
      throw new UsageException(
          "Error: Unable to write the file of " + option + ": " + e.getMessage() + ".");
    }
  }

  /** Replaces all that is in it. */
  void write(String text) throws IOException {
    if (file.isFile()) {
      out.getChannel().truncate(0);
    }
    written = true;
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    out.close();
    if (created && !written) {
      file.delete();
    }
  }
}
