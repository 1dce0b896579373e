package dev.midge.cli;

import dev.midge.lwt.peer.Target;
import dev.midge.lwt.report.Subject;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import java.time.Duration;

/**
 * A broker that the drill examines.
 *
 * @param endpoint handed over already
 * @param username null for none
 * @param password null for none
 * @param prefix before the topics; empty or with a slash at its end
 * @param embedded whether it is the mini broker that was started for this
 */
record DrillBroker(
    Endpoint endpoint,
    ProtocolVersion version,
    String username,
    byte[] password,
    String prefix,
    boolean embedded) {

  /** Longer than anybody waits: a limit for those who want none. */
  private static final Duration NO_LIMIT = Duration.ofDays(1);

  /**
   * What the drill needs.
   *
   * @param limit of each connection; null for none
   */
  Target target(Duration limit) {
    return new Target(
        endpoint, version, username, password, prefix, limit == null ? NO_LIMIT : limit);
  }

  Attempted attempted(boolean welcomed) {
    return new Attempted(endpoint, version, welcomed);
  }

  /** Returns the name that people use. */
  String name() {
    if (embedded) {
      return "the mini broker";
    }
    Attempted attempted = attempted(false);
    return attempted.isUnix()
        ? endpoint.host()
        : Attempted.address(endpoint.host(), endpoint.port());
  }

  /**
   * What reports say of it.
   *
   * @param givenPrefix the prefix that the user wants; null for none
   * @param patience that the user wants; null for the usual one
   */
  Subject subject(String givenPrefix, Duration patience) {
    Attempted attempted = attempted(false);
    String transport =
        (attempted.isUnix() ? "a unix socket" : attempted.transport())
            + (endpoint.proxy() == null ? "" : " through a SOCKS5 proxy");
    return new Subject(
        name(),
        endpoint.host(),
        endpoint.port(),
        embedded,
        version,
        transport,
        DrillLine.of(this, givenPrefix, patience));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DrillBroker[" + name() + "]";
  }
}
