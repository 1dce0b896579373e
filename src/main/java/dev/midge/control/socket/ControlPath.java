package dev.midge.control.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * The place of a control socket that nobody has named: {@code PORT.sock} in a private directory.
 */
public final class ControlPath {
  private ControlPath() {}

  /**
   * Returns the path for a server that listens on a port; its directory is there then, and the
   * user's own.
   *
   * @throws IOException when there is no such directory, with the reason
   */
  public static Path ofServer(int port, Map<String, String> environment) throws IOException {
    try {
      Path directory = PrivateDirectory.candidates(environment)[0];
      PrivateDirectory.make(directory);
      PrivateDirectory.sweep(directory);
      return directory.resolve(name(port));
    } catch (UnsupportedOperationException e) {
      throw new IOException("files have no owners on this system; --control PATH names a place", e);
    }
  }

  /**
   * Returns the path at which a client finds the server of a port.
   *
   * @return where it would be, also if nobody listens there
   */
  public static Path ofClient(int port, Map<String, String> environment) throws IOException {
    try {
      Path[] directories = PrivateDirectory.candidates(environment);
      for (Path directory : directories) {
        Path socket = directory.resolve(name(port));
        if (PrivateDirectory.isOwn(directory) && Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
          return socket;
        }
      }
      return directories[0].resolve(name(port));
    } catch (UnsupportedOperationException e) {
      throw new IOException("files have no owners on this system; --control PATH names a place", e);
    }
  }

  private static String name(int port) {
    return port + ".sock";
  }
}
