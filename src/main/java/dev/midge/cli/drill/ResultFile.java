package dev.midge.cli.drill;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.ClosedDescriptors;
import java.io.Closeable;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A file that a result is written to at the end. It is opened before the work begins, so that a
 * wrong name is found out early; until the end it stays as it is, and one that was not there goes
 * away again if no result comes.
 */
public final class ResultFile implements Closeable {
  private final File file;
  private final String option;
  private final boolean created;
  private final FileOutputStream out;
  private boolean written;

  private ResultFile(File file, String option, boolean created, FileOutputStream out) {
    this.file = file;
    this.option = option;
    this.created = created;
    this.out = out;
  }

  /**
   * Opens it.
   *
   * @throws UsageException when it cannot be written
   */
  public static ResultFile open(String name, String option) {
    return open(name, option, ClosedDescriptors::isClosed);
  }

  /**
   * Opens it.
   *
   * @param closed tells names that lead to a file of the JVM itself, which must not be opened
   */
  static ResultFile open(String name, String option, Predicate<String> closed) {
    File file = new File(name);
    if (closed.test(name)) {
      throw new UsageException("Error: " + problem(option, name + " (No such file or directory)"));
    }
    boolean created = !file.exists();
    try {
      // Truncates nothing.
      return new ResultFile(file, option, created, new FileOutputStream(file, true));
    } catch (IOException e) {
      throw new UsageException("Error: " + problem(option, e.getMessage()));
    }
  }

  private static String problem(String option, @Nullable String reason) {
    return "Unable to write the file of " + option + ": " + reason + ".";
  }

  /**
   * Replaces all that is in it.
   *
   * @throws IOException with a message that names it
   */
  void write(String text) throws IOException {
    try {
      if (file.isFile()) {
        out.getChannel().truncate(0);
      }
      written = true;
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IOException(problem(option, file + " (" + e.getMessage() + ")"), e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
    if (created && !written) {
      file.delete();
    }
  }
}
