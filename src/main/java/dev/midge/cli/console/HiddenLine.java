package dev.midge.cli.console;

import dev.midge.cli.parse.RawArguments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Collects a line from a terminal that hands over every key as it is pressed. */
final class HiddenLine {
  private static final int END = 4; // Ctrl-D
  private static final int BACKSPACE = 8;
  private static final int CLEAR = 21; // Ctrl-U
  private static final int DELETE = 127;

  /** One character for each byte, so that it can be shortened. */
  private final StringBuilder typed = new StringBuilder();

  /** Reads up to the key that ends the line, and returns that key; -1 for the end of all input. */
  int read(InputStream terminal) throws IOException {
    typed.setLength(0);
    while (true) {
      int key = terminal.read();
      switch (key) {
        case BACKSPACE, DELETE -> erase();
        case CLEAR -> typed.setLength(0);
        case END -> {
          if (typed.length() == 0) {
            return -1;
          }
        }
        case -1, '\n', '\r', ControlKeys.INTERRUPT, ControlKeys.QUIT, ControlKeys.SUSPEND -> {
          return key;
        }
        default -> typed.append((char) key);
      }
    }
  }

  /** Returns what was typed, with its true bytes as {@link RawArguments} says. */
  String text() {
    byte[] bytes = typed.toString().getBytes(StandardCharsets.ISO_8859_1);
    return RawArguments.decode(bytes, 0, bytes.length);
  }

  /** A character of UTF-8 may be several bytes. */
  private void erase() {
    int length = typed.length();
    while (length > 0 && (typed.charAt(--length) & 0xC0) == 0x80) {}
    typed.setLength(length);
  }
}
