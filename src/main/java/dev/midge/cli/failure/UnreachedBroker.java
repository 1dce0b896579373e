package dev.midge.cli.failure;

import dev.midge.net.NetFailure;
import java.net.UnknownHostException;

/** Tells why a broker behind a proxy cannot be reached, or has ended TLS, each as one phrase. */
public final class UnreachedBroker {
  private UnreachedBroker() {}

  /** Returns what failed, and what is known about it. */
  public static String phrase(Exception why) {
    if (why instanceof UnknownHostException) {
      return "the name is not known";
    }
    String message = why.getMessage();
    if (!(why instanceof NetFailure failure) || failure.refusal() == null) {
      return message == null ? why.getClass().getSimpleName() : message;
    }
    FailureMessage told = TlsFailureMessage.of(message, failure.refusal(), true, null);
    String detail = told.detail();
    return told.what() + (detail == null ? "" : " (" + detail.replaceFirst("\\.$", "") + ")");
  }

  /**
   * Returns the alert by which the broker has ended TLS after the handshake, and what may help.
   *
   * @param hasCertificate whether it was shown a certificate
   */
  public static String alert(String alert, boolean hasCertificate) {
    return "TLS alert " + alert + "; try: " + TlsFailureMessage.advice(alert, hasCertificate);
  }
}
