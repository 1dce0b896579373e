package dev.midge.broker.config.file;

import dev.midge.broker.config.TlsFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The keys of a listener's TLS, as far as they were read. */
final class TlsDraft {
  @Nullable Path certfile;
  @Nullable Path keyfile;
  @Nullable Path cafile;
  @Nullable Path capath;
  @Nullable Path crlfile;
  @Nullable String version;
  @Nullable String ciphers;
  @Nullable String ciphersTls13;
  boolean requireCertificate;
  boolean skipDateChecks;

  /** Tells whether a key is there that means nothing without both a certificate and a key. */
  boolean isHalf() {
    return (certfile == null || keyfile == null)
        && (certfile != null
            || keyfile != null
            || cafile != null
            || capath != null
            || crlfile != null
            || requireCertificate);
  }

  /** Tells whether clients must show a certificate that nobody could vouch for. */
  boolean lacksAuthority() {
    return requireCertificate && cafile == null && capath == null;
  }

  /** Returns the files; null without a certificate and a key. */
  @Nullable TlsFiles files() {
    if (certfile == null || keyfile == null) {
      return null;
    }
    return TlsFiles.builder(certfile, keyfile)
        .cafile(cafile)
        .capath(capath)
        .crlfile(crlfile)
        .requireCertificate(requireCertificate)
        .minimumVersion(version)
        .ciphers(ciphers)
        .ciphersTls13(ciphersTls13)
        .skipDateChecks(skipDateChecks)
        .build();
  }
}
