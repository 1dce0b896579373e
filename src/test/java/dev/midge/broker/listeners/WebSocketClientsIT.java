package dev.midge.broker.listeners;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.ListenerRules;
import dev.midge.broker.config.TlsFiles;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.net.tls.make.TestAuthority;
import dev.midge.testing.Needs;
import dev.midge.testing.Program;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT.js by WebSocket, with and without TLS: under Node, and in a page that a browser shows. */
class WebSocketClientsIT {
  private static final TestAuthority ROOT = TestAuthority.create();
  private static final Path PEERS = Path.of("src/test/resources/peers");
  private static final Path MQTT_JS = Path.of("target/npm/node_modules/mqtt").toAbsolutePath();

  @TempDir Path folder;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private HttpServer pages;
  private Broker broker;

  @BeforeEach
  void start() throws Exception {
    Needs.that(Files.isDirectory(MQTT_JS), "npm's mqtt in target/npm");
    pages = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    pages.createContext("/", this::answer);
    pages.start();
    ROOT.server(List.of("127.0.0.1"))
        .write(folder.resolve("server.crt"), folder.resolve("server.key"));
    Files.writeString(folder.resolve("ca.crt"), ROOT.pem());
    ListenerRules rules =
        new ListenerRules(
            -1,
            EnumSet.allOf(ProtocolVersion.class),
            "",
            false,
            ListenerRules.Identity.NONE,
            List.of(origin()));
    ListenerSpec webSocket = ListenerSpec.webSocket(0).withRules(rules);
    broker =
        Broker.start(
            new BrokerConfig(List.of(0), event -> log.add(event.text()), true)
                .withListener(webSocket)
                .withListener(
                    webSocket.withTls(
                        new TlsFiles(folder.resolve("server.crt"), folder.resolve("server.key")))));
  }

  @AfterEach
  void stop() {
    if (broker != null) {
      broker.close();
    }
    if (pages != null) {
      pages.stop(0);
    }
  }

  private String origin() {
    return "http://127.0.0.1:" + pages.getAddress().getPort();
  }

  private String url(String scheme) {
    return scheme + "://127.0.0.1:" + broker.ports().get(scheme.equals("ws") ? 1 : 2) + "/mqtt";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = {};
    switch (path) {
      case "/page.html" -> body = Files.readAllBytes(PEERS.resolve("page.html"));
      case "/mqtt.js" -> body = Files.readAllBytes(MQTT_JS.resolve("dist/mqtt.min.js"));
      case "/error" -> errors.add(exchange.getRequestURI().getQuery());
      default -> {} // its icon
    }
    String type = path.endsWith(".html") ? "text/html" : "text/javascript";
    exchange.getResponseHeaders().add("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @ParameterizedTest
  @CsvSource({"ws,3", "ws,4", "ws,5", "wss,4", "wss,5"})
  void mqttJsUnderNode(String scheme, String version) throws Exception {
    try (RawClient watcher = RawClient.connected(broker.port(), V5, "watcher")) {
      watcher.subscribe("will", Qos.AT_MOST_ONCE);
      Program node =
          Program.start(
              "node",
              PEERS.resolve("websocket.cjs"),
              MQTT_JS,
              url(scheme),
              version,
              folder.resolve("ca.crt"));
      node.awaitOut("all came");
      watcher.publish("js/0", "die", Qos.AT_MOST_ONCE);
      watcher.expectMessage("gone");
      node.await();
      assertThat(node.errText()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws", "wss"})
  void aPageInABrowserWhoseWillComesWhenItsTabIsClosed(String scheme) throws Exception {
    Needs.that(Chromium.isInstalled(), "Debian's chromium");
    try (RawClient watcher = RawClient.connected(broker.port(), V5, "watcher");
        Chromium browser = new Chromium(folder)) {
      watcher.subscribe("page/#", Qos.AT_MOST_ONCE);
      String tab = browser.open(origin() + "/page.html#" + url(scheme));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> log.stream().anyMatch(l -> l.startsWith("Received PUBLISH from page ")));
      expect(watcher, "here");
      watcher.publish("to/page", "a question", Qos.AT_MOST_ONCE);
      expect(watcher, "got a question");
      browser.closeTab(tab);
      expect(watcher, "the tab was closed");
    }
  }

  /** A page of another origin: the same server under another name. */
  @ParameterizedTest
  @ValueSource(strings = {"ws", "wss"})
  void aPageOfAnotherOriginIsNotServed(String scheme) throws Exception {
    Needs.that(Chromium.isInstalled(), "Debian's chromium");
    try (Chromium browser = new Chromium(folder)) {
      String other = origin().replace("127.0.0.1", "localhost");
      browser.open(other + "/page.html#" + url(scheme));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> log.stream().anyMatch(l -> l.endsWith("non-matching http origin.")));
    }
    assertThat(log).noneMatch(line -> line.contains(" as page "));
  }

  private void expect(RawClient watcher, String message) throws IOException {
    try {
      watcher.expectMessage(message);
    } catch (IOException | AssertionError e) {
      throw new AssertionError("the page says " + errors + ", the log " + log, e);
    }
  }
}
