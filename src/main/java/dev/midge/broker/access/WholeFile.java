package dev.midge.broker.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/** Replaces a file whole: who reads it meanwhile finds the old one or the new one. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Replaces the file. Owner and mode stay as they are; a new file is its owner's alone.
   *
   * @throws IOException when it cannot be written; the old file is there then
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Path target = target(file);
    Path directory = target.toAbsolutePath().getParent();
    if (directory == null) {
      throw new NoSuchFileException(file.toString());
    }
    Path beside = Files.createTempFile(directory, target.getFileName() + ".", ".tmp"); // mode 0600
    try {
      write(beside, content);
      copyAttributes(target, beside);
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** A link stays one: the file that it leads to is replaced. */
  private static Path target(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file;
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private static void copyAttributes(Path from, Path to) throws IOException {
    PosixFileAttributeView old = view(from);
    PosixFileAttributeView made = view(to);
    if (!Files.exists(from) || old == null || made == null) {
      return;
    }
    PosixFileAttributes attributes = old.readAttributes();
    try {
      made.setOwner(attributes.owner());
      made.setGroup(attributes.group());
    } catch (IOException e) {
      // Only the superuser may give files away. The mode comes all the same.
    }
    made.setPermissions(attributes.permissions());
  }

  private static @Nullable PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(file, PosixFileAttributeView.class);
  }
}
