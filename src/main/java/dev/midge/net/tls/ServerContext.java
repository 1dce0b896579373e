package dev.midge.net.tls;

import dev.midge.net.tls.pem.CertificateFile;
import dev.midge.net.tls.pem.PrivateKeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the context of a TLS server out of PEM files. */
public final class ServerContext {
  private ServerContext() {}

  /** Returns the versions: the oldest is TLS 1.2, whatever the JVM's own settings would allow. */
  public static String[] versions() {
    return new String[] {"TLSv1.3", "TLSv1.2"};
  }

  /**
   * Reads the files of a server that asks no client for a certificate.
   *
   * @param certfile the server's certificate, followed by its intermediates
   * @param keyfile its private key
   * @param passphrase gives the one of an encrypted key
   * @throws IOException when one is missing or no good, or they do not fit together
   */
  public static SSLContext of(
      Path certfile, Path keyfile, @Nullable Supplier<char @Nullable []> passphrase)
      throws IOException {
    // No trust managers at all: null would mean those of the JDK.
    return of(certfile, keyfile, passphrase, List.of());
  }

  /**
   * Reads the files of a server that may ask clients for a certificate.
   *
   * @param clients decides about it; its certificates complete the server's own chain
   */
  public static SSLContext of(
      Path certfile,
      Path keyfile,
      @Nullable Supplier<char @Nullable []> passphrase,
      ClientTrust clients)
      throws IOException {
    return of(certfile, keyfile, passphrase, clients.certificates(), clients);
  }

  private static SSLContext of(
      Path certfile,
      Path keyfile,
      @Nullable Supplier<char @Nullable []> passphrase,
      Collection<X509Certificate> authorities,
      TrustManager... trust)
      throws IOException {
    List<X509Certificate> certificates = TlsFile.use(certfile, ServerContext::certificates);
    PrivateKey key = TlsFile.use(keyfile, file -> PrivateKeyFile.read(file, passphrase));
    return TlsFile.use(
        keyfile,
        file -> {
          SSLContext made = SSLContext.getInstance("TLS");
          KeyManager[] own = {new ServerKey(certificates, key, authorities)};
          made.init(own, trust, null);
          return made;
        });
  }

  private static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> certificates = CertificateFile.read(file);
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("no certificate in it");
    }
    return certificates;
  }
}
