package dev.midge.cli.parse;

import dev.midge.cli.Compatibility;
import dev.midge.cli.DefaultPorts;
import dev.midge.cli.NumberParser;
import dev.midge.cli.UsageException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The argument of {@code -L}: {@code SCHEME://[USER[:PASSWORD]@]HOST[:PORT]/TOPIC}. User, password
 * and topic are percent-decoded after it is taken apart, but not under mosquitto's names.
 *
 * @param username null for none
 * @param password null for none
 * @param port not checked
 * @param topic empty for none
 * @param tls whether TLS with the system's certificates is meant
 */
public record BrokerUrl(
    @Nullable String username,
    @Nullable String password,
    String host,
    int port,
    String topic,
    boolean tls,
    boolean webSocket) {

  private static final int LAST_PORT = 65535;

  /**
   * Reads the argument of {@code -L}.
   *
   * @throws UsageException for one that is no URL of a broker with a topic
   */
  public static BrokerUrl parse(String word, Compatibility compatibility) {
    return parse(word, compatibility, "-L", true);
  }

  /**
   * Reads one without a topic, with a slash at its end or not.
   *
   * @param argument the option that it stands behind, for complaints
   */
  public static BrokerUrl withoutTopic(String word, Compatibility compatibility, String argument) {
    BrokerUrl url = parse(word, compatibility, argument, false);
    if (!url.topic.isEmpty() && !(url.webSocket && url.topic.equals("mqtt"))) {
      throw new UsageException(
          invalidUrl(argument) + "this command has no topic.",
          ": mqtt://HOST[:PORT] is all. A / in a password is written %2F.");
    }
    if (url.host.isEmpty()) {
      throw new UsageException(invalidUrl(argument) + "it names no host.");
    }
    if (url.port < 1 || url.port > LAST_PORT) {
      throw new UsageException(invalidUrl(argument) + "a port is a number from 1 to 65535.");
    }
    return url;
  }

  private static String invalidUrl(String argument) {
    return "Error: Invalid URL for " + argument + " argument specified - ";
  }

  private static BrokerUrl parse(
      String word, Compatibility compatibility, String argument, boolean needsTopic) {
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
    if (slash < 0 && needsTopic) {
      throw new UsageException(invalidUrl(argument) + "topic missing.");
    }
    String topic = slash < 0 ? "" : rest.substring(slash + 1);
    rest = slash < 0 ? rest : rest.substring(0, slash);
    @Nullable String username = null;
    @Nullable String password = null;
    int at = compatibility.endOfCredentials(rest);
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
            ? port(rest.substring(end + 1), compatibility, argument)
            : tls ? DefaultPorts.TLS : DefaultPorts.MQTT;
    return new BrokerUrl(
        username == null ? null : decoded(username, "user name", compatibility, argument),
        password == null ? null : decoded(password, "password", compatibility, argument),
        host,
        port,
        decoded(topic, "topic", compatibility, argument),
        tls,
        webSocket);
  }

  /**
   * Returns the text with bytes for their codes, such as {@code %40}.
   *
   * @param part says where a wrong code stands; the text may be secret
   */
  private static String decoded(
      String text, String part, Compatibility compatibility, String argument) {
    if (text.indexOf('%') < 0 || !compatibility.decodesUrls()) {
      return text;
    }
    byte[] coded = RawArguments.bytes(text);
    byte[] bytes = new byte[coded.length];
    int length = 0;
    for (int i = 0; i < coded.length; i++) {
      if (coded[i] == '%') {
        int high = i + 2 < coded.length ? Character.digit(coded[i + 1], 16) : -1;
        int low = i + 2 < coded.length ? Character.digit(coded[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw new UsageException(
              invalidUrl(argument)
                  + "a % in the "
                  + part
                  + " must have two hexadecimal digits behind it.",
              ", and % itself is written %25.");
        }
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[length++] = coded[i];
      }
    }
    return RawArguments.decode(bytes, 0, length);
  }

  /** Reads the port. A wrong one may be a password with a slash, and is not shown. */
  private static int port(String word, Compatibility compatibility, String argument) {
    if (!compatibility.isPortInUrl(word)) {
      throw new UsageException(
          invalidUrl(argument) + "the port is no number.",
          ": a / in a password is written %2F. -P, --pw-file and MIDGE_PASSWORD take it as it is.");
    }
    return (int) NumberParser.lenient(word);
  }

  /** Returns the index at which the colon before the port is, or would be. */
  private static int endOfHost(String rest, String argument) {
    int bracket = rest.startsWith("[") ? rest.indexOf(']') : -1;
    int colon = rest.indexOf(':', bracket + 1);
    if (rest.startsWith("[") && (bracket < 0 || colon >= 0 && colon != bracket + 1)) {
      throw new UsageException(invalidUrl(argument) + "an IPv6 address is missing its ']'.");
    }
    return bracket >= 0 ? bracket + 1 : colon < 0 ? rest.length() : colon;
  }
}
