package dev.midge.cli.parse;

import dev.midge.cli.Compatibility;
import dev.midge.cli.UsageException;
import dev.midge.net.ProxySpec;

/** The argument of {@code --proxy}: {@code socks5h://[USER[:PASSWORD]@]HOST[:PORT]}. */
public final class ProxyUrl {
  private static final String SCHEME = "socks5h://";
  private static final int DEFAULT_PORT = 1080;

  private ProxyUrl() {}

  /**
   * Reads the argument of {@code --proxy}.
   *
   * @throws UsageException for one that is no URL of a proxy
   */
  public static ProxySpec parse(String word, Compatibility compatibility) {
    if (!word.startsWith(SCHEME)) {
      throw new UsageException(
          "Error: Unsupported proxy protocol: " + compatibility.shownProxyUrl(word),
          ", it must start with socks5h://.");
    }
    String rest = word.substring(SCHEME.length());
    String username = null;
    String password = null;
    int at = compatibility.endOfCredentials(rest);
    if (at >= 0) {
      username = rest.substring(0, at);
      rest = rest.substring(at + 1);
      int colon = username.indexOf(':');
      if (colon >= 0) {
        password = username.substring(colon + 1);
        username = username.substring(0, colon);
        if (password.indexOf(':') >= 0) {
          throw new UsageException("Error: Username cannot contain ':'.");
        }
        password = decoded(password);
      }
      username = decoded(username);
    }
    int bracket = rest.startsWith("[") ? rest.indexOf(']') : -1;
    int colon = rest.indexOf(':', bracket + 1);
    String host = colon < 0 ? rest : rest.substring(0, colon);
    if (bracket >= 0) {
      host = rest.substring(1, bracket);
    }
    if (host.isEmpty()) {
      throw new UsageException("Error: Invalid proxy.", ": it names no host.");
    }
    int port =
        colon < 0
            ? DEFAULT_PORT
            : compatibility.number(
                rest.substring(colon + 1),
                1,
                65535,
                "Error: Invalid proxy port {}",
                ", it must be from 1 to 65535.");
    return new ProxySpec(host, port, username, password);
  }

  /**
   * Decodes the three characters that can be written with a percent sign; any other percent sign is
   * a mistake.
   */
  private static String decoded(String text) {
    StringBuilder decoded = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (text.startsWith("%25", i)) {
          c = '%';
        } else if (text.startsWith("%3A", i) || text.startsWith("%3a", i)) {
          c = ':';
        } else if (text.startsWith("%40", i)) {
          c = '@';
        } else {
          throw new UsageException(
              "", "Error: Invalid proxy: only %25, %3A and %40 may stand in it.");
        }
        i += 2;
      }
      decoded.append(c);
    }
    return decoded.toString();
  }
}
