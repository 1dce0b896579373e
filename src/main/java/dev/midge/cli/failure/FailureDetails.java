package dev.midge.cli.failure;

import dev.midge.client.ConnectionFailure;
import dev.midge.net.NetFailure;
import dev.midge.net.socket.FailedAttempts;
import dev.midge.text.TerminalEscapes;
import java.security.cert.X509Certificate;

/**
 * The lines that {@code -d} shows of a failed connection beyond {@link FailureExplanation}, one for
 * each fact.
 */
final class FailureDetails {
  private FailureDetails() {}

  /** Returns the lines with their ends; empty where no more is known. */
  static String of(ConnectAttempt attempt, ConnectionFailure failure) {
    StringBuilder lines = new StringBuilder();
    int port =
        attempt.endpoint().proxy() == null
            ? attempt.endpoint().port()
            : attempt.endpoint().proxy().port();
    for (FailedAttempts.Attempt tried : FailedAttempts.of(failure.getCause())) {
      String address = ConnectAttempt.address(ConnectAttempt.text(tried.address()), port);
      line(lines, "Failed to connect to " + address + ": " + tried.failure().getMessage());
    }
    if (failure.getCause() instanceof NetFailure wire && wire.refusal() != null) {
      int number = 0;
      for (X509Certificate certificate : wire.refusal().chain()) {
        String text = CertificateText.of(certificate);
        line(
            lines,
            "TLS chain " + number + ": " + text + ", for " + CertificateText.names(certificate));
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
