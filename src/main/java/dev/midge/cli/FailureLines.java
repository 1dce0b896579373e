package dev.midge.cli;

import dev.midge.client.ConnectionFailure;
import dev.midge.net.NetFailure;
import dev.midge.net.socket.FailedAttempts;
import dev.midge.text.TerminalEscapes;
import java.security.cert.X509Certificate;

/**
 * What {@code -d} shows of a failed connection beyond {@link Explanation}, a line for each fact.
 */
final class FailureLines {
  private FailureLines() {}

  /** The lines with their ends; empty where there is nothing more to say. */
  static String of(Attempted attempted, ConnectionFailure failure) {
    StringBuilder lines = new StringBuilder();
    int port =
        attempted.endpoint().proxy() == null
            ? attempted.endpoint().port()
            : attempted.endpoint().proxy().port();
    for (FailedAttempts.Attempt attempt : FailedAttempts.of(failure.getCause())) {
      String address = Attempted.address(Attempted.text(attempt.address()), port);
      line(lines, "Failed to connect to " + address + ": " + attempt.failure().getMessage());
    }
    if (failure.getCause() instanceof NetFailure wire && wire.refusal() != null) {
      int number = 0;
      for (X509Certificate certificate : wire.refusal().chain()) {
        String text = CertificateWords.of(certificate);
        line(
            lines,
            "TLS chain " + number + ": " + text + ", for " + CertificateWords.names(certificate));
        number++;
      }
    }
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      line(lines, "Because of " + cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }
    return lines.toString();
  }

  private static void line(StringBuilder lines, String text) {
    lines.append(TerminalEscapes.escaped(text)).append('\n');
  }
}
