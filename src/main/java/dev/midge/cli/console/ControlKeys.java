package dev.midge.cli.console;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The keys of which a terminal makes signals, as long as it is not told to leave them to the
 * program.
 */
final class ControlKeys {
  static final int INTERRUPT = 3; // Ctrl-C
  static final int QUIT = 28; // Ctrl-\
  static final int SUSPEND = 26; // Ctrl-Z

  private ControlKeys() {}

  /** Returns the name of the key's signal; null for any other key. */
  static @Nullable String signal(int key) {
    return switch (key) {
      case INTERRUPT -> "INT";
      case QUIT -> "QUIT";
      case SUSPEND -> "TSTP";
      default -> null;
    };
  }

  /** Stops this process, whatever handlers it has. */
  static void stop() {
    sendToThis("STOP");
  }

  /** Sends a signal to this process alone. */
  static void sendToThis(String signal) {
    try {
      String id = String.valueOf(ProcessHandle.current().pid());
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + id).start().waitFor();
    } catch (IOException e) {
      // It goes on, then.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends the signal to all that the terminal would send it to, which may end this process. */
  static void raise(String signal) throws IOException {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " 0").start().waitFor();
      if (!signal.equals("TSTP")) {
        Thread.sleep(500); // The JVM may need a moment to end.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }
}
