package dev.midge.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Standard output of one command line, which remembers that a write has failed: many write to it,
 * and some can do nothing about a failure. Whoever runs the command is told at once, the user at
 * the end. So they are of another file that the command was to write.
 */
public final class StandardOutput extends OutputStream {
  private static final String STANDARD_OUTPUT = "Error: Could not write to standard output: ";

  private final OutputStream out;
  private volatile @Nullable IOException failure;
  private volatile String beginning = STANDARD_OUTPUT;
  private @Nullable Consumer<IOException> told;

  /** Makes one that writes to a stream. */
  public StandardOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw noted(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw noted(e);
    }
  }

  /**
   * Notes that a write to another file has failed, which ends the command as a write to this one
   * does. For any thread.
   *
   * @param words the beginning of the line for the user, which the reason follows
   */
  public void failed(String words, IOException e) {
    noted(words, e);
  }

  private IOException noted(IOException e) {
    return noted(STANDARD_OUTPUT, e);
  }

  private IOException noted(String words, IOException e) {
    Consumer<IOException> listener;
    synchronized (this) {
      if (failure == null || hasReaderGone(failure)) {
        failure = e;
        beginning = words;
      }
      listener = told;
    }
    if (listener != null) {
      listener.accept(e);
    }
    return e;
  }

  /**
   * Sets the listener that is told of each write that fails, at once and on the thread that writes;
   * it is told now of one that has failed before.
   */
  public void onFailure(Consumer<IOException> listener) {
    IOException before;
    synchronized (this) {
      told = listener;
      before = failure;
    }
    if (before != null) {
      listener.accept(before);
    }
  }

  /** Tells whether it is that of this process, which a process started by it may have as well. */
  public boolean isOfProcess() {
    try {
      return out instanceof FileOutputStream file && file.getFD() == FileDescriptor.out;
    } catch (IOException e) {
      return false;
    }
  }

  /** Tells whether a write to this stream ended with that exception. */
  public boolean isFailure(IOException e) {
    return e == failure;
  }

  /**
   * Returns the line that says why not all was written; null when all was, or when the reader has
   * gone, which is no failure.
   */
  public @Nullable String problem() {
    IOException e = failure;
    return e == null || hasReaderGone(e) ? null : beginning + e.getMessage() + ".";
  }

  /**
   * Tells whether it is EPIPE: Java tells it by the words only, which the launcher keeps English.
   */
  public static boolean hasReaderGone(IOException e) {
    String words = e.getMessage();
    return words != null && words.toLowerCase(Locale.ROOT).contains("pipe");
  }
}
