package dev.midge.lwt.peer;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The broker to examine, and how to reach it. Serializable as a whole, for {@link VictimProcess}.
 *
 * @param prefix before the topics of the rows, so that the drill disturbs no other client; empty,
 *     or with a slash at its end
 * @param connectTimeout for a connection, from the look-up of the name to CONNACK
 */
public record Target(
    Endpoint endpoint,
    ProtocolVersion version,
    @Nullable String username,
    byte @Nullable [] password,
    String prefix,
    Duration connectTimeout)
    implements Serializable {

  public boolean isV5() {
    return version.isV5();
  }

  /** Returns the status of a connection that is refused since the user lacks the permission. */
  public int notAuthorised() {
    return isV5() ? 0x87 : 5;
  }

  /** Leaves the password out, so that no log can show it. */
  @Override
  public String toString() {
    return "Target[" + endpoint.host() + ":" + endpoint.port() + ", " + version + "]";
  }
}
