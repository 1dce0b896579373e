package dev.midge.broker.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads the files of passwords and access rules. */
final class FileText {
  private FileText() {}

  /**
   * Returns the lines, each with blanks at its end where it has them.
   *
   * @param kind as mosquitto names it: {@code pwfile}, {@code acl_file}
   */
  static List<String> lines(Path file, String kind) throws AccessFileException {
    try {
      // Bytes that are no UTF-8 must not end in an exception without the name of the file.
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new AccessFileException(
          "Error: Unable to open " + kind + " \"" + file + "\": " + reason(e) + ".");
    }
  }

  /** Returns the reason in words, without the name of the file. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    return e instanceof AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }
}
