package dev.midge.broker.config;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files of a listener with TLS, under the names of mosquitto's configuration keys; PEM files.
 *
 * @param certfile the server's certificate, followed by its intermediates
 * @param keyfile its private key, PKCS#8 or the older forms for RSA and EC, possibly encrypted
 * @param cafile authorities for the certificates of clients, and intermediates that {@code
 *     certfile} lacks
 * @param requireCertificate true if a client must show a certificate that {@code cafile} vouches
 *     for
 * @param passphrase gives the one of an encrypted key; null, or giving null, if it is not known
 */
public record TlsFiles(
    Path certfile,
    Path keyfile,
    @Nullable Path cafile,
    boolean requireCertificate,
    @Nullable Supplier<char @Nullable []> passphrase) {

  public TlsFiles {
    if (requireCertificate && cafile == null) {
      throw new IllegalArgumentException("require_certificate needs a cafile");
    }
  }

  /** Names files with a key that is not encrypted. */
  public TlsFiles(Path certfile, Path keyfile, @Nullable Path cafile, boolean requireCertificate) {
    this(certfile, keyfile, cafile, requireCertificate, null);
  }

  /** Names the files of a server that asks no client for a certificate. */
  public TlsFiles(Path certfile, Path keyfile) {
    this(certfile, keyfile, null, false);
  }
}
