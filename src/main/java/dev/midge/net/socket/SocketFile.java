package dev.midge.net.socket;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The file of a unix socket that a listener has made, and removes when it is closed. */
public final class SocketFile {
  private final Path path;
  private final @Nullable Object fileKey; // null where the system has none

  private SocketFile(Path path, @Nullable Object fileKey) {
    this.path = path;
    this.fileKey = fileKey;
  }

  /** Returns the socket file that is there now. */
  public static SocketFile of(Path path) throws IOException {
    return new SocketFile(path, attributes(path).fileKey());
  }

  /** Removes a socket file that no process listens to. */
  public static void clear(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!attributes(path).isOther()) {
      throw new IOException(path + ": is there, and is no socket");
    }
    if (hasListener(path)) {
      throw new IOException(path + ": Address already in use");
    }
    Files.delete(path);
  }

  private static boolean hasListener(Path path) throws IOException {
    try (SocketChannel probe = UnixSockets.client()) {
      return probe.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      return false; // refused
    }
  }

  /** Removes the file, if it is still the same one. */
  public void remove() throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && Objects.equals(attributes(path).fileKey(), fileKey)) {
      Files.deleteIfExists(path);
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
