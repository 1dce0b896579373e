package dev.midge.net.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Says for the log which client's certificate is not taken, and why, without names of classes. */
final class ClientRefusal {
  private ClientRefusal() {}

  /**
   * Returns the same refusal in such words.
   *
   * @param why what Java said
   */
  static CertificateException of(X509Certificate client, CertificateException why) {
    return new CertificateException(
        "the client's certificate "
            + client.getSubjectX500Principal().getName()
            + ", issued by "
            + client.getIssuerX500Principal().getName()
            + ", is not taken: "
            + reason(why),
        why);
  }

  private static String reason(CertificateException why) {
    String words = String.valueOf(why.getMessage());
    for (Throwable cause = why; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException invalid) {
        return reason(invalid);
      }
      if (cause instanceof CertPathBuilderException) {
        words = "no trusted authority has issued it";
      }
    }
    return words;
  }

  private static String reason(CertPathValidatorException invalid) {
    String which = invalid.getIndex() > 0 ? "one of its authorities" : "it";
    Reason reason = invalid.getReason();
    if (reason == BasicReason.EXPIRED) {
      return which + " has expired";
    }
    if (reason == BasicReason.NOT_YET_VALID) {
      return which + " is not valid yet";
    }
    return String.valueOf(invalid.getMessage());
  }
}
