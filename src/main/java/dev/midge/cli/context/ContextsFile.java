package dev.midge.cli.context;

import dev.midge.broker.access.WholeFile;
import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.InputFile;
import dev.midge.cli.parse.RawArguments;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The file of contexts, which only its owner can read and write. It is replaced whole, and one
 * writer waits for the other.
 */
final class ContextsFile {
  private static final int MOST_BYTES = 16 * 1024 * 1024;
  private static final Set<PosixFilePermission> FILE_MODE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY_MODE =
      PosixFilePermissions.fromString("rwx------");

  private final Path path;

  private ContextsFile(Path path) {
    this.path = path;
  }

  /**
   * Returns that of the user, whether it is there or not.
   *
   * @throws UsageException where the environment tells no directory for it
   */
  static ContextsFile of(Map<String, String> environment) {
    String name = MidgeCompatibility.INSTANCE.contextsFile(environment);
    if (name == null) {
      throw new UsageException(
          "Error: Neither XDG_CONFIG_HOME nor HOME names a directory for the contexts.");
    }
    try {
      return new ContextsFile(Path.of(name));
    } catch (InvalidPathException e) {
      throw new UsageException(
          "Error: The contexts cannot have that file: " + e.getMessage() + ".");
    }
  }

  Path path() {
    return path;
  }

  /** Returns the warning that others may read the file; null where they may not. */
  @Nullable String warning() {
    return InputFile.isReadableByOthers(path.toString())
        ? "Warning: others may read the contexts in " + path + "; chmod 600 keeps them yours."
        : null;
  }

  /**
   * Returns the contexts; none where there is no file.
   *
   * @throws UsageException for a file that cannot be read, that others may write, or that is
   *     malformed
   */
  ContextsText read() {
    List<String> lines = lines();
    return lines == null
        ? ContextsText.empty(path.toString())
        : new ContextsText(path.toString(), lines);
  }

  /** Returns the lines of the file as they are; null where there is no file. */
  @Nullable List<String> lines() {
    try {
      checkOwner(path);
      byte[] bytes = InputFile.read(path.toString(), MOST_BYTES);
      if (bytes == null) {
        throw new UsageException("Error: " + path + " is longer than 16 MiB.");
      }
      return lines(bytes);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new UsageException("Error: Unable to read the contexts: " + e.getMessage() + ".");
    }
  }

  /** Returns the lines of a text. */
  static List<String> lines(byte[] bytes) {
    List<String> lines =
        new ArrayList<>(List.of(RawArguments.decode(bytes, 0, bytes.length).split("\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  /** Refuses what another user can write: a context may name a command to run. */
  private static void checkOwner(Path file) throws IOException {
    for (Path each : new Path[] {file, file.toAbsolutePath().getParent()}) {
      if (each == null) {
        continue;
      }
      try {
        Path self = Path.of("/proc/self");
        if (Files.exists(self) && !Files.getOwner(each).equals(Files.getOwner(self))) {
          throw new UsageException(
              "Error: " + each + " belongs to another user, " + Files.getOwner(each) + ".");
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(each);
        if (mode.contains(PosixFilePermission.GROUP_WRITE)
            || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
          throw new UsageException(
              "Error: Others may write "
                  + each
                  + ", and a context can name a command to run: chmod go-w keeps it yours.");
        }
      } catch (UnsupportedOperationException e) {
        return; // This system has other rights.
      }
    }
  }

  /**
   * Changes the contexts.
   *
   * @throws UsageException as {@link #read}, and when the file cannot be written
   */
  void change(UnaryOperator<ContextsText> change) {
    locked(() -> write(change.apply(read()).text()));
  }

  /**
   * Replaces the file, unless somebody has changed it.
   *
   * @param before the lines that the file had; null for no file
   * @return false where the file has other lines now
   */
  boolean replace(@Nullable List<String> before, ContextsText now) {
    boolean[] done = {false};
    locked(
        () -> {
          List<String> found = lines();
          done[0] = before == null ? found == null : before.equals(found);
          if (done[0]) {
            write(now.text());
          }
        });
    return done[0];
  }

  private interface Work {
    void run() throws IOException;
  }

  // The lock of the file keeps other processes out, and not other threads of this one.
  private void locked(Work work) {
    synchronized (ContextsFile.class) {
      try {
        makeDirectory();
        Path beside = path.resolveSibling(path.getFileName() + ".lock");
        try (FileChannel channel =
                FileChannel.open(
                    beside,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    attributes(FILE_MODE));
            FileLock lock = channel.lock()) {
          if (lock.isValid()) {
            work.run();
          }
        }
      } catch (IOException e) {
        throw new UsageException("Error: Unable to write the contexts: " + e.getMessage() + ".");
      }
    }
  }

  /** Makes the directory if it is not there. */
  void makeDirectory() throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null || Files.isDirectory(directory)) {
      return;
    }
    Path above = directory.getParent();
    if (above != null) {
      Files.createDirectories(above);
    }
    Files.createDirectories(directory, attributes(DIRECTORY_MODE));
  }

  private void write(String text) throws IOException {
    if (Files.exists(path) && posix(path)) {
      Files.setPosixFilePermissions(path, FILE_MODE);
    }
    WholeFile.replace(path, RawArguments.bytes(text));
  }

  private FileAttribute<?>[] attributes(Set<PosixFilePermission> mode) {
    return posix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
        : new FileAttribute<?>[0];
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
