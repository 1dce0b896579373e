package dev.midge.cli;

import java.util.Locale;

/**
 * The argument of {@code -L}: {@code SCHEME://[USER[:PASSWORD]@]HOST[:PORT]/TOPIC}. Nothing in it
 * is percent-decoded.
 *
 * @param username null for none
 * @param password null for none
 * @param port not checked
 * @param tls whether TLS with the system's certificates is meant
 */
record BrokerUrl(
    String username,
    String password,
    String host,
    int port,
    String topic,
    boolean tls,
    boolean webSocket) {

  private static final int LAST_PORT = 65535;

  static BrokerUrl parse(String word, Manners manners) {
    return parse(word, manners, "-L");
  }

  /** The same where no topic follows the broker: {@code --against}. */
  static BrokerUrl parseWithoutTopic(String word) {
    BrokerUrl url = parse(word + (word.endsWith("/") ? "" : "/"), Manners.MIDGE, "--against");
    if (!url.topic.isEmpty() && !(url.webSocket && url.topic.equals("mqtt/"))) {
      throw invalid("--against", "there is something behind the host and the port.");
    }
    if (url.host.isEmpty()) {
      throw invalid("--against", "it names no host.");
    }
    if (url.port < 1 || url.port > LAST_PORT) {
      throw invalid("--against", "a port is a number from 1 to 65535.");
    }
    return url;
  }

  private static UsageException invalid(String argument, String what) {
    return new UsageException(invalidUrl(argument) + what);
  }

  private static String invalidUrl(String argument) {
    return "Error: Invalid URL for " + argument + " argument specified - ";
  }

  private static BrokerUrl parse(String word, Manners manners, String argument) {
    int colon = word.indexOf("://");
    String scheme = colon < 0 ? "" : word.substring(0, colon).toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("mqtts") || scheme.equals("wss");
    boolean webSocket = scheme.equals("ws") || scheme.equals("wss");
    if (!tls && !webSocket && !scheme.equals("mqtt")) {
      throw new UsageException(
          "Error: Unsupported URL scheme.",
          argument.equals("-L")
              ? ": it is one of mqtt, mqtts, ws, wss."
              : ": it is one of mqtt, mqtts, ws, wss, unix.");
    }
    String rest = word.substring(colon + 3);
    int slash = rest.indexOf('/');
    if (slash < 0) {
      throw new UsageException(invalidUrl(argument) + "topic missing.");
    }
    String topic = rest.substring(slash + 1);
    rest = rest.substring(0, slash);
    String username = null;
    String password = null;
    int at = manners.endOfCredentials(rest);
    if (at >= 0) {
      username = rest.substring(0, at);
      rest = rest.substring(at + 1);
      int split = username.indexOf(':');
      if (split >= 0) {
        password = username.substring(split + 1);
        username = username.substring(0, split);
      }
    }
    int end = endOfHost(rest, argument);
    String host = rest.startsWith("[") ? rest.substring(1, end - 1) : rest.substring(0, end);
    int port =
        end < rest.length()
            ? port(rest.substring(end + 1), manners, argument)
            : tls ? BrokerOptions.TLS_PORT : BrokerOptions.DEFAULT_PORT;
    return new BrokerUrl(username, password, host, port, topic, tls, webSocket);
  }

  /** What looks like a wrong port may be a password with a slash, and is not shown. */
  private static int port(String word, Manners manners, String argument) {
    if (!manners.isPort(word)) {
      throw new UsageException(
          invalidUrl(argument) + "the port is no number.",
          ": a password with a / cannot stand in it, use -P, --pw-file or MIDGE_PASSWORD.");
    }
    return (int) Numbers.lenient(word);
  }

  /** Where the colon before the port is, or would be. */
  private static int endOfHost(String rest, String argument) {
    int bracket = rest.startsWith("[") ? rest.indexOf(']') : -1;
    int colon = rest.indexOf(':', bracket + 1);
    if (rest.startsWith("[") && (bracket < 0 || colon >= 0 && colon != bracket + 1)) {
      throw invalid(argument, "an IPv6 address is missing its ']'.");
    }
    return bracket >= 0 ? bracket + 1 : colon < 0 ? rest.length() : colon;
  }
}
