package dev.midge.wire;

import java.io.EOFException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Why a TLS handshake failed, as values for whoever explains it.
 *
 * @param host the name that the certificate should have had; null when it was not checked
 * @param chain what the broker showed, its own certificate first; empty when it came to none
 * @param alert the name of the broker's alert; null for none
 */
public record TlsRefusal(Problem problem, String host, List<X509Certificate> chain, String alert) {
  private static final String ALERT = "Received fatal alert: ";

  /** What was wrong. */
  public enum Problem {
    EXPIRED,
    NOT_YET_VALID,
    OTHER_HOST,
    /** The chain leads to no certificate that is trusted, or is broken. */
    UNTRUSTED,
    /** The broker refused with an alert. */
    ALERT,
    /** The answer is not TLS. */
    NOT_TLS,
    /** The broker hung up in the handshake. */
    HUNG_UP,
    /** The broker speaks no version that is allowed. */
    VERSION,
    OTHER
  }

  static TlsRefusal of(Exception failure, String host, List<X509Certificate> chain) {
    String alert = alert(failure);
    return new TlsRefusal(alert == null ? problem(failure) : Problem.ALERT, host, chain, alert);
  }

  /** The name of the alert that an exception of JSSE tells of; null for none. */
  public static String alert(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = cause.getMessage();
      int at = text == null ? -1 : text.indexOf(ALERT);
      if (at >= 0) {
        return text.substring(at + ALERT.length());
      }
    }
    return null;
  }

  private static Problem problem(Exception failure) {
    boolean certificate = false;
    boolean ended = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return Problem.EXPIRED;
      }
      if (cause instanceof CertificateNotYetValidException) {
        return Problem.NOT_YET_VALID;
      }
      if (cause instanceof BrokerTrust.OtherHostException) {
        return Problem.OTHER_HOST;
      }
      certificate |= cause instanceof CertificateException;
      ended |= cause instanceof EOFException || cause instanceof java.net.SocketException;
    }
    if (certificate) {
      return Problem.UNTRUSTED;
    }
    String text = String.valueOf(failure.getMessage());
    if (text.contains("unrecognized SSL message")) {
      return Problem.NOT_TLS;
    }
    if (text.contains("selected protocol version")) {
      return Problem.VERSION;
    }
    return ended ? Problem.HUNG_UP : Problem.OTHER;
  }
}
