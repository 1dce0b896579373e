package dev.midge.fault;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Topics;
import org.jspecify.annotations.Nullable;

/**
 * The connections, and among PUBLISH the messages, that a fault of the broker or the proxy
 * concerns. What is null restricts nothing.
 *
 * @param client glob of client identifiers: {@code *} any characters, {@code ?} one
 * @param user glob of user names
 * @param topic filter of the topics of PUBLISH; other packets are not concerned then
 * @param share percentage of the clients, 0 to 100
 */
public record Target(
    @Nullable String client,
    @Nullable String user,
    @Nullable String topic,
    @Nullable ProtocolVersion version,
    @Nullable Double share) {
  /** Everybody. */
  public static final Target ALL = new Target(null, null, null, null, null);

  /** Returns whether nobody and nothing is left out. */
  boolean isAll() {
    return !needsConnect() && topic == null;
  }

  /** Returns whether CONNECT has to be known to tell who is concerned. */
  public boolean needsConnect() {
    return client != null || user != null || version != null || share != null;
  }

  /** Returns whether the connection is concerned, {@link #share} apart. */
  public boolean concerns(String clientId, @Nullable String username, ProtocolVersion spoken) {
    return (client == null || matches(client, clientId))
        && (user == null || username != null && matches(user, username))
        && (version == null || version == spoken);
  }

  /** Returns whether a packet is concerned. */
  public boolean concernsTopic(@Nullable String ofPublish) {
    return topic == null || ofPublish != null && Topics.matches(topic, ofPublish);
  }

  /** Returns the target as a user writes it, with a space before each part. */
  public String text() {
    return (client == null ? "" : " client=" + client)
        + (user == null ? "" : " user=" + user)
        + (topic == null ? "" : " topic=" + topic)
        + (version == null ? "" : " version=" + version.number().replace(".", ""))
        + (share == null ? "" : " share=" + share);
  }

  /** Takes time proportional to both lengths at most, whatever the pattern. */
  static boolean matches(String glob, String text) {
    int at = 0;
    int in = 0;
    int star = -1;
    int from = 0;
    while (in < text.length()) {
      if (at < glob.length() && glob.charAt(at) == '*') {
        star = at++;
        from = in;
      } else if (at < glob.length()
          && (glob.charAt(at) == '?' || glob.charAt(at) == text.charAt(in))) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++from;
      } else {
        return false;
      }
    }
    while (at < glob.length() && glob.charAt(at) == '*') {
      at++;
    }
    return at == glob.length();
  }
}
