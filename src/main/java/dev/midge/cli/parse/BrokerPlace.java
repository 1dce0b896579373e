package dev.midge.cli.parse;

import dev.midge.cli.Compatibility;
import org.jspecify.annotations.Nullable;

/**
 * The place of a broker in one word: {@code mqtt://HOST[:PORT]}, or mqtts, ws, wss, or {@code
 * unix:PATH}.
 *
 * @param url null for a unix socket
 * @param path of the unix socket; empty for a URL
 */
public record BrokerPlace(@Nullable BrokerUrl url, String path) {
  private static final String UNIX = "unix:";

  /**
   * Reads one.
   *
   * @param argument the option that it stands behind, for complaints
   * @throws dev.midge.cli.UsageException for what is no place of a broker
   */
  public static BrokerPlace parse(String word, Compatibility compatibility, String argument) {
    if (word.startsWith(UNIX)) {
      String path = word.substring(UNIX.length());
      // unix:///tmp/x is the same path as unix:/tmp/x.
      return new BrokerPlace(null, path.startsWith("///") ? path.substring(2) : path);
    }
    return new BrokerPlace(BrokerUrl.withoutTopic(word, compatibility, argument), "");
  }
}
