package dev.midge.net.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The failures of all addresses of a host, when none could be reached. It travels with the system's
 * exception for the last of them, as one that is suppressed, so that the exception stays what it
 * is. Made where a socket connects, read by whoever explains.
 */
public final class FailedAttempts extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * The failure of one address.
   *
   * @param failure with the system's text
   */
  public record Attempt(InetAddress address, IOException failure) {}

  private final transient List<Attempt> attempts;

  private FailedAttempts(List<Attempt> attempts) {
    super("no address could be reached");
    this.attempts = attempts;
  }

  /**
   * Returns the last failure, with all of them. Declared so that a start without failures need not
   * load this class.
   *
   * @param addresses those tried, in that order
   * @param failures of each of them
   */
  static IOException in(InetAddress[] addresses, IOException[] failures) {
    Attempt[] attempts = new Attempt[addresses.length];
    for (int i = 0; i < attempts.length; i++) {
      attempts[i] = new Attempt(addresses[i], failures[i]);
    }
    IOException last = failures[failures.length - 1];
    last.addSuppressed(new FailedAttempts(List.of(attempts)));
    return last;
  }

  /**
   * Returns the attempts behind an exception, in their order.
   *
   * @return empty when it is not about addresses
   */
  public static List<Attempt> of(@Nullable Throwable failure) {
    if (failure != null) {
      for (Throwable suppressed : failure.getSuppressed()) {
        if (suppressed instanceof FailedAttempts failed) {
          return failed.attempts;
        }
      }
    }
    return List.of();
  }
}
