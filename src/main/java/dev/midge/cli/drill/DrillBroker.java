package dev.midge.cli.drill;

import dev.midge.cli.failure.ConnectAttempt;
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

  /**
   * What the drill needs.
   *
   * @param limit of each connection; null for none
   */
  public Target target(@Nullable Duration limit) {
    return new Target(
        endpoint, version, username, password, prefix, limit == null ? NO_LIMIT : limit);
  }

  public ConnectAttempt attempt(boolean connected) {
    return new ConnectAttempt(endpoint, version, connected);
  }

  /** Returns the name that people use. */
  public String name() {
    if (embedded) {
      return "the mini broker";
    }
    ConnectAttempt attempt = attempt(false);
    return attempt.isUnix()
        ? endpoint.host()
        : ConnectAttempt.address(endpoint.host(), endpoint.port());
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

  /** Without the password. */
  @Override
  public String toString() {
    return "DrillBroker[" + name() + "]";
  }
}
