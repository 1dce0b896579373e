package dev.midge.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.net.Endpoint.Transport;
import dev.midge.testing.SelfSigned;
import dev.midge.testing.Slow;
import dev.midge.testing.WebSocketOpening;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A peer that accepts, does its part of the layers and never reads again: a writer is stuck, and
 * the client can close and abort all the same.
 */
@Slow("waits until full connections are given up")
class StuckWriterTest {
  private enum Door {
    TCP,
    UNIX,
    TLS,
    WEBSOCKET,
    WEBSOCKET_OVER_TLS;

    boolean isTls() {
      return this == TLS || this == WEBSOCKET_OVER_TLS;
    }

    boolean isWebSocket() {
      return this == WEBSOCKET || this == WEBSOCKET_OVER_TLS;
    }
  }

  @TempDir static Path directory;
  private static SelfSigned self;

  /** Holds what was accepted: a socket that nobody holds is closed by the garbage collector. */
  private final List<Closeable> accepted = new CopyOnWriteArrayList<>();

  @AfterEach
  void hangUp() throws IOException {
    for (Closeable each : accepted) {
      each.close();
    }
  }

  @BeforeAll
  static void makeCertificate() throws Exception {
    self = SelfSigned.in(directory);
  }

  static Stream<Arguments> ways() {
    return Stream.of(Door.values())
        .flatMap(
            door ->
                Stream.of(
                    Arguments.of(door, true, true),
                    Arguments.of(door, true, false),
                    Arguments.of(door, false, true)));
  }

  @ParameterizedTest(name = "{0}, in order: {1}, with a reader: {2}")
  @MethodSource("ways")
  void aPeerThatReadsNothingDoesNotKeepTheClient(Door door, boolean orderly, boolean reader)
      throws Exception {
    try (AutoCloseable server = door == Door.UNIX ? unixPeer() : peer(door)) {
      ClientChannel channel = ChannelTrial.connected(endpoint(door, server));
      CompletableFuture<Integer> reading =
          reader ? read(channel) : CompletableFuture.completedFuture(-1);
      AtomicLong written = new AtomicLong();
      CompletableFuture<Void> writing = ChannelTrial.flood(channel, written);
      ChannelTrial.awaitStuck(written);
      assertThat(writing).isNotDone();

      Job ending = orderly ? channel::close : channel::abort;
      later(ending).get(30, TimeUnit.SECONDS);

      writing.get(30, TimeUnit.SECONDS);
      assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
    }
  }

  private static CompletableFuture<Integer> read(ClientChannel channel) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return channel.in().read();
          } catch (IOException ended) {
            return -1;
          }
        },
        ChannelTrial.THREADS);
  }

  private static Endpoint endpoint(Door door, AutoCloseable server) {
    if (door == Door.UNIX) {
      return new Endpoint(Transport.UNIX, socketFile().toString(), 0, null, null, null);
    }
    String ca = self.certificate().toString();
    TlsSpec tls =
        door.isTls()
            ? new TlsSpec(ca, null, false, null, null, null, null, null, null, false)
            : null;
    Transport transport = door.isWebSocket() ? Transport.WEBSOCKET : Transport.TCP;
    int port = ((ServerSocket) server).getLocalPort();
    return new Endpoint(transport, "127.0.0.1", port, null, tls, null);
  }

  private static Path socketFile() {
    return directory.resolve("socket");
  }

  private AutoCloseable unixPeer() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socketFile()));
    later(() -> accepted.add(server.accept()));
    return () -> {
      server.close();
      Files.delete(socketFile());
    };
  }

  private interface Job {
    void run() throws IOException;
  }

  private static CompletableFuture<Void> later(Job job) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            job.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        ChannelTrial.THREADS);
  }

  private ServerSocket peer(Door door) throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    ServerSocket server =
        door.isTls()
            ? context().getServerSocketFactory().createServerSocket(0, 1, loopback)
            : new ServerSocket(0, 1, loopback);
    later(
        () -> {
          Socket socket = server.accept();
          accepted.add(socket);
          if (door.isTls()) {
            ((SSLSocket) socket).startHandshake();
          }
          if (door.isWebSocket()) {
            String request = WebSocketOpening.request(socket.getInputStream());
            byte[] answer = WebSocketOpening.answer(request).getBytes(ISO_8859_1);
            socket.getOutputStream().write(answer);
          }
        });
    return server;
  }

  private static SSLContext context() throws Exception {
    KeyStore store = KeyStore.getInstance(self.store().toFile(), SelfSigned.WORD);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, SelfSigned.WORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
