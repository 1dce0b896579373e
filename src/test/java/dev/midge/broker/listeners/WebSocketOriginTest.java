package dev.midge.broker.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.ListenerRules;
import dev.midge.mqtt.ProtocolVersion;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code websockets_origin}: the pages that a listener serves, and how it opens a WebSocket. */
class WebSocketOriginTest {
  private static final String ACCEPT = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private final List<String> log = new CopyOnWriteArrayList<>();
  private Broker broker;

  @AfterEach
  void stop() {
    broker.close();
  }

  private void start(String... origins) throws IOException {
    ListenerRules rules =
        new ListenerRules(
            -1,
            EnumSet.allOf(ProtocolVersion.class),
            "",
            false,
            ListenerRules.Identity.NONE,
            List.of(origins));
    broker =
        Broker.start(
            new BrokerConfig(List.of(0), event -> log.add(event.text()), false)
                .withListener(ListenerSpec.webSocket(0).withRules(rules)));
  }

  /** Sends a request, with one byte behind it that no client may send; returns the answer. */
  private String answer(String... more) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", broker.ports().get(1))) {
      socket.setSoTimeout(30_000);
      String request =
          "GET /any/path?with=query HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
              + "Connection: keep-alive, Upgrade\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
              + String.join("", more)
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static String accepted(String subprotocol) {
    return String.join(
        "\r\n",
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: WebSocket",
        "Connection: Upgrade",
        ACCEPT,
        "Sec-WebSocket-Protocol: " + subprotocol,
        "",
        "");
  }

  private static String protocol(String list) {
    return "Sec-WebSocket-Protocol: " + list + "\r\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://a.example", "http://localhost:8080", ""})
  void anOriginThatIsListedAndNoOriginAtAllAreServed(String origin) throws Exception {
    start("http://localhost:8080", "https://a.example");
    String field = origin.isEmpty() ? "" : "Origin: " + origin + "\r\n";
    assertThat(answer(protocol("mqtt"), field)).startsWith(accepted("mqtt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://b.example",
        "http://a.example",
        "https://a.example:8443",
        "https://a.example.org",
        "https://A.example",
        "https://a.exampl",
        "null",
        ""
      })
  void anOtherOriginIsClosedWithoutAnAnswer(String origin) throws Exception {
    start("https://a.example");
    assertThat(answer(protocol("mqtt"), "Origin: " + origin + "\r\n")).isEmpty();
    await()
        .until(
            () ->
                log.stream().anyMatch(l -> l.endsWith("disconnected: non-matching http origin.")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://anything.example", "null"})
  void withoutAListEveryOriginIsServed(String origin) throws Exception {
    start();
    assertThat(answer(protocol("mqtt"), "Origin: " + origin + "\r\n")).startsWith(accepted("mqtt"));
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt,mqtt",
    "mqttv3.1,mqttv3.1",
    "'soap, mqtt',mqtt",
    "'mqttv3.1,mqtt',mqtt",
    "'wamp,mqttv3.1 ,x',mqttv3.1"
  })
  void theSubprotocolMayStandInAList(String offered, String taken) throws Exception {
    start();
    assertThat(answer(protocol(offered))).startsWith(accepted(taken));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soap", "mqtt5", "xmqtt", "mqttv3.1.1"})
  void withoutItTheConnectionIsClosedWithoutAnAnswer(String offered) throws Exception {
    start();
    assertThat(offered.isEmpty() ? answer() : answer(protocol(offered))).isEmpty();
    await().until(() -> log.stream().anyMatch(line -> line.contains("disconnected: protocol err")));
  }
}
