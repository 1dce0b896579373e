package dev.midge.net;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A SOCKS5 proxy, which resolves the broker's name itself.
 *
 * @param port 1 to 65535
 * @param username null for none
 * @param password null for none; then an empty one goes with the user name
 */
public record ProxySpec(String host, int port, @Nullable String username, @Nullable String password)
    implements Serializable {
  /** Returns host and port without the password, so that no log can show it. */
  @Override
  public String toString() {
    return "ProxySpec[" + host + ":" + port + "]";
  }
}
