package dev.midge.cli.failure;

import dev.midge.cli.DefaultPorts;
import dev.midge.client.ConnectionFailure;
import dev.midge.net.Endpoint;
import dev.midge.net.TlsProblem;
import dev.midge.net.TlsRefusal;
import dev.midge.net.TlsSpec;
import org.jspecify.annotations.Nullable;

/** The message about a TLS handshake that failed. Loaded when one has. */
final class TlsFailureMessage {

  private TlsFailureMessage() {}

  /**
   * Returns the message.
   *
   * @param refusal null when it failed before the handshake
   * @param own whether the client has a certificate of its own
   * @param endpoint the broker, over TLS; null for a message without the advice that depends on it
   */
  static FailureMessage of(
      @Nullable String message,
      @Nullable TlsRefusal refusal,
      boolean own,
      @Nullable Endpoint endpoint) {
    if (refusal == null) {
      return new FailureMessage(
          message == null ? "TLS" : "TLS: " + withoutStop(message),
          null,
          message != null && message.contains("no trusted certificates") ? trust(endpoint) : null);
    }
    return switch (refusal.problem()) {
      case ALERT ->
          new FailureMessage(
              "TLS: the broker refused",
              "It sent the TLS alert " + refusal.alert() + ".",
              advice(refusal.alert(), own));
      case NOT_TLS, HUNG_UP ->
          new FailureMessage(
              refusal.problem() == TlsProblem.NOT_TLS
                  ? "TLS: the answer is not TLS"
                  : "TLS: the broker hung up in the handshake",
              message,
              without(endpoint));
      case VERSION ->
          new FailureMessage(
              "TLS: the broker speaks no version that is allowed", message, versions());
      case OTHER -> new FailureMessage("TLS: the handshake failed", message, null);
      default -> new ChainFailureMessage(refusal).message();
    };
  }

  private static @Nullable String trust(@Nullable Endpoint endpoint) {
    if (endpoint == null) {
      return null;
    }
    TlsSpec tls = endpoint.tls();
    return tls == null || tls.caPath() == null
        ? "--cafile FILE names the authority to trust."
        : "--cafile FILE; --capath takes only files with OpenSSL's hash names, which 'openssl rehash"
            + " DIRECTORY' makes.";
  }

  private static @Nullable String without(@Nullable Endpoint endpoint) {
    if (endpoint == null) {
      return null;
    }
    return switch (endpoint.transport()) {
      case UNIX -> "does the broker speak TLS on that socket? Few do: --no-tls.";
      case WEBSOCKET ->
          "is that the broker's port for WebSocket with TLS? One without TLS wants --no-tls or -L"
              + " ws://.";
      case TCP ->
          "is that the broker's port for TLS ("
              + DefaultPorts.TLS
              + ", mostly)? A port without TLS wants --no-tls or -L mqtt://.";
    };
  }

  /** Removes the full stop of a message that something follows. */
  private static String withoutStop(String message) {
    String text = message.replace(". (", " (");
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /** Returns the broker's alert that ended an established connection; null where none came. */
  static @Nullable String alert(ConnectionFailure failure) {
    return TlsRefusal.alert(failure.getCause());
  }

  /**
   * Returns the advice after an alert of the broker.
   *
   * @param own whether the client has a certificate of its own: brokers on an older Java say
   *     bad_certificate where it has none
   */
  static String advice(@Nullable String alert, boolean own) {
    String named = alert == null ? "" : alert;
    return switch (!own && named.equals("bad_certificate") ? "certificate_required" : named) {
      case "certificate_required" -> "a certificate of your own: --cert FILE and --key FILE.";
      case "bad_certificate", "unknown_ca", "certificate_unknown", "unsupported_certificate" ->
          "a certificate that the broker trusts: --cert FILE and --key FILE.";
      case "certificate_expired", "certificate_revoked" ->
          "a new certificate for --cert FILE and --key FILE.";
      case "handshake_failure" ->
          "--cert FILE and --key FILE if the broker wants a certificate; other --ciphers;"
              + " --tls-version.";
      case "protocol_version" -> versions();
      case "no_application_protocol" -> "another --tls-alpn, or none.";
      case "unrecognized_name" -> "the broker's own name for -h.";
      default -> "the broker's log may tell why.";
    };
  }

  private static String versions() {
    return "--tls-version tlsv1.2 allows 1.2 and 1.3; older versions are broken, the broker needs"
        + " an update.";
  }
}
