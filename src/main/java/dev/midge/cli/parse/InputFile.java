package dev.midge.cli.parse;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that the user names. It may be a pipe or a device that never ends, so it is read no
 * further than makes sense.
 */
public final class InputFile {
  private InputFile() {}

  /**
   * Opens the file. It is buffered, so that Java asks no pipe for its position.
   *
   * @param name with its true bytes, as {@link RawArguments} says
   */
  public static InputStream open(String name) throws IOException {
    if (ClosedDescriptors.isClosed(name)) {
      if (ClosedDescriptors.isStandardInputClosed()) {
        return InputStream.nullInputStream();
      }
      throw new FileNotFoundException(name + " (No such file or directory)");
    }
    return new BufferedInputStream(new FileInputStream(name));
  }

  /** Tells whether group or others may read a file; a pipe is nobody else's. */
  public static boolean isReadableByOthers(String name) {
    try {
      Path path = Path.of(name);
      if (!Files.isRegularFile(path)) {
        return false;
      }
      Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(path);
      return allowed.contains(PosixFilePermission.GROUP_READ)
          || allowed.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException | InvalidPathException e) {
      return false; // Nobody knows.
    }
  }

  /**
   * Reads the file to its end.
   *
   * @return null when it has more bytes than that
   */
  public static byte @Nullable [] read(String name, int most) throws IOException {
    try (InputStream in = open(name)) {
      byte[] bytes = in.readNBytes(most);
      return in.read() < 0 ? bytes : null;
    }
  }
}
