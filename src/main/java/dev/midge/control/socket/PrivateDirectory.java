package dev.midge.control.socket;

import dev.midge.net.socket.SocketFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which the control sockets of one user lie by default: only the user enters it.
 * No link is followed.
 */
final class PrivateDirectory {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final Path TEMPORARY = Path.of("/tmp");

  private static final Duration YOUNG = Duration.ofMinutes(1);

  private PrivateDirectory() {}

  /**
   * Returns the directories that a client looks into, the one that a server uses first.
   *
   * @param environment has {@code XDG_RUNTIME_DIR}, or has it not
   */
  static Path[] candidates(Map<String, String> environment) throws IOException {
    Path temporary = TEMPORARY.resolve("midge-" + userId());
    Path runtime = runtime(environment);
    return runtime == null
        ? new Path[] {temporary}
        : new Path[] {runtime.resolve("midge"), temporary};
  }

  /** Returns the user's own runtime directory; null where there is none. */
  private static @Nullable Path runtime(Map<String, String> environment) {
    String named = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (!named.startsWith("/")) {
      return null;
    }
    try {
      Path runtime = Path.of(named);
      return isPrivate(runtime, Files.readAttributes(runtime, PosixFileAttributes.class))
          ? runtime
          : null;
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      return null;
    }
  }

  private static boolean isPrivate(Path directory, PosixFileAttributes attributes)
      throws IOException {
    return attributes.isDirectory()
        && attributes.owner().equals(user())
        && OWNER_ONLY.containsAll(attributes.permissions());
  }

  /** Makes the directory, or checks that the one that is there is the user's own. */
  static void make(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      // It is looked at as one that was there before.
    }
    PosixFileAttributes found = attributes(directory);
    if (!found.isDirectory()) {
      throw new IOException(directory + ": is there, and is no directory");
    }
    if (!found.owner().equals(user())) {
      throw new IOException(directory + ": belongs to another user, " + found.owner().getName());
    }
    if (!OWNER_ONLY.containsAll(found.permissions())) {
      Files.setPosixFilePermissions(directory, OWNER_ONLY);
    }
  }

  /** Tells whether a directory is there and the user's own, so that what lies in it can be used. */
  static boolean isOwn(Path directory) throws IOException {
    return Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
        && isPrivate(directory, attributes(directory));
  }

  /** Removes the sockets of processes that were killed; young ones may be about to listen. */
  static void sweep(Path directory) {
    Instant old = Instant.now().minus(YOUNG);
    try (DirectoryStream<Path> sockets = Files.newDirectoryStream(directory, "*.sock")) {
      for (Path socket : sockets) {
        if (attributes(socket).lastModifiedTime().toInstant().isBefore(old)) {
          clear(socket);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The next one that starts tries again.
    }
  }

  private static void clear(Path socket) {
    try {
      SocketFile.clear(socket);
    } catch (IOException e) {
      // It is in use.
    }
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns the user whom this process runs for. */
  static UserPrincipal user() throws IOException {
    return Files.getOwner(self());
  }

  private static Object userId() throws IOException {
    return Files.getAttribute(self(), "unix:uid");
  }

  /** Returns a file that belongs to the user of this process, who owns its own files elsewhere. */
  private static Path self() {
    Path process = Path.of("/proc/self");
    return Files.exists(process) ? process : Path.of(System.getProperty("user.home"));
  }
}
