package dev.midge.broker.config;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files of a listener with TLS, and what it asks of clients, under the names of mosquitto's
 * configuration keys; PEM files.
 *
 * @param certfile the server's certificate, followed by its intermediates
 * @param keyfile its private key, PKCS#8 or the older forms for RSA and EC, possibly encrypted
 * @param cafile authorities for the certificates of clients, and intermediates that {@code
 *     certfile} lacks
 * @param capath a folder of files like {@code cafile}; null for none
 * @param crlfile certificates of clients that are no longer good; null for none
 * @param requireCertificate true if a client must show a certificate that {@code cafile} or {@code
 *     capath} vouches for
 * @param minimumVersion {@code tlsv1.2} or {@code tlsv1.3}; null for the first of them
 * @param ciphers of TLS 1.2, as OpenSSL names them, with colons between; null for all
 * @param ciphersTls13 the same of TLS 1.3
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
      throw new IllegalArgumentException("require_certificate needs a cafile");
    }
  }

  /** Names files with a key that may be encrypted. */
  public TlsFiles(
      Path certfile,
      Path keyfile,
      @Nullable Path cafile,
      boolean requireCertificate,
      @Nullable Supplier<char @Nullable []> passphrase) {
    this(
        certfile,
        keyfile,
        cafile,
        null,
        null,
        requireCertificate,
        null,
        null,
        null,
        false,
        passphrase);
  }

  /** Names files with a key that is not encrypted. */
  public TlsFiles(Path certfile, Path keyfile, @Nullable Path cafile, boolean requireCertificate) {
    this(certfile, keyfile, cafile, requireCertificate, null);
  }

  /** Names the files of a server that asks no client for a certificate. */
  public TlsFiles(Path certfile, Path keyfile) {
    this(certfile, keyfile, null, false);
  }

  public static Builder builder(Path certfile, Path keyfile) {
    return new Builder(certfile, keyfile);
  }

  /** Collects what a listener with TLS has beyond its certificate and key. */
  public static final class Builder {
    private final Path certfile;
    private final Path keyfile;
    private @Nullable Path cafile;
    private @Nullable Path capath;
    private @Nullable Path crlfile;
    private boolean requireCertificate;
    private @Nullable String minimumVersion;
    private @Nullable String ciphers;
    private @Nullable String ciphersTls13;
    private boolean skipDateChecks;
    private @Nullable Supplier<char @Nullable []> passphrase;

    private Builder(Path certfile, Path keyfile) {
      this.certfile = certfile;
      this.keyfile = keyfile;
    }

    public Builder cafile(@Nullable Path file) {
      cafile = file;
      return this;
    }

    public Builder capath(@Nullable Path folder) {
      capath = folder;
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

    public Builder minimumVersion(@Nullable String version) {
      minimumVersion = version;
      return this;
    }

    public Builder ciphers(@Nullable String names) {
      ciphers = names;
      return this;
    }

    public Builder ciphersTls13(@Nullable String names) {
      ciphersTls13 = names;
      return this;
    }

    public Builder skipDateChecks(boolean yes) {
      skipDateChecks = yes;
      return this;
    }

    public Builder passphrase(@Nullable Supplier<char @Nullable []> source) {
      passphrase = source;
      return this;
    }

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
