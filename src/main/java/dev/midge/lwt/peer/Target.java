package dev.midge.lwt.peer;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import java.io.Serializable;
import java.time.Duration;

/**
 * The broker to examine, and how to reach it. Serializable as a whole, for {@link VictimProcess}.
 *
 * @param username null for none
 * @param password null for none
 * @param prefix before the topics of the rows, so that the drill disturbs nobody; empty, or with a
 *     slash at its end
 * @param connectTimeout how long a connection may take, from the look-up of the name to CONNACK
 */
public record Target(
    Endpoint endpoint,
    ProtocolVersion version,
    String username,
    byte[] password,
    String prefix,
    Duration connectTimeout)
    implements Serializable {

  public boolean isV5() {
    return version.isV5();
  }

  /** Returns the status of a connection that is refused for want of permission. */
  public int notAuthorised() {
    return isV5() ? 0x87 : 5;
  }

  /** Without the password, so that no log can show it. */
  @Override
  public String toString() {
    return "Target[" + endpoint.host() + ":" + endpoint.port() + ", " + version + "]";
  }
}
