package dev.midge.broker.transport;

import dev.midge.broker.config.TlsFiles;
import dev.midge.net.tls.ClientTrust;
import dev.midge.net.tls.ServerContext;
import dev.midge.net.tls.ServerParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * TLS for one listener, made of its files when it opens. All its connections use the same two
 * buffers while they read or write, so that it must not be shared by two loops.
 */
final class ServerTls {
  private static final int BUFFER = 64 * 1024;

  final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER);
  final ByteBuffer output = ByteBuffer.allocateDirect(BUFFER);
  private final ClientTrust clients;
  private final SSLContext context;
  private final SSLParameters parameters;

  /**
   * Reads the files.
   *
   * @throws IOException when one is missing or no good, they do not fit together, or a word is not
   *     known
   */
  ServerTls(TlsFiles files) throws IOException {
    clients =
        ClientTrust.read(files.cafile(), files.capath(), files.crlfile(), files.skipDateChecks());
    context = ServerContext.of(files.certfile(), files.keyfile(), files.passphrase(), clients);
    parameters =
        ServerParameters.of(context, files.minimumVersion(), files.ciphers(), files.ciphersTls13());
    parameters.setNeedClientAuth(files.requireCertificate());
  }

  /** Tells whether the certificate that a client has shown would be accepted now. */
  boolean takes(SSLSession session) {
    try {
      Certificate[] shown = session.getPeerCertificates();
      X509Certificate[] chain = Arrays.copyOf(shown, shown.length, X509Certificate[].class);
      clients.checkAgain(chain);
      return true;
    } catch (SSLPeerUnverifiedException | CertificateException e) {
      return false;
    }
  }

  SSLEngine engine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters);
    return engine;
  }
}
