package dev.midge.cli.expect;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.ClosedDescriptors;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor that whoever has started this process has opened for the signal, as the shell does
 * for {@code 3>ready}. It stays open until the process ends: a reader reads a line, and not to the
 * end.
 */
final class ReadyDescriptor implements ReadySignal {
  private static final int FIRST = 3;

  /** Opening a pipe that nobody reads any more waits for a reader. */
  private static final long PATIENCE_MILLIS = 1000;

  private static final int STEPS = 10;

  private static final Pattern NOT_OURS = Pattern.compile("^anon_inode:|/hsperfdata_");

  private final String number;
  private final String file;

  /**
   * @throws UsageException for a word that is no number of such a descriptor
   */
  ReadyDescriptor(String word) {
    long parsed = MidgeCompatibility.INSTANCE.number(word, -1L);
    if (parsed < FIRST || parsed > Integer.MAX_VALUE) {
      throw new UsageException(
          "Error: Invalid descriptor '"
              + word
              + "' for --ready-fd: it is a number from 3 on that the shell opens, as by 3>ready.");
    }
    number = String.valueOf(parsed);
    file = "/dev/fd/" + number;
  }

  @Override
  public void prepare() {
    if (!new File(file).exists() || ClosedDescriptors.isClosed(file) || !isForWriting()) {
      throw new UsageException(
          "Error: --ready-fd "
              + number
              + ": descriptor "
              + number
              + " is not open for writing; the shell opens it by "
              + number
              + ">ready.");
    }
  }

  /** Tells whether it can be written, as far as the system tells. */
  private boolean isForWriting() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString();
      if (target.startsWith("socket:") || NOT_OURS.matcher(target).find()) {
        return false; // A socket cannot be opened by its name, and the others are the JVM's.
      }
      List<String> facts = Files.readAllLines(Path.of("/proc/self/fdinfo/" + number));
      for (String fact : facts) {
        if (fact.startsWith("flags:")) {
          return (Integer.parseInt(fact.substring(6).strip(), 8) & 3) != 0;
        }
      }
      return true;
    } catch (IOException | InvalidPathException | NumberFormatException unknown) {
      return true;
    }
  }

  @Override
  public void give() throws IOException {
    CompletableFuture<@Nullable OutputStream> opened = new CompletableFuture<>();
    CompletableFuture<@Nullable Void> written = new CompletableFuture<>();
    Thread writer = new Thread(() -> write(opened, written), "midge ready");
    writer.setDaemon(true);
    writer.start();
    if (!await(opened)) {
      throw new IOException("Broken pipe");
    }
    await(written); // A reader may be slow.
  }

  @Override
  public String problem() {
    return "Error: Unable to write to --ready-fd " + number + ": ";
  }

  private void write(
      CompletableFuture<@Nullable OutputStream> opened, CompletableFuture<@Nullable Void> written) {
    try (OutputStream out = new FileOutputStream(file, true)) {
      opened.complete(out);
      out.write(ReadySignal.line().getBytes(StandardCharsets.US_ASCII));
      written.complete(null);
    } catch (IOException e) {
      opened.completeExceptionally(e);
      written.completeExceptionally(e);
    }
  }

  /** Waits in several steps: a machine that stands still uses up one. */
  private static boolean await(CompletableFuture<?> event) throws IOException {
    for (int i = 0; i < STEPS; i++) {
      try {
        event.get(PATIENCE_MILLIS / STEPS, TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        // The next step.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException failed ? failed : new IOException(e);
      }
    }
    return false;
  }
}
