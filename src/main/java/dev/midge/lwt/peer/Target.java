package dev.midge.lwt.peer;

import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.EngineKind;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Will;
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
 * @param engine speaks for the clients whose wills are examined; null for the drill's own packets
 */
public record Target(
    Endpoint endpoint,
    ProtocolVersion version,
    @Nullable String username,
    byte @Nullable [] password,
    String prefix,
    Duration connectTimeout,
    @Nullable EngineKind engine)
    implements Serializable {

  /** More than a row has. */
  private static final int MAX_INFLIGHT = 100;

  /** Returns the CONNECT of a client whose session ends with its connection. */
  public ConnectSpec connect(String clientId, @Nullable Will will) {
    return connect(clientId, true, DrillClient.KEEP_ALIVE, will, Properties.NONE);
  }

  public ConnectSpec connect(
      String clientId,
      boolean cleanStart,
      int keepAlive,
      @Nullable Will will,
      Properties properties) {
    return new ConnectSpec(
        endpoint,
        version,
        clientId,
        cleanStart,
        keepAlive,
        username,
        password,
        will,
        properties,
        MAX_INFLIGHT,
        null);
  }

  /** Returns the failure of a connection that has not been made in time. */
  ConnectionFailure notConnected() {
    return ConnectionFailures.silent(connectTimeout);
  }

  /** Returns the failure of a connection on which that packet has not come in time. */
  public ConnectionFailure unanswered(String packet) {
    return new ConnectionFailure(
        ConnectionFailure.Kind.UNANSWERED,
        "No " + packet + " came within " + connectTimeout.toSeconds() + " s");
  }

  /** Returns the same at another endpoint. */
  public Target at(Endpoint other) {
    return new Target(other, version, username, password, prefix, connectTimeout, engine);
  }

  /** Returns the same without an engine. */
  public Target byPackets() {
    return new Target(endpoint, version, username, password, prefix, connectTimeout, null);
  }

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
