package dev.midge.cli;

import dev.midge.client.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** Where the payloads of {@code pub} come from: exactly one of -m, -f, -s, -n, -l. */
final class PayloadOptions {
  private static final int MAX_PAYLOAD = 268_435_455;

  private enum Kind {
    MESSAGE,
    FILE,
    STDIN,
    NULL,
    LINES
  }

  private Kind kind;
  private String word;

  void addTo(CommandSpec spec) {
    spec.addOption(
            Option.value(
                "TEXT",
                "no message",
                "The payload.",
                text -> choose(Kind.MESSAGE, text),
                "-m",
                "--message"))
        .addOption(
            Option.value(
                "FILE",
                "no file",
                "The payload is this file.",
                file -> choose(Kind.FILE, file),
                "-f",
                "--file"))
        .addOption(
            Option.flag(
                "The payload is all of standard input.",
                () -> choose(Kind.STDIN, null),
                "-s",
                "--stdin-file"))
        .addOption(
            Option.flag(
                "The payload is empty.", () -> choose(Kind.NULL, null), "-n", "--null-message"))
        .addOption(
            Option.flag(
                "One message for each line of standard input.",
                () -> choose(Kind.LINES, null),
                "-l",
                "--stdin-line"));
  }

  private void choose(Kind chosen, String argument) {
    if (kind != null) {
      throw new UsageException("Error: Only one type of message can be sent at once.");
    }
    kind = chosen;
    word = argument;
  }

  boolean isGiven() {
    return kind != null;
  }

  /**
   * The payloads. A file, or standard input as one payload, is read now, before any connection.
   *
   * @param repeat how often a single payload is sent
   * @throws UsageException when a file cannot be read or a payload is too long
   */
  PayloadSource toSource(InputStream in) {
    return switch (kind) {
      case MESSAGE -> new Single(checked(word.getBytes(StandardCharsets.UTF_8), "Message length"));
      case NULL -> new Single(new byte[0]);
      case FILE -> new Single(checked(file(), "File"));
      case STDIN -> new Single(checked(all(in), "Message length"));
      case LINES -> new LineSource(in);
    };
  }

  private byte[] file() {
    try {
      return Files.readAllBytes(Path.of(word));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw new UsageException(
          "Error: Unable to read file \""
              + word
              + "\": "
              + reason(e)
              + ".\nError loading input file \""
              + word
              + "\".");
    }
  }

  private static String reason(Throwable e) {
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (e instanceof OutOfMemoryError) {
      return "File too large";
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private static byte[] all(InputStream in) {
    byte[] bytes;
    try {
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw new UsageException("Error loading input from stdin: " + e.getMessage() + ".");
    }
    if (bytes.length == 0) {
      throw new UsageException("Error: Zero length input.\nError loading input from stdin.");
    }
    return bytes;
  }

  private static byte[] checked(byte[] payload, String what) {
    if (payload.length > MAX_PAYLOAD) {
      throw new UsageException("Error: " + what + " must be less than 268435455 bytes.");
    }
    return payload;
  }

  private static final class Single implements PayloadSource {
    private byte[] payload;

    Single(byte[] payload) {
      this.payload = payload;
    }

    @Override
    public byte[] next() {
      byte[] next = payload;
      payload = null;
      return next;
    }

    @Override
    public boolean isStream() {
      return false;
    }
  }
}
