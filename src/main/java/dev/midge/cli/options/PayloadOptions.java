package dev.midge.cli.options;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.ClosedDescriptors;
import dev.midge.cli.parse.InputFile;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.RawArguments;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The sources of payloads: exactly one of -m, -f, -s, -n and, for {@code pub}, -l. */
public final class PayloadOptions implements OptionTable.Source {
  /** The number of bytes that a payload may have. */
  public static final int MAX_PAYLOAD = 268_435_455;

  private enum Kind {
    MESSAGE,
    FILE,
    STDIN,
    NULL,
    LINES
  }

  private @Nullable Kind kind;
  private String word = "";

  @Override
  public void addTo(OptionTable table) {
    table
        .add(
            Option.value(
                "TEXT",
                "no message",
                "The payload.",
                this::refuseSecond,
                text -> choose(Kind.MESSAGE, text),
                "-m",
                "--message"))
        .add(
            Option.value(
                "FILE",
                "no file",
                "The payload is this file.",
                this::refuseSecond,
                file -> choose(Kind.FILE, file),
                "-f",
                "--file"))
        .add(
            Option.flag(
                "The payload is all of standard input.",
                () -> choose(Kind.STDIN, ""),
                "-s",
                "--stdin-file"))
        .add(
            Option.flag(
                "The payload is empty.", () -> choose(Kind.NULL, ""), "-n", "--null-message"));
  }

  /** Adds {@code -l}. */
  public void addLinesTo(OptionTable table) {
    table.add(
        Option.flag(
            "One message for each line of standard input.",
            () -> choose(Kind.LINES, ""),
            "-l",
            "--stdin-line"));
  }

  private void refuseSecond() {
    if (kind != null) {
      throw new UsageException("Error: Only one type of message can be sent at once.");
    }
  }

  private void choose(Kind chosen, String argument) {
    refuseSecond();
    kind = chosen;
    word = argument;
  }

  /** Tells whether the command line says what the payload is. */
  public boolean isGiven() {
    return kind != null;
  }

  /** Returns the name of the file of {@code -f}; null where there is none. */
  public @Nullable String fileName() {
    return kind == Kind.FILE ? word : null;
  }

  /** Tells whether each line of standard input is a payload. */
  public boolean isLines() {
    return kind == Kind.LINES;
  }

  /** Returns whether standard input ends before a connection; null where it is not read. */
  public @Nullable Boolean inputEnded() {
    return kind == Kind.LINES ? Boolean.FALSE : kind == Kind.STDIN ? Boolean.TRUE : null;
  }

  /**
   * Returns the one payload. A file, or standard input, is read now, before any connection.
   *
   * @return null when there is none, or more than one by -l
   * @throws UsageException when a file cannot be read or the payload is too long
   */
  public byte @Nullable [] toPayload(InputStream in) {
    if (kind == null) {
      return null;
    }
    return switch (kind) {
      case MESSAGE -> checked(RawArguments.bytes(word), "Message length");
      case NULL -> new byte[0];
      case FILE -> checked(file(), "File");
      case STDIN -> checked(all(in), "Message length");
      case LINES -> null;
    };
  }

  /**
   * Opens the file of {@code -f}.
   *
   * @throws UsageException when it cannot be opened
   */
  public InputStream openFile() {
    try {
      InputStream in = InputFile.open(word);
      if (Files.isDirectory(Path.of(word))) {
        in.close();
        throw new IOException("Is a directory");
      }
      return in;
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  private byte[] file() {
    try {
      Path file = Path.of(word);
      long size = Files.size(file);
      if (size > MAX_PAYLOAD) {
        throw tooLong("File"); // Without reading it first, for it may be larger than the heap.
      }
      if (size > 0 && Files.isRegularFile(file) && !ClosedDescriptors.isClosed(word)) {
        return Files.readAllBytes(file);
      }
      byte[] bytes = InputFile.read(word, MAX_PAYLOAD);
      if (bytes == null) {
        throw tooLong("File");
      }
      return bytes;
    } catch (UsageException e) {
      throw e;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw unreadable(e);
    }
  }

  private UsageException unreadable(Throwable e) {
    return UsageException.setting(
        "Error: Unable to read file \""
            + word
            + "\": "
            + reason(e)
            + ".\nError loading input file \""
            + word
            + "\".",
        "");
  }

  private String reason(Throwable e) {
    // From Java 25 on it is thrown also where a part of the path is a file.
    if (e instanceof NoSuchFileException) {
      return isBelowFile() ? "Not a directory" : "No such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (e instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getReason();
    }
    if (e instanceof OutOfMemoryError) {
      return "Out of memory, it is larger than Java's heap";
    }
    if (e instanceof IOException && Files.isDirectory(Path.of(word))) {
      return "Is a directory";
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    // The line names the file itself.
    return e instanceof FileNotFoundException && message.startsWith(word + " (")
        ? message.substring(word.length() + 2, message.length() - 1)
        : message;
  }

  private boolean isBelowFile() {
    Path above = Path.of(word).toAbsolutePath().getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    return above != null && !Files.isDirectory(above);
  }

  private static byte[] all(InputStream in) {
    byte[] bytes;
    try {
      // Unbuffered, Java would ask a pipe for its position, which has none.
      bytes = new BufferedInputStream(in).readNBytes(MAX_PAYLOAD + 1);
    } catch (OutOfMemoryError e) {
      throw UsageException.setting(
          "Error: Out of memory.\nError loading input from stdin.",
          " It is larger than Java's heap.");
    } catch (IOException e) {
      throw UsageException.setting("Error loading input from stdin.", ": " + e.getMessage() + ".");
    }
    if (bytes.length == 0) {
      throw UsageException.setting(
          "Error: Zero length input.\nError loading input from stdin.", "");
    }
    return bytes;
  }

  private static byte[] checked(byte[] payload, String what) {
    if (payload.length > MAX_PAYLOAD) {
      throw tooLong(what);
    }
    return payload;
  }

  private static UsageException tooLong(String what) {
    return UsageException.setting("Error: " + what + " must be less than 268435455 bytes.", "");
  }
}
