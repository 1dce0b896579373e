package dev.midge.net.tls;

import dev.midge.net.tls.pem.CertificateFile;
import dev.midge.net.tls.pem.PrivateKeyFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes the context of a TLS server out of PEM files. */
public final class ServerContext {
  private ServerContext() {}

  /** Returns the versions: the oldest is TLS 1.2, whatever the JVM's own settings would allow. */
  public static String[] versions() {
    return new String[] {"TLSv1.3", "TLSv1.2"};
  }

  /**
   * Reads the files.
   *
   * @param certfile the server's certificate, followed by its intermediates
   * @param keyfile its private key
   * @param cafile authorities for the certificates of clients, and intermediates that {@code
   *     certfile} lacks
   * @param passphrase gives the one of an encrypted key
   * @throws IOException when one is missing or no good, or they do not fit together
   */
  public static SSLContext of(
      Path certfile,
      Path keyfile,
      @Nullable Path cafile,
      boolean requireCertificate,
      @Nullable Supplier<char @Nullable []> passphrase)
      throws IOException {
    List<X509Certificate> authorities =
        cafile == null ? List.of() : read(cafile, ServerContext::certificates);
    List<X509Certificate> certificates = read(certfile, ServerContext::certificates);
    PrivateKey key = read(keyfile, file -> PrivateKeyFile.read(file, passphrase));
    return read(
        keyfile,
        file -> {
          SSLContext made = SSLContext.getInstance("TLS");
          KeyManager[] own = {new ServerKey(certificates, key, authorities)};
          // No trust managers at all: null would mean those of the JDK.
          made.init(own, requireCertificate ? trust(authorities) : new TrustManager[0], null);
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

  private interface Reading<T> {
    T of(Path file) throws IOException, GeneralSecurityException;
  }

  /** Reads a file; error messages name it. */
  private static <T> T read(Path file, Reading<T> reading) throws IOException {
    try {
      return reading.of(file);
    } catch (NoSuchFileException e) {
      throw new IOException("Unable to load " + file + ": No such file.", e);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IOException("Unable to load " + file + ": " + e.getMessage() + ".", e);
    }
  }

  private static TrustManager[] trust(List<X509Certificate> authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("ca" + i, authorities.get(i));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }
}
