package dev.midge.broker.transport;

import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What a listener needs for TLS, under the names of mosquitto's configuration keys; PEM files.
 *
 * @param certfile the server's certificate, and its intermediates after it
 * @param keyfile its private key, PKCS#8 or the older forms for RSA and EC, possibly encrypted
 * @param cafile authorities for the certificates of clients; also where intermediates are looked
 *     for that {@code certfile} lacks; null for none
 * @param requireCertificate whether a client must show a certificate that {@code cafile} vouches
 *     for
 * @param passphrase asked once for the one of an encrypted key; null, or giving null, when nobody
 *     can be asked
 */
public record TlsFiles(
    Path certfile,
    Path keyfile,
    Path cafile,
    boolean requireCertificate,
    Supplier<char[]> passphrase) {

  public TlsFiles {
    if (requireCertificate && cafile == null) {
      throw new IllegalArgumentException("require_certificate needs a cafile");
    }
  }

  /** With a key that is not encrypted. */
  public TlsFiles(Path certfile, Path keyfile, Path cafile, boolean requireCertificate) {
    this(certfile, keyfile, cafile, requireCertificate, null);
  }

  /** For a server that asks no client for a certificate. */
  public TlsFiles(Path certfile, Path keyfile) {
    this(certfile, keyfile, null, false);
  }
}
