package dev.midge.net.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.midge.net.ChannelTrial;
import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import dev.midge.net.ProxySpec;
import dev.midge.net.connect.Channels;
import dev.midge.testing.EchoServer;
import dev.midge.testing.SocksServer;
import dev.midge.testing.WebSocketServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketChannelTest {

  private static Endpoint at(int port) {
    return new Endpoint(Transport.WEBSOCKET, "127.0.0.1", port, null, null, null);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void bytesOfAnyNumberGoThereAndBackInFramesAndFragments(int pieces) throws Exception {
    try (EchoServer echo = EchoServer.start();
        WebSocketServer server = WebSocketServer.to(echo.port()).inPieces(pieces).start()) {
      ClientChannel channel = ChannelTrial.connected(at(server.port()));
      ChannelTrial.assertEchoes(channel);
      channel.close();

      assertThat(echo.ending()).isEqualTo("end");
      assertThat(server.frames().stream().filter(frame -> frame.startsWith("binary")))
          .containsExactly(
              "binary 2 masked 2",
              "binary 3 masked 3",
              "binary 125 masked 125",
              "binary 126 masked 126",
              "binary 126 masked 129",
              "binary 126 masked 131",
              "binary 126 masked 65535",
              "binary 127 masked 65536",
              "binary 127 masked 2000004");
      assertThat(server.frames()).endsWith("close 2 masked 2", "code 1000", "end");
      if (pieces > 1) {
        assertThat(server.frames()).contains("pong 1 masked 1");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"broker.test,broker.test", "192.0.2.1,192.0.2.1", "2001:db8::1,[2001:db8::1]"})
  void theRequestIsMosquittos(String host, String named) throws Exception {
    try (EchoServer echo = EchoServer.start();
        WebSocketServer server = WebSocketServer.to(echo.port()).start();
        SocksServer proxy = SocksServer.to(server.port()).start()) {
      ProxySpec spec = new ProxySpec("127.0.0.1", proxy.port(), null, null);
      ChannelTrial.connected(new Endpoint(Transport.WEBSOCKET, host, 1883, null, null, spec))
          .close();

      assertThat(server.requests().get(0).replaceAll("Key: [A-Za-z0-9+/]{22}==", "Key: KEY"))
          .isEqualTo(
              "GET /mqtt HTTP/1.1\r\nHost: "
                  + named
                  + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: KEY\r\n"
                  + "Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Version: 13\r\n\r\n");
    }
  }

  @Test
  void eachPacketIsOneFrameHoweverItIsWritten() throws Exception {
    try (EchoServer echo = EchoServer.start();
        WebSocketServer server = WebSocketServer.to(echo.port()).start()) {
      ClientChannel channel = ChannelTrial.connected(at(server.port()));
      byte[] small = ChannelTrial.packet(3);
      byte[] large = ChannelTrial.packet(20_000);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(small);
      all.writeBytes(small);
      all.writeBytes(large);
      byte[] bytes = all.toByteArray();
      int cut = 5 + 5 + 2; // Within the length of the large packet.
      channel.out().write(bytes, 0, cut);
      channel.out().write(bytes, cut, 1);
      channel.out().write(bytes, cut + 1, bytes.length - cut - 1);
      for (byte b : small) {
        channel.out().write(b);
      }

      assertThat(channel.in().readNBytes(bytes.length)).isEqualTo(bytes);
      assertThat(channel.in().readNBytes(small.length)).isEqualTo(small);
      assertThat(server.frames())
          .containsExactly(
              "binary 5 masked 5",
              "binary 5 masked 5",
              "binary 126 masked 20004",
              "binary 5 masked 5");
      channel.close();
    }
  }

  /** With a copy of all that has come for each piece this took minutes. */
  @Test
  @Timeout(30)
  void aLargePacketMayComeInManySmallPieces() throws Exception {
    try (EchoServer echo = EchoServer.start();
        WebSocketServer server = WebSocketServer.to(echo.port()).start()) {
      ClientChannel channel = ChannelTrial.connected(at(server.port()));
      byte[] large = ChannelTrial.packet(8_000_000);
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> ChannelTrial.write(channel, large, 100), ChannelTrial.THREADS);

      assertThat(channel.in().readNBytes(large.length)).isEqualTo(large);
      writing.join();
      assertThat(server.frames()).containsExactly("binary 127 masked 8000005");
      channel.close();
    }
  }

  @Test
  void halfAPacketGoesOutWhenItIsFlushedAndAtTheEnd() throws Exception {
    try (EchoServer echo = EchoServer.start();
        WebSocketServer server = WebSocketServer.to(echo.port()).start()) {
      ClientChannel channel = ChannelTrial.connected(at(server.port()));
      channel.out().write(new byte[] {0x30});
      channel.out().flush();
      assertThat(channel.in().read()).isEqualTo(0x30);
      channel.out().flush();
      channel.out().write(new byte[] {0x30, 5});
      channel.close();

      assertThat(echo.ending()).isEqualTo("end");
      assertThat(server.frames())
          .containsExactly(
              "binary 1 masked 1", "binary 2 masked 2", "close 2 masked 2", "code 1000", "end");
    }
  }

  @Test
  void anAbortIsAResetWithoutCloseNotify() throws Exception {
    try (EchoServer echo = EchoServer.start();
        WebSocketServer server = WebSocketServer.to(echo.port()).start()) {
      ClientChannel channel = ChannelTrial.connected(at(server.port()));
      channel.out().write(ChannelTrial.packet(0));
      assertThat(channel.in().readNBytes(2)).hasSize(2);
      channel.abort();

      assertThat(echo.ending()).contains("reset");
      assertThat(server.frames()).containsExactly("binary 2 masked 2", "Connection reset");
    }
  }

  @Test
  void aPeerThatDoesNotReadDoesNotKeepTheClientFromClosing() throws Exception {
    try (EchoServer echo = EchoServer.start();
        WebSocketServer server = WebSocketServer.to(echo.port()).start()) {
      ClientChannel channel = ChannelTrial.connected(at(server.port()));
      AtomicLong written = new AtomicLong();
      CompletableFuture<Void> writing = ChannelTrial.flood(channel, written);
      ChannelTrial.awaitStuck(written);

      CompletableFuture<Void> closing =
          CompletableFuture.runAsync(() -> ChannelTrial.close(channel), ChannelTrial.THREADS);
      closing.get(30, TimeUnit.SECONDS);
      writing.get(30, TimeUnit.SECONDS);
    }
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        answer("another status", a -> a.replace("101 Switching Protocols", "404 Not Found")),
        answer("a redirection", a -> "HTTP/1.1 301 Moved\r\nLocation: /ws\r\n\r\n"),
        answer("an older HTTP", a -> a.replace("HTTP/1.1", "HTTP/1.0")),
        answer("no HTTP", a -> "\u0020\u0002\r\n\r\n"),
        answer("no upgrade", a -> a.replace("Upgrade: websocket\r\n", "")),
        answer("another upgrade", a -> a.replace("websocket\r\n", "h2c\r\n")),
        answer("no connection", a -> a.replace("Connection: Upgrade\r\n", "")),
        answer("another connection", a -> a.replace("Connection: Upgrade", "Connection: close")),
        answer("another key", a -> a.replaceAll("Accept: .*\r\n", "Accept: AAAA\r\n")),
        answer("no key", a -> a.replaceAll("Sec-WebSocket-Accept: .*\r\n", "")),
        answer("no protocol", a -> a.replace("Sec-WebSocket-Protocol: mqtt\r\n", "")),
        answer("another protocol", a -> a.replace("Protocol: mqtt", "Protocol: mqttv3.1")),
        answer(
            "an extension", a -> a.replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: x\r\n\r\n")),
        answer("a header that is none", a -> a.replace("Upgrade: websocket", "Upgrade websocket")),
        answer(
            "too much", a -> a.replace("\r\n\r\n", "\r\nX: " + "x".repeat(20_000) + "\r\n\r\n")));
  }

  private static Arguments answer(String name, UnaryOperator<String> change) {
    return arguments(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void anotherAnswerIsNoWebSocket(String name, UnaryOperator<String> change) throws Exception {
    try (EchoServer echo = EchoServer.start();
        WebSocketServer server = WebSocketServer.to(echo.port()).answering(change).start()) {
      assertRefused(Channels.to(at(server.port())));
    }
  }

  @Test
  void aServerThatHangsUpIsNoWebSocket() throws Exception {
    try (EchoServer echo = EchoServer.start();
        SocksServer hangsUp = SocksServer.to(echo.port()).replying(1).start()) {
      assertRefused(Channels.to(at(hangsUp.port())));
    }
  }

  @Test
  void aServerThatHangsUpWithoutAnAnswerIsToldFromOneThatBreaksOff() {
    for (String answer : List.of("", "HTTP/1.1 101")) {
      ClientHandshake handshake = new ClientHandshake(new SecureRandom());
      assertThatThrownBy(
              () -> handshake.readAnswer(new ByteArrayInputStream(answer.getBytes(US_ASCII))))
          .hasMessageContaining(answer.isEmpty() ? "without an answer" : "in the middle of");
    }
  }

  private static void assertRefused(ClientChannel channel) {
    assertThatThrownBy(channel::connect)
        .isInstanceOfSatisfying(
            NetFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.WEBSOCKET));
    ChannelTrial.close(channel);
  }

  @Test
  void namesOfHeadersAndTheirWordsMayBeInAnyCase() throws Exception {
    try (EchoServer echo = EchoServer.start();
        WebSocketServer server =
            WebSocketServer.to(echo.port())
                .answering(
                    usual ->
                        usual
                            .replace("Upgrade: websocket", "uPGRADE:WebSocket")
                            .replace("Connection: Upgrade", "connection: keep-alive, upgrade")
                            .replace("Sec-WebSocket-Protocol", "sec-websocket-protocol"))
                .start()) {
      ChannelTrial.connected(at(server.port())).close();

      assertThat(echo.ending()).isEqualTo("end");
    }
  }

  @Test
  void framesMayComeTogetherWithTheAnswer() throws Exception {
    byte[] frames = HexFormat.of().parseHex("8a00" + "0201aa" + "8900" + "0000" + "8001bb");
    try (EchoServer echo = EchoServer.start();
        WebSocketServer server = WebSocketServer.to(echo.port()).greeting(frames).start()) {
      ClientChannel channel = ChannelTrial.connected(at(server.port()));

      assertThat(channel.in().readNBytes(2)).isEqualTo(new byte[] {(byte) 0xAA, (byte) 0xBB});
      Awaitility.await().until(() -> server.frames().equals(List.of("pong 0 masked 0")));
      channel.close();
    }
  }

  @Test
  void aCloseFrameIsAnsweredAndIsTheEnd() throws Exception {
    byte[] frames = HexFormat.of().parseHex("880203e9" + "8201aa");
    try (EchoServer echo = EchoServer.start();
        WebSocketServer server = WebSocketServer.to(echo.port()).greeting(frames).start()) {
      ClientChannel channel = ChannelTrial.connected(at(server.port()));

      assertThat(channel.in().read()).isEqualTo(-1);
      assertThatThrownBy(() -> channel.out().write(ChannelTrial.packet(0)))
          .isInstanceOf(IOException.class);
      channel.close();
      assertThat(echo.ending()).isEqualTo("end");
      assertThat(server.frames()).containsExactly("close 2 masked 2", "code 1000", "end");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "text,81026869,1003",
    "a mask,828100000000aa,1002",
    "a reserved bit,c201aa,1002",
    "a reserved opcode,8301aa,1002",
    "a reserved control opcode,8b00,1002",
    "a continuation of nothing,8001aa,1002",
    "a message within a message,02008201aa,1002",
    "a fragmented ping,0900,1002",
    "a ping of 126 bytes,897e007e,1002",
    "a negative length,827fffffffffffffffff,1002"
  })
  void aFrameThatIsForbiddenEndsItAll(String name, String hex, int code) throws Exception {
    try (EchoServer echo = EchoServer.start();
        WebSocketServer server =
            WebSocketServer.to(echo.port()).greeting(HexFormat.of().parseHex(hex)).start()) {
      ClientChannel channel = ChannelTrial.connected(at(server.port()));

      assertThatThrownBy(() -> channel.in().read()).isInstanceOf(NetFailure.class);
      channel.close();
      assertThat(echo.ending()).isEqualTo("end");
      assertThat(server.frames()).containsExactly("close 2 masked 2", "code " + code, "end");
    }
  }
}
