package dev.midge.lwt;

import dev.midge.client.ConnectSpec;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Will;
import dev.midge.wire.Endpoint;
import java.io.Serializable;

/**
 * The broker to examine, and the names that the drill uses there.
 *
 * @param username null for none
 * @param password null for none
 * @param prefix before the topic of the will, so that the drill disturbs nobody; may be empty
 * @param clientPrefix before the client ids
 */
public record Target(
    Endpoint endpoint,
    ProtocolVersion version,
    String username,
    byte[] password,
    String prefix,
    String clientPrefix)
    implements Serializable {

  static final int ORDINARY_KEEP_ALIVE = 60;

  /** Where the wills go. */
  String topic() {
    return prefix + "sensor/status";
  }

  /** A client that keeps no session. */
  ConnectSpec client(String name, Will will) {
    return spec(name, will, true, ORDINARY_KEEP_ALIVE, 0);
  }

  /**
   * A client.
   *
   * @param sessionExpiry seconds; 0 for none. Ignored before MQTT 5
   */
  ConnectSpec spec(String name, Will will, boolean cleanStart, int keepAlive, int sessionExpiry) {
    Properties properties =
        version.isV5() && sessionExpiry > 0
            ? Properties.of(Property.SESSION_EXPIRY_INTERVAL, sessionExpiry)
            : Properties.NONE;
    return new ConnectSpec(
        endpoint,
        version,
        clientPrefix + name,
        cleanStart,
        keepAlive,
        username,
        password,
        will,
        properties,
        20,
        null);
  }
}
