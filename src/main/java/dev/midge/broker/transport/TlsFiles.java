package dev.midge.broker.transport;

import java.nio.file.Path;

/**
 * What a listener needs for TLS, under the names of mosquitto's configuration keys; PEM files.
 *
 * @param certfile the server's certificate, and its intermediates after it
 * @param keyfile its private key, PKCS#8 or the older forms for RSA and EC, not encrypted
 * @param cafile authorities for the certificates of clients; also where intermediates are looked
 *     for that {@code certfile} lacks; null for none
 * @param requireCertificate whether a client must show a certificate that {@code cafile} vouches
 *     for
 */
public record TlsFiles(Path certfile, Path keyfile, Path cafile, boolean requireCertificate) {

  public TlsFiles {
    if (requireCertificate && cafile == null) {
      throw new IllegalArgumentException("require_certificate needs a cafile");
    }
  }

  /** For a server that asks no client for a certificate. */
  public TlsFiles(Path certfile, Path keyfile) {
    this(certfile, keyfile, null, false);
  }
}
