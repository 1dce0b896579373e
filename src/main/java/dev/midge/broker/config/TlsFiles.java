package dev.midge.broker.config;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files and words of a listener with TLS, under the names of mosquitto's configuration keys;
 * the files are PEM.
 *
 * @param certfile the server's certificate, followed by its intermediates
 * @param keyfile its private key, PKCS#8 or the older forms for RSA and EC, possibly encrypted
 * @param cafile authorities for the certificates of clients, and intermediates that {@code
 *     certfile} lacks
 * @param capath a directory of such certificates under OpenSSL's hash names
 * @param crlfile lists of the certificates that the authorities have revoked
 * @param requireCertificate true if a client must show a certificate that {@code cafile} or {@code
 *     capath} vouches for
 * @param minimumVersion the minimum, {@code tlsv1.2} or {@code tlsv1.3}; null for {@code tlsv1.2}
 * @param ciphers of TLS 1.2, between colons; null for Java's choice
 * @param ciphersTls13 of TLS 1.3, between colons; null for Java's choice
 * @param skipDateChecks true if a client's certificate may have expired
 * @param passphrase gives the one of an encrypted key; null, or giving null, if it is not known
 */
public record TlsFiles(
    Path certfile,
    Path keyfile,
    @Nullable Path cafile,
    @Nullable Path capath,
    @Nullable Path crlfile,
    boolean requireCertificate,
    @Nullable String minimumVersion,
    @Nullable String ciphers,
    @Nullable String ciphersTls13,
    boolean skipDateChecks,
    @Nullable Supplier<char @Nullable []> passphrase) {

  public TlsFiles {
    if (requireCertificate && cafile == null && capath == null) {
      throw new IllegalArgumentException("require_certificate needs a cafile or a capath");
    }
  }

  /** Names files with a key that is not encrypted. */
  public TlsFiles(Path certfile, Path keyfile, @Nullable Path cafile, boolean requireCertificate) {
    this(certfile, keyfile, cafile, null, null, requireCertificate, null, null, null, false, null);
  }

  /** Names the files of a server that asks no client for a certificate. */
  public TlsFiles(Path certfile, Path keyfile) {
    this(certfile, keyfile, null, false);
  }

  /**
   * Returns a copy with the files of others, which are all that changes while a listener is open.
   */
  public TlsFiles withFilesOf(TlsFiles others) {
    boolean vouched = others.cafile != null || others.capath != null;
    return new TlsFiles(
        others.certfile,
        others.keyfile,
        vouched || !requireCertificate ? others.cafile : cafile,
        vouched || !requireCertificate ? others.capath : capath,
        others.crlfile,
        requireCertificate,
        minimumVersion,
        ciphers,
        ciphersTls13,
        skipDateChecks,
        others.passphrase == null ? passphrase : others.passphrase);
  }

  /** Returns a builder with a server's certificate and key, and with the defaults for the rest. */
  public static Builder builder(Path certfile, Path keyfile) {
    return new Builder(certfile, keyfile);
  }

  /** Collects what a listener with TLS has besides certificate and key. */
  public static final class Builder {
    private final Path certfile;
    private final Path keyfile;
    private @Nullable Path cafile;
    private @Nullable Path capath;
    private @Nullable Path crlfile;
    private boolean requireCertificate;
    private boolean skipDateChecks;
    private @Nullable String minimumVersion;
    private @Nullable String ciphers;
    private @Nullable String ciphersTls13;
    private @Nullable Supplier<char @Nullable []> passphrase;

    private Builder(Path certfile, Path keyfile) {
      this.certfile = certfile;
      this.keyfile = keyfile;
    }

    public Builder cafile(@Nullable Path file) {
      cafile = file;
      return this;
    }

    public Builder capath(@Nullable Path directory) {
      capath = directory;
      return this;
    }

    public Builder crlfile(@Nullable Path file) {
      crlfile = file;
      return this;
    }

    public Builder requireCertificate(boolean yes) {
      requireCertificate = yes;
      return this;
    }

    public Builder skipDateChecks(boolean yes) {
      skipDateChecks = yes;
      return this;
    }

    public Builder minimumVersion(@Nullable String minimum) {
      minimumVersion = minimum;
      return this;
    }

    public Builder ciphers(@Nullable String list) {
      ciphers = list;
      return this;
    }

    public Builder ciphersTls13(@Nullable String list) {
      ciphersTls13 = list;
      return this;
    }

    public Builder passphrase(@Nullable Supplier<char @Nullable []> source) {
      passphrase = source;
      return this;
    }

    /**
     * Returns the files.
     *
     * @throws IllegalArgumentException when clients must show a certificate that no authority could
     *     vouch for
     */
    public TlsFiles build() {
      return new TlsFiles(
          certfile,
          keyfile,
          cafile,
          capath,
          crlfile,
          requireCertificate,
          minimumVersion,
          ciphers,
          ciphersTls13,
          skipDateChecks,
          passphrase);
    }
  }
}
