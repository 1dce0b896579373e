package dev.midge.control.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/** The user at the other end of a connection, as the system tells it. */
final class PeerUser {
  private static final String ROOT = "root";

  private PeerUser() {}

  /** Tells whether the peer is the user of this process, or root, who could do all the same. */
  static boolean isAllowed(SocketChannel channel) throws IOException {
    if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
      return true; // Then the modes of file and directory protect alone.
    }
    UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
    return peer.user().equals(PrivateDirectory.user()) || peer.user().equals(root());
  }

  private static UserPrincipal root() throws IOException {
    return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(ROOT);
  }
}
