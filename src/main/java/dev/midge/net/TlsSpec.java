package dev.midge.net;

import dev.midge.net.NetFailure.Kind;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * How TLS is to be spoken. All files are PEM.
 *
 * @param caFile file of trusted certificates; null for none
 * @param caPath directory of trusted certificates under OpenSSL's hash names; null for none
 * @param systemCertificates whether the system's certificates are trusted too
 * @param certFile client certificate chain; null for none
 * @param keyFile its private key, PKCS#1, PKCS#8 or EC, possibly encrypted; null for none
 * @param passphrase asks for the passphrase of an encrypted key; gives null when nobody can be
 *     asked
 * @param alpn one protocol name; null for none
 * @param version {@code tlsv1.3} for that alone, {@code tlsv1.2} for that or newer; null for both
 * @param ciphers names of cipher suites, OpenSSL's or IANA's, separated by colons; null for the
 *     usual ones
 * @param insecure whether nothing at all is verified
 */
public record TlsSpec(
    String caFile,
    String caPath,
    boolean systemCertificates,
    String certFile,
    String keyFile,
    Supplier<char[]> passphrase,
    String alpn,
    String version,
    String ciphers,
    boolean insecure)
    implements Serializable {

  private static final int LONGEST_ALPN = 254;

  /**
   * Looks for what is wrong before anything is connected: files that cannot be read, words that
   * mean nothing.
   *
   * @throws NetFailure of kind {@link NetFailure.Kind#TLS_FILE} or {@link
   *     NetFailure.Kind#TLS_SETTING}
   */
  public void check() throws NetFailure {
    checkFile(caFile);
    checkFile(certFile);
    checkFile(keyFile);
    if (version != null && !version.equals("tlsv1.2") && !version.equals("tlsv1.3")) {
      throw setting("Problem setting TLS options, check the options are valid.");
    }
    if (alpn != null && (alpn.isEmpty() || alpn.length() > LONGEST_ALPN)) {
      throw setting("Problem setting TLS ALPN protocol.");
    }
  }

  /** Returns the same settings with somebody else to ask for the passphrase. */
  TlsSpec withPassphrase(Supplier<char[]> other) {
    return new TlsSpec(
        caFile,
        caPath,
        systemCertificates,
        certFile,
        keyFile,
        other,
        alpn,
        version,
        ciphers,
        insecure);
  }

  private static void checkFile(String file) throws NetFailure {
    try {
      if (file != null) {
        Files.newInputStream(Path.of(file)).close();
      }
    } catch (IOException | InvalidPathException e) {
      throw new NetFailure(Kind.TLS_FILE, "File not found: " + file, e);
    }
  }

  private static NetFailure setting(String text) {
    return new NetFailure(Kind.TLS_SETTING, text);
  }
}
