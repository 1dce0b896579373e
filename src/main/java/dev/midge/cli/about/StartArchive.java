package dev.midge.cli.about;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The start-up archive of this process, as the launcher has told it by system properties.
 *
 * @param path null where the launcher has found no place for one, or has told nothing
 */
public record StartArchive(State state, @Nullable Path path) {
  private static final Path MAPS = Path.of("/proc/self/maps");

  /** The fate of the archive; the launcher uses the words in lower case. */
  public enum State {
    USED("in use"),
    REFUSED("not in use: Java does not take it"),
    MISSING("not made yet: a start makes it in the background"),
    FAILED("none: it could not be made, and is tried again after a day"),
    UNTRUSTED("not in use: its directory is not yours alone"),
    HOMELESS("none: there is no directory for it"),
    OFF("none: MIDGE_ARCHIVE is off"),
    UNKNOWN("not known: this start was not by bin/midge");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** Returns it in words. */
    public String text() {
      return text;
    }
  }

  /** Returns that of this process. */
  public static StartArchive ofProcess() {
    String told = System.getProperty("midge.archive.state", "");
    String place = System.getProperty("midge.archive", "");
    Path path = place.isEmpty() ? null : Path.of(place).toAbsolutePath().normalize();
    State state = state(told);
    return new StartArchive(
        state == State.USED && path != null && !isMapped(path) ? State.REFUSED : state, path);
  }

  private static State state(String told) {
    for (State state : State.values()) {
      if (state.name().toLowerCase(Locale.ROOT).equals(told)) {
        return state;
      }
    }
    return State.UNKNOWN;
  }

  /** Tells whether the JVM has mapped the file; where the system does not tell, it has. */
  private static boolean isMapped(Path archive) {
    if (!Files.isReadable(MAPS)) {
      return true;
    }
    String name = "/" + archive.getFileName();
    try {
      return Files.readAllLines(MAPS).stream().anyMatch(line -> line.endsWith(name));
    } catch (IOException e) {
      return true;
    }
  }

  /** Returns the archive of another part, which lies beside it; null where none is known. */
  public @Nullable Path ofPart(String part) {
    return path == null
        ? null
        : path.resolveSibling(path.getFileName().toString().replaceFirst("rest", part));
  }
}
