package dev.midge.net;

import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a TLS handshake that failed, for whoever explains it.
 *
 * @param host the name that the certificate should have had; null when it was not checked
 * @param chain what the broker showed, its own certificate first; empty when it came to none
 * @param alert the name of the broker's alert; null for none
 * @param culprit the certificate that is wrong; null where none is, or nobody knows which
 * @param fact what is wrong with it, where the problem alone does not tell; null for nothing
 */
public record TlsRefusal(
    TlsProblem problem,
    @Nullable String host,
    List<X509Certificate> chain,
    @Nullable String alert,
    @Nullable X509Certificate culprit,
    @Nullable String fact) {
  private static final String ALERT = "Received fatal alert: ";

  public static TlsRefusal of(
      Exception failure, @Nullable String host, List<X509Certificate> chain) {
    ChainRefusedException refused = chainRefused(failure);
    if (refused != null) {
      return new TlsRefusal(
          refused.problem(), host, chain, null, refused.culprit(), refused.fact());
    }
    String alert = alert(failure);
    TlsProblem problem = alert == null ? problem(failure) : TlsProblem.ALERT;
    return new TlsRefusal(problem, host, chain, alert, null, null);
  }

  /** Returns the reason for which the chain was refused; null for another failure. */
  public static @Nullable ChainRefusedException chainRefused(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ChainRefusedException refused) {
        return refused;
      }
    }
    return null;
  }

  /** Returns the name of the alert that an exception of JSSE tells of; null for none. */
  public static @Nullable String alert(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = cause.getMessage();
      if (text != null && text.contains(ALERT)) {
        return text.substring(text.indexOf(ALERT) + ALERT.length());
      }
    }
    return null;
  }

  /**
   * Returns what JSSE says of a failure, in the same words on every Java: newer ones put the name
   * of the alert in front, in brackets.
   */
  public static String words(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message.replaceFirst("^\\([a-z_]+\\) ", "");
  }

  private static TlsProblem problem(Exception failure) {
    boolean ended = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      ended |=
          cause instanceof EOFException
              || cause instanceof SocketException
              || "Broken pipe".equals(cause.getMessage()); // Of a unix socket.
    }
    String text = String.valueOf(failure.getMessage());
    if (text.contains("unrecognized SSL message")) {
      return TlsProblem.NOT_TLS;
    }
    if (text.contains("selected protocol version")) {
      return TlsProblem.VERSION;
    }
    return ended ? TlsProblem.HUNG_UP : TlsProblem.OTHER;
  }
}
