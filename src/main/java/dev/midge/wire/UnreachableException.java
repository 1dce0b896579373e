package dev.midge.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * None of a host's addresses could be reached; the message is the system's for the last of them.
 * Thrown where a socket connects, read by whoever explains.
 */
public final class UnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * What became of one address.
   *
   * @param failure with the system's text
   */
  public record Attempt(InetAddress address, IOException failure) {}

  private final transient List<Attempt> attempts;

  private UnreachableException(List<Attempt> attempts, IOException last) {
    super(last.getMessage(), last);
    this.attempts = attempts;
  }

  /**
   * Declares the general type, so that a start without failures need not load this one.
   *
   * @param addresses those tried, in that order
   * @param failures of each of them
   */
  static IOException of(InetAddress[] addresses, IOException[] failures) {
    Attempt[] attempts = new Attempt[addresses.length];
    for (int i = 0; i < attempts.length; i++) {
      attempts[i] = new Attempt(addresses[i], failures[i]);
    }
    return new UnreachableException(List.of(attempts), failures[failures.length - 1]);
  }

  /** At least one, in the order of the attempts. */
  public List<Attempt> attempts() {
    return attempts;
  }
}
