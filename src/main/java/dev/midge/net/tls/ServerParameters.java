package dev.midge.net.tls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Turns the words of a server's configuration into what JSSE negotiates with clients. */
public final class ServerParameters {
  private ServerParameters() {}

  /**
   * Returns the parameters.
   *
   * @param minimum version, {@code tlsv1.2} or {@code tlsv1.3}; null for the first of them
   * @param ciphers of TLS 1.2 between colons, best first; null for Java's choice
   * @param ciphersTls13 the same of TLS 1.3
   * @throws IOException when one of the words is not known; the message is mosquitto's
   */
  public static SSLParameters of(
      SSLContext context,
      @Nullable String minimum,
      @Nullable String ciphers,
      @Nullable String ciphersTls13)
      throws IOException {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(versions(minimum));
    if (ciphers != null || ciphersTls13 != null) {
      String[] usual = parameters.getCipherSuites();
      String[] supported = context.getSupportedSSLParameters().getCipherSuites();
      List<String> suites =
          new ArrayList<>(
              suites(ciphersTls13, true, supported, usual, "1.3 ciphersuites", "cipher_tls13"));
      suites.addAll(suites(ciphers, false, supported, usual, "ciphers", "cipher"));
      parameters.setCipherSuites(suites.toArray(String[]::new));
    }
    return parameters;
  }

  private static String[] versions(@Nullable String minimum) throws IOException {
    if (minimum == null || minimum.equals("tlsv1.2")) {
      return ServerContext.versions();
    }
    if (minimum.equals("tlsv1.3")) {
      return new String[] {"TLSv1.3"};
    }
    throw new IOException("Unsupported tls_version \"" + minimum + "\".");
  }

  private static List<String> suites(
      @Nullable String list,
      boolean tls13,
      String[] supported,
      String[] usual,
      String what,
      String which)
      throws IOException {
    if (list == null) {
      return CipherNames.ofVersion(tls13, usual);
    }
    List<String> named = CipherNames.named(list, tls13, supported);
    if (named == null) {
      throw new IOException(
          "Unable to set TLS " + what + ". Check " + which + " list \"" + list + "\".");
    }
    return named;
  }
}
