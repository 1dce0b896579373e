package dev.midge.net.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.net.ChannelTrial;
import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import dev.midge.net.connect.Channels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixChannelTest {
  @TempDir Path directory;
  private Path path;
  private ServerSocketChannel server;

  @BeforeEach
  void listen() throws IOException {
    path = directory.resolve("s");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static Endpoint at(String path) {
    return new Endpoint(Transport.UNIX, path, 0, null, null, null);
  }

  @Test
  void bytesOfAnyNumberGoThereAndBack() throws Exception {
    CompletableFuture<Void> echo = CompletableFuture.runAsync(this::echo, ChannelTrial.THREADS);
    ClientChannel channel = ChannelTrial.connected(at(path.toString()));
    ChannelTrial.assertEchoes(channel);
    channel.close();

    echo.get(30, TimeUnit.SECONDS);
  }

  private void echo() {
    try (SocketChannel channel = server.accept()) {
      ByteBuffer buffer = ByteBuffer.allocate(10_000);
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aWriteDoesNotWaitForAReader() throws Exception {
    ClientChannel channel = ChannelTrial.connected(at(path.toString()));
    CompletableFuture<Integer> reading = read(channel);
    try (SocketChannel peer = server.accept()) {
      channel.out().write('x');
      ByteBuffer got = ByteBuffer.allocate(1);
      peer.read(got);
      peer.write(got.flip());

      assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo('x');
    }
    channel.close();
  }

  @Test
  void closingEndsAReader() throws Exception {
    ClientChannel channel = ChannelTrial.connected(at(path.toString()));
    CompletableFuture<Integer> reading = read(channel);
    try (SocketChannel peer = server.accept()) {
      CompletableFuture<Void> closing =
          CompletableFuture.runAsync(() -> ChannelTrial.close(channel), ChannelTrial.THREADS);
      assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      peer.shutdownOutput();
      closing.get(30, TimeUnit.SECONDS);

      assertThat(reading.handle((b, e) -> e == null ? b : -1).get(30, TimeUnit.SECONDS))
          .isEqualTo(-1);
    }
  }

  private static CompletableFuture<Integer> read(ClientChannel channel) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return channel.in().read();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        ChannelTrial.THREADS);
  }

  @Test
  void aPathHasAtMost107Bytes() {
    String fits = "/" + "x".repeat(106);
    assertThatThrownBy(() -> Channels.to(at(fits)).connect())
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(NetFailure.class);
    assertThatThrownBy(() -> Channels.to(at(fits + "x")).connect())
        .isInstanceOfSatisfying(
            NetFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID));
  }

  @Test
  void aFailureHasTheSystemsText() throws IOException {
    Path nobody = directory.resolve("nobody");
    assertThatThrownBy(() -> Channels.to(at(nobody.toString())).connect())
        .hasMessage("No such file or directory");
    Files.createFile(nobody);
    assertThatThrownBy(() -> Channels.to(at(nobody.toString())).connect())
        .hasMessage("Connection refused");
  }

  @Test
  void aClosedChannelDoesNotConnect() throws IOException {
    ClientChannel channel = Channels.to(at(path.toString()));
    channel.close();

    assertThatThrownBy(channel::connect)
        .isInstanceOf(IOException.class)
        .hasMessage("Socket closed");
  }
}
