package dev.midge.broker.transport;

import dev.midge.broker.config.TlsFiles;
import dev.midge.net.tls.pem.CertificateFile;
import dev.midge.net.tls.pem.PrivateKeyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS for one listener, made of its files when it opens. All its connections use the same two
 * buffers while they read or write, so that it must not be shared by two loops.
 */
final class ServerTls {
  private static final int BUFFER = 64 * 1024;

  // The oldest is TLS 1.2 here, whatever the JVM's own settings would still allow.
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER);
  final ByteBuffer output = ByteBuffer.allocateDirect(BUFFER);
  private final SSLContext context;
  private final boolean requireCertificate;

  /**
   * Reads the files.
   *
   * @throws IOException when one is missing or no good, or they do not fit together
   */
  ServerTls(TlsFiles files) throws IOException {
    requireCertificate = files.requireCertificate();
    List<X509Certificate> authorities =
        files.cafile() == null ? List.of() : read(files.cafile(), ServerTls::certificates);
    List<X509Certificate> certificates = read(files.certfile(), ServerTls::certificates);
    PrivateKey key = read(files.keyfile(), file -> PrivateKeyFile.read(file, files.passphrase()));
    context =
        read(
            files.keyfile(),
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

  SSLEngine engine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(requireCertificate);
    engine.setEnabledProtocols(VERSIONS);
    return engine;
  }
}
