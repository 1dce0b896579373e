package dev.midge.wire;

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
    boolean insecure) {}
