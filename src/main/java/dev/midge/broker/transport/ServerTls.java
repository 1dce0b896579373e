package dev.midge.broker.transport;

import dev.midge.broker.config.TlsFiles;
import dev.midge.net.tls.ServerContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * TLS for one listener, made of its files when it opens. All its connections use the same two
 * buffers while they read or write, so that it must not be shared by two loops.
 */
final class ServerTls {
  private static final int BUFFER = 64 * 1024;

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
    context =
        ServerContext.of(
            files.certfile(),
            files.keyfile(),
            files.cafile(),
            requireCertificate,
            files.passphrase());
  }

  SSLEngine engine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(requireCertificate);
    engine.setEnabledProtocols(ServerContext.versions());
    return engine;
  }
}
