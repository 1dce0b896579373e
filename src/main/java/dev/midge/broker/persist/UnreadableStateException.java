package dev.midge.broker.persist;

import java.io.IOException;
import java.nio.file.Path;

/** A file with the state of a broker cannot be read, or is another broker's. It is left alone. */
public final class UnreadableStateException extends IOException {
  private static final long serialVersionUID = 1;

  UnreadableStateException(Path file, String why) {
    super(file + " " + why);
  }
}
