package dev.midge.mqtt.packet;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Will;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * CONNECT.
 *
 * @param cleanStart Clean Start; Clean Session in MQTT 3
 * @param keepAlive seconds, 0 to 65535; 0 means none
 * @param clientId may be empty
 * @param will null when there is none
 * @param username null when there is none
 * @param password null when there is none
 * @param bridge whether another broker of mosquitto's kind connects, in MQTT 3: the highest bit of
 *     the protocol level
 */
public record Connect(
    ProtocolVersion version,
    boolean cleanStart,
    int keepAlive,
    String clientId,
    @Nullable Will will,
    @Nullable String username,
    byte @Nullable [] password,
    Properties properties,
    boolean bridge)
    implements Packet {

  /** Makes that of an ordinary client. */
  public Connect(
      ProtocolVersion version,
      boolean cleanStart,
      int keepAlive,
      String clientId,
      @Nullable Will will,
      @Nullable String username,
      byte @Nullable [] password,
      Properties properties) {
    this(version, cleanStart, keepAlive, clientId, will, username, password, properties, false);
  }

  @Override
  public PacketType type() {
    return PacketType.CONNECT;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Connect that
        && version == that.version
        && cleanStart == that.cleanStart
        && keepAlive == that.keepAlive
        && clientId.equals(that.clientId)
        && Objects.equals(will, that.will)
        && Objects.equals(username, that.username)
        && Arrays.equals(password, that.password)
        && properties.equals(that.properties)
        && bridge == that.bridge;
  }

  @Override
  public int hashCode() {
    return Objects.hash(version, clientId, will, username, properties);
  }

  /** Returns version and client id: no log can show the password. */
  @Override
  public String toString() {
    return "Connect[" + version + ", " + clientId + "]";
  }
}
