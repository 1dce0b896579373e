package dev.midge.cli.expect;

import dev.midge.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file whose existence is the signal. It comes into being with its content: it is written beside
 * its place under another name, and renamed.
 */
final class ReadyFile implements ReadySignal {
  private final String name;
  private final Path path;

  /**
   * @throws UsageException for a name that no file can have
   */
  ReadyFile(String name) {
    this.name = name;
    if (name.isEmpty()) {
      throw new UsageException("Error: --ready-file needs the name of a file, and it is empty.");
    }
    try {
      this.path = Path.of(name).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new UsageException("Error: --ready-file '" + name + "' is no name of a file.");
    }
  }

  /** Removes an old file, which would mislead. */
  @Override
  public void prepare() {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(
          "Error: --ready-file " + name + " exists and is no regular file: give a new name.");
    }
    Path directory = path.getParent();
    if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw new UsageException(
          "Error: --ready-file " + name + ": its directory does not exist or cannot be written.");
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UsageException("Error: --ready-file " + name + ": the old one cannot be removed.");
    }
  }

  @Override
  public void give() throws IOException {
    Path beside = path.resolveSibling(path.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.writeString(beside, ReadySignal.line());
      Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      throw new IOException("its directory does not exist any more", e);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  @Override
  public String problem() {
    return "Error: Unable to write --ready-file " + name + ": ";
  }
}
