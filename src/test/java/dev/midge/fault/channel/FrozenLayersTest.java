package dev.midge.fault.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.fault.Effect;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.TlsSpec;
import dev.midge.testing.SelfSigned;
import dev.midge.testing.WebSocketOpening;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A frozen channel answers no ping of WebSocket's, with TLS below it or without. */
class FrozenLayersTest {
  private static final byte[] PING = {(byte) 0x89, 2, 'h', 'i'};

  /** A pong is masked: two bytes of head, four of mask, two of ours. */
  private static final int PONG_BYTES = 8;

  @TempDir Path directory;

  @Test
  void ofPlainWebSocket() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      isSilent(server, null);
    }
  }

  @Test
  void ofWebSocketOverTls() throws Exception {
    SelfSigned self = SelfSigned.in(directory);
    String ca = self.certificate().toString();
    TlsSpec tls = new TlsSpec(ca, null, false, null, null, null, null, null, null, false);
    try (ServerSocket server =
        context(self)
            .getServerSocketFactory()
            .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      isSilent(server, tls);
    }
  }

  private static SSLContext context(SelfSigned self) throws Exception {
    KeyStore store = KeyStore.getInstance(self.store().toFile(), SelfSigned.WORD);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, SelfSigned.WORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  @SuppressWarnings("try") // the peer hangs up before the end
  private static void isSilent(ServerSocket server, TlsSpec tls) throws Exception {
    Endpoint endpoint =
        new Endpoint(Transport.WEBSOCKET, "127.0.0.1", server.getLocalPort(), null, tls, null);
    FaultyChannel channel = new FaultyChannel(endpoint);
    CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(() -> welcome(server));
    channel.connect();
    try (Socket peer = accepted.get(30, TimeUnit.SECONDS)) {
      CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> read(channel));
      InputStream in = peer.getInputStream();
      peer.getOutputStream().write(PING);
      assertThat(in.readNBytes(PONG_BYTES)[0]).isEqualTo((byte) 0x8A);

      channel.inject(Effect.FREEZE);
      peer.getOutputStream().write(PING);
      channel.out().write(new byte[] {(byte) 0xC0, 0});
      assertThat(isQuiet(peer)).isTrue();
      assertThat(reading).isNotDone();
      assertThat(channel.over()).isNotDone();

      peer.close();
      channel.over().get(30, TimeUnit.SECONDS);
      assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
    } finally {
      channel.abort();
    }
  }

  private static Integer read(FaultyChannel channel) {
    try {
      return channel.in().read();
    } catch (IOException e) {
      return -2;
    }
  }

  private static boolean isQuiet(Socket peer) throws IOException {
    peer.setSoTimeout(500);
    try {
      peer.getInputStream().read();
      return false;
    } catch (SocketTimeoutException nothing) {
      return true;
    }
  }

  private static Socket welcome(ServerSocket server) {
    try {
      Socket socket = server.accept();
      String answer = WebSocketOpening.answer(WebSocketOpening.request(socket.getInputStream()));
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      return socket;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
