package dev.midge.net;

import java.io.Serializable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of TLS. All files are PEM.
 *
 * @param caFile file of trusted certificates
 * @param caPath directory of trusted certificates under OpenSSL's hash names
 * @param systemCertificates whether the system's certificates are trusted too
 * @param certFile client certificate chain
 * @param keyFile its private key, PKCS#1, PKCS#8 or EC, possibly encrypted
 * @param passphrase asks for the passphrase of an encrypted key; gives null when nobody can be
 *     asked
 * @param alpn one protocol name
 * @param version {@code tlsv1.3} for that alone, {@code tlsv1.2} for that or newer; null for both
 * @param ciphers names of cipher suites, OpenSSL's or IANA's, separated by colons; null for the
 *     usual ones
 * @param insecure whether nothing at all is verified
 */
public record TlsSpec(
    @Nullable String caFile,
    @Nullable String caPath,
    boolean systemCertificates,
    @Nullable String certFile,
    @Nullable String keyFile,
    @Nullable Supplier<char @Nullable []> passphrase,
    @Nullable String alpn,
    @Nullable String version,
    @Nullable String ciphers,
    boolean insecure)
    implements Serializable {

  /** Returns the same settings with somebody else to ask for the passphrase. */
  TlsSpec withPassphrase(Supplier<char @Nullable []> other) {
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
}
