package dev.midge.broker.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells of secrets that other users of the machine can read. */
public final class OpenFile {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private OpenFile() {}

  /**
   * Returns a line for the log that warns of a password or access file that all users may open;
   * null if they may not, or the system does not tell.
   */
  public static @Nullable String warning(Path file) {
    try {
      boolean isOpen = Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
      return isOpen
          ? "Warning: File "
              + file
              + " has world readable permissions. Future versions will refuse to load this file."
              + " To fix this, use `chmod 0700 "
              + file
              + "`."
          : null;
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }
}
