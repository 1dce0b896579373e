package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.mqtt.Qos;
import dev.midge.testing.RawClient;
import dev.midge.testing.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketTest {
  private static final byte[] CONNECT = hex("100e 0004 4d515454 05 02 003c 00 0001 63");
  private static final byte[] CONNACK = hex("20 0e 00 00 0b 22000a 27001e8480 210014");
  private static final byte[] PINGREQ = hex("c000");
  private static final byte[] PINGRESP = hex("d000");

  private final List<String> log = new CopyOnWriteArrayList<>();
  private Broker broker;
  private Socket socket;
  private WebSocketPeer peer;

  @BeforeEach
  void start() throws IOException {
    broker =
        Broker.start(
            new BrokerConfig(List.of(0), event -> log.add(event.text()), false)
                .withListener(ListenerSpec.webSocket(0)));
    open();
  }

  @AfterEach
  void stop() throws IOException {
    socket.close();
    broker.close();
  }

  private void open() throws IOException {
    socket = new Socket("127.0.0.1", broker.ports().get(1));
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    peer = new WebSocketPeer(socket.getInputStream(), socket.getOutputStream());
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private void expectBinary(byte[] payload) throws IOException {
    WebSocketFrame frame = peer.next();
    assertThat(frame.first()).isEqualTo(0x82);
    assertThat(frame.payload()).isEqualTo(payload);
  }

  private void expectClose(int code) throws IOException {
    WebSocketFrame frame = peer.next();
    assertThat(frame.first()).isEqualTo(0x88);
    assertThat(frame.closeCode()).isEqualTo(code);
    assertThat(peer.next()).isNull();
  }

  @Test
  void theAnswerToTheRequestIsMosquittosToTheByte() throws IOException {
    peer.upgraded();
  }

  @Test
  void requestFramesAndPacketsMayComeByteByByte() throws IOException {
    byte[] all =
        join(
            WebSocketPeer.REQUEST.getBytes(StandardCharsets.ISO_8859_1),
            peer.frame(0x82, true, CONNECT),
            peer.frame(0x82, true, PINGREQ));
    for (byte each : all) {
      peer.send(new byte[] {each});
    }
    peer.expectAnswer(WebSocketPeer.ANSWER);
    byte[] both = join(CONNACK, PINGRESP);
    assertThat(peer.input().readNBytes(both.length)).isEqualTo(both);
  }

  @Test
  void everythingMayComeAtOnce() throws IOException {
    peer.send(
        join(
            WebSocketPeer.REQUEST.getBytes(StandardCharsets.ISO_8859_1),
            peer.frame(0x82, true, join(CONNECT, PINGREQ, PINGREQ))));
    peer.expectAnswer(WebSocketPeer.ANSWER);
    expectBinary(join(CONNACK, PINGRESP, PINGRESP));
  }

  @Test
  void aPacketMayBeSpreadOverFramesWithAPingBetween() throws IOException {
    peer.upgraded();
    peer.send(
        join(
            peer.frame(0x02, true, hex("100e 0004 4d51")),
            peer.frame(0x89, true, "hi".getBytes()),
            peer.frame(0x00, true, new byte[0]),
            peer.frame(0x80, true, hex("5454 05 02 003c 00 0001 63 c0")),
            peer.frame(0x82, true, hex("00"))));
    WebSocketFrame first = peer.next();
    WebSocketFrame second = peer.next();
    // What comes first is not said; both have to come, and whole.
    WebSocketFrame pong = first.opcode() == 0xA ? first : second;
    WebSocketFrame data = first.opcode() == 0xA ? second : first;
    assertThat(pong.first()).isEqualTo(0x8A);
    assertThat(pong.payload()).asString().isEqualTo("hi");
    assertThat(data.payload()).isEqualTo(join(CONNACK, PINGRESP));
  }

  @Test
  void theLongestPingIsAnsweredAndAPongIgnored() throws IOException {
    peer.upgraded();
    byte[] data = new byte[125];
    data[124] = 1;
    peer.send(0x8A, data);
    peer.send(0x89, data);
    WebSocketFrame pong = peer.next();
    assertThat(pong.first()).isEqualTo(0x8A);
    assertThat(pong.payload()).isEqualTo(data);
  }

  @Test
  void aCloseIsAnsweredAndWhatCameBeforeItWasHeard() throws IOException {
    peer.upgraded();
    peer.send(
        join(peer.frame(0x82, true, join(CONNECT, PINGREQ)), peer.frame(0x88, true, hex("0fa0"))));
    WebSocketFrame frame = peer.next();
    if (frame.opcode() == 2) { // the close may overtake what nobody reads any more
      frame = peer.next();
    }
    assertThat(frame.first()).isEqualTo(0x88);
    assertThat(frame.closeCode()).isEqualTo(4000);
    assertThat(peer.next()).isNull();
    await().until(() -> log.stream().anyMatch(line -> line.endsWith("closed by client.")));
    assertThat(log).anyMatch(line -> line.contains(" as c ("));
  }

  @ParameterizedTest
  @CsvSource({
    "1003, text, 81 81 00000000 61",
    "1002, unmasked, 82 02 c000",
    "1002, reserved bit, c2 82 00000000 c000",
    "1002, unknown data frame, 83 82 00000000 c000",
    "1002, unknown control frame, 8b 80 00000000",
    "1002, control frame in parts, 09 80 00000000",
    "1002, control frame too long, 89 fe 007e 00000000",
    "1002, continuation of nothing, 80 82 00000000 c000",
    "1002, new message inside another, 02 80 00000000 82 80 00000000",
    "1002, longer length than needed, 82 fe 0002 00000000 c000",
    "1002, negative length, 82 ff ffffffffffffffff 00000000",
    "1002, close code that must not be sent, 88 82 00000000 03ed",
    "1002, close code of one byte, 88 81 00000000 03",
  })
  void whatIsForbiddenIsClosedWithItsCode(int code, String what, String frames) throws IOException {
    peer.upgraded();
    peer.send(hex(frames));
    expectClose(code);
    await().until(() -> log.stream().anyMatch(line -> line.endsWith("protocol error.")));
  }

  @Test
  void whatCameBeforeABadFrameIsAnswered() throws IOException {
    peer.upgraded();
    peer.send(join(peer.frame(0x82, true, CONNECT), peer.frame(0x81, true, PINGREQ)));
    await().until(() -> log.stream().anyMatch(line -> line.contains(" as c (")));
    await().until(() -> log.stream().anyMatch(line -> line.endsWith("protocol error.")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: websocket\r\n",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        "Sec-WebSocket-Version: 13\r\n",
        "Sec-WebSocket-Protocol: mqtt\r\n",
      })
  void whatARequestLacksCostsTheConnection(String header) throws IOException {
    peer.send(WebSocketPeer.REQUEST.replace(header, "").getBytes());
    assertThat(peer.next()).isNull();
  }

  @Test
  void headersMayBeWrittenInOtherWays() throws IOException {
    String request =
        WebSocketPeer.REQUEST
            .replace("Upgrade: websocket", "upgrade:WebSocket")
            .replace("Protocol: mqtt", "Protocol: chat, mqtt , mqttv3.1")
            .replace("/mqtt", "/any/path?x=y");
    peer.send(request.getBytes());
    peer.expectAnswer(WebSocketPeer.ANSWER);
  }

  @Test
  void theOlderSubprotocolIsAnsweredByItsName() throws IOException {
    peer.send(WebSocketPeer.REQUEST.replace(": mqtt", ": mqttv3.1").getBytes());
    peer.expectAnswer(WebSocketPeer.ANSWER.replace(": mqtt", ": mqttv3.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\nX: ", "GARBAGE", "\u0010\u000e\u0000\u0004MQTT"})
  void endlessOrStrangeRequestsAreCutOff(String start) throws IOException {
    try {
      peer.send(start.getBytes());
      byte[] more = new byte[1000];
      java.util.Arrays.fill(more, (byte) 'x');
      for (int i = 0; i < 9; i++) {
        peer.send(more);
      }
      assertThat(peer.next()).isNull();
    } catch (java.net.SocketException e) {
      assertThat(e).hasMessageContaining("reset"); // as good an end
    }
    await().until(() -> log.stream().anyMatch(line -> line.endsWith("protocol error.")));
  }

  @Test
  void pingsWithoutEndAndWithoutConnectAreCutOff() throws IOException {
    peer.upgraded();
    byte[] pings = new byte[0];
    byte[] data = new byte[125];
    for (int i = 0; i < 100; i++) {
      pings = join(pings, peer.frame(0x89, true, data));
    }
    try {
      for (int i = 0; i < 100; i++) {
        peer.send(pings);
      }
    } catch (IOException e) {
      // it was sent away already
    }
    await().until(() -> log.stream().anyMatch(line -> line.endsWith("protocol error.")));
  }

  @Test
  void whoPingsAndNeverReadsKeepsNothingButTheLatestPongs() throws IOException {
    peer.upgraded();
    peer.send(0x82, CONNECT);
    expectBinary(CONNACK);
    byte[] pings = new byte[0];
    for (int i = 0; i < 500; i++) {
      pings = join(pings, peer.frame(0x89, true, new byte[125]));
    }
    for (int i = 0; i < 200; i++) {
      peer.send(pings); // comes to an end, for the broker goes on reading
    }
    peer.send(0x89, "last".getBytes());
    WebSocketFrame pong;
    do {
      pong = peer.next();
    } while (!new String(pong.payload()).equals("last"));
  }

  @Test
  void aTornConnectionIsToldApartFromAClosedOne() throws IOException {
    peer.upgraded();
    peer.send(0x82, CONNECT);
    expectBinary(CONNACK);
    socket.setSoLinger(true, 0);
    socket.close();
    await()
        .until(() -> log.stream().anyMatch(line -> line.contains("c [") && line.contains("reset")));
  }

  private static final class Listener implements WebSocket.Listener {
    final ByteArrayOutputStream got = new ByteArrayOutputStream();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public synchronized CompletionStage<?> onBinary(
        WebSocket webSocket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      got.writeBytes(bytes);
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      closed.complete(statusCode);
      return null;
    }

    synchronized byte[] soFar() {
      return got.toByteArray();
    }
  }

  @Test
  void javasOwnClientIsServedToo() throws Exception {
    Listener listener = new Listener();
    URI uri = URI.create("ws://127.0.0.1:" + broker.ports().get(1) + "/mqtt");
    WebSocket javas =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols("mqtt")
            .buildAsync(uri, listener)
            .get(30, TimeUnit.SECONDS);
    assertThat(javas.getSubprotocol()).isEqualTo("mqtt");
    javas.sendBinary(ByteBuffer.wrap(CONNECT), true).get(30, TimeUnit.SECONDS);
    javas.sendPing(ByteBuffer.wrap(new byte[5])).get(30, TimeUnit.SECONDS);
    byte[] subscribe = hex("82 07 0001 00 0001 61 00");
    javas.sendBinary(ByteBuffer.wrap(subscribe), true).get(30, TimeUnit.SECONDS);
    byte[] suback = hex("90 04 0001 00 00");
    await().until(() -> listener.soFar().length == CONNACK.length + suback.length);
    try (RawClient publisher = RawClient.connected(broker.port(), V5, "p")) {
      publisher.publish("a", "x".repeat(100_000), Qos.AT_MOST_ONCE);
      int whole = CONNACK.length + suback.length + 4 + 4 + 100_000;
      await().until(() -> listener.soFar().length >= whole);
      assertThat(listener.soFar()).hasSize(whole);
    }
    javas.sendClose(WebSocket.NORMAL_CLOSURE, "").get(30, TimeUnit.SECONDS);
    assertThat(listener.closed.get(30, TimeUnit.SECONDS)).isEqualTo(1000);
  }
}
