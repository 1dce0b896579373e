package dev.midge.cli.drill;

import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.client.EngineKind;
import dev.midge.lwt.peer.Target;
import dev.midge.lwt.report.Subject;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A broker that the drill examines.
 *
 * @param endpoint handed over already
 * @param username null for none
 * @param password null for none
 * @param prefix before the topics; empty or with a slash at its end
 * @param embedded whether it is the mini broker that was started for this
 */
public record DrillBroker(
    Endpoint endpoint,
    ProtocolVersion version,
    @Nullable String username,
    byte @Nullable [] password,
    String prefix,
    boolean embedded) {

  /** Longer than anybody waits: a limit for those who want none. */
  private static final Duration NO_LIMIT = Duration.ofDays(1);

  /** Makes a broker of the user's; its endpoint is handed over to other processes. */
  public static DrillBroker of(
      Endpoint endpoint,
      ConnectOptions connect,
      @Nullable String username,
      byte @Nullable [] password,
      String prefix) {
    return new DrillBroker(
        endpoint.handedOver(), connect.version(), username, password, prefix, false);
  }

  /**
   * Returns the broker as the drill needs it.
   *
   * @param limit of each connection; null for none
   * @param engine speaks for the clients whose wills are examined; null for the drill's own packets
   */
  public Target target(@Nullable Duration limit, @Nullable EngineKind engine) {
    return new Target(
        endpoint, version, username, password, prefix, limit == null ? NO_LIMIT : limit, engine);
  }

  /** Returns the attempt to connect, for messages about a failure. */
  public ConnectAttempt attempt(boolean connected) {
    return new ConnectAttempt(endpoint, version, connected);
  }

  /** Returns the name that people use. */
  public String name() {
    if (embedded) {
      return "the mini broker";
    }
    return attempt(false).name();
  }

  /**
   * Returns the facts about the broker for reports.
   *
   * @param commandLine the one that repeats the drill
   */
  public Subject subject(String commandLine) {
    ConnectAttempt attempt = attempt(false);
    String transport =
        (attempt.isUnix() ? "a unix socket" : attempt.transport())
            + (endpoint.proxy() == null ? "" : " through a SOCKS5 proxy");
    return new Subject(
        name(), endpoint.host(), endpoint.port(), embedded, version, transport, commandLine);
  }

  /** Returns the name, without the password. */
  @Override
  public String toString() {
    return "DrillBroker[" + name() + "]";
  }
}
