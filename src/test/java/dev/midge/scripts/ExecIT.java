package dev.midge.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of docs/pipelines.md that run commands for messages, word for word. */
class ExecIT {
  private static final Path PAGE = Path.of("docs/pipelines.md");
  private static final Pattern SCRIPT = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

  @TempDir Path directory;
  private Mosquitto mosquitto;

  @BeforeEach
  void startBroker() throws IOException {
    Path settings = Files.createDirectory(directory.resolve("broker"));
    mosquitto = Mosquitto.configured(settings, "listener PORT 127.0.0.1", "allow_anonymous true");
  }

  @AfterEach
  void stopBroker() {
    mosquitto.close();
  }

  private static List<String> scripts(String heading) throws IOException {
    String section =
        Files.readString(PAGE).split("(?m)^## " + heading + "$")[1].split("(?m)^## ")[0];
    List<String> scripts = new ArrayList<>();
    Matcher matcher = SCRIPT.matcher(section);
    while (matcher.find()) {
      scripts.add(matcher.group(1).strip());
    }
    return scripts;
  }

  private static String script(String heading, int index) throws IOException {
    return scripts(heading).get(index);
  }

  private Program start(String script) {
    String path = Program.launcher().getParent() + ":" + System.getenv("PATH");
    String port = String.valueOf(mosquitto.port());
    return Program.start(
        Map.of("PATH", path, "MIDGE_PORT", port),
        "sh",
        "-c",
        "cd '" + directory + "' && PORT=" + port + " && " + script);
  }

  private Program run(String script) {
    return start(script).await();
  }

  @Test
  void eachScriptIsRunByATest() throws IOException {
    assertThat(scripts("A command for each message")).hasSize(2);
    assertThat(scripts("Answer requests")).hasSize(2);
    assertThat(scripts("Remove retained messages")).hasSize(1);
  }

  @Test
  void eachRoomHasItsFileWhateverTopicsAndPayloadsSay() throws IOException {
    Files.createDirectory(directory.resolve("log"));
    run("midge pub -r -t room/hall -m 21");
    run("midge pub -r -t 'room/$(touch x)\";touch y;\"' -m '`touch z` $(touch z)'");
    run("printf 'a\\000b' | midge pub -r -t room/nul -s");
    Program sub = run(script("A command for each message", 0));

    assertThat(sub.status()).as(sub.errText()).isZero();
    assertThat(sub.errText()).endsWith("3 commands: 3 ended with 0.\n");
    assertThat(directory.resolve("log/hall")).hasContent("room/hall 21");
    assertThat(directory.resolve("log/$(touch x)\";touch y;\""))
        .hasContent("room/$(touch x)\";touch y;\" `touch z` $(touch z)");
    assertThat(directory.resolve("log/nul")).exists();
    assertThat(directory).isDirectoryNotContaining("glob:**/{x,y,z}");
  }

  @Test
  void aPayloadKeepsItsNul() throws IOException {
    run("printf 'a\\000b' | midge pub -r -t nul -s");
    run("midge sub -t nul -C 1 --exec 'cat > payload'");

    assertThat(directory.resolve("payload")).hasBinaryContent(new byte[] {'a', 0, 'b'});
  }

  /** Takes orders, refuses each tenth one, and leaves one without an answer. */
  private static final class Orders implements AutoCloseable {
    private final Map<String, Integer> orders = new ConcurrentHashMap<>();
    private final AtomicInteger present = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    Orders() throws IOException {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      server = HttpServer.create(any, 100);
      server.setExecutor(threads);
      server.createContext(
          "/orders",
          exchange -> {
            most.accumulateAndGet(present.incrementAndGet(), Math::max);
            String order = new String(exchange.getRequestBody().readAllBytes());
            orders.merge(order, 1, Integer::sum);
            present.decrementAndGet();
            if (!order.equals("55")) {
              exchange.sendResponseHeaders(order.endsWith("0") ? 500 : 200, -1);
              exchange.close();
            }
          });
      server.start();
    }

    String replaced(String script) {
      return script.replace("localhost:8080", "localhost:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  @Test
  void aHundredOrdersGoToAServiceEightAtATime() throws IOException {
    run("midge sub -t 'order/#' -q 1 -c -i orders -x 86400 -E");
    run("seq 100 | midge pub -l -q 1 -t order/new");
    try (Orders orders = new Orders()) {
      // Five seconds may be over for the others too where the machine is busy.
      String script =
          script("A command for each message", 1).replace("-timeout 5s", "-timeout 15s");
      Program sub = run(orders.replaced(script));

      assertThat(sub.errText())
          .endsWith("100 commands: 89 ended with 0, 10 with 22, 1 took longer than 15 s.\n");
      assertThat(sub.status()).isEqualTo(52);
      assertThat(orders.orders)
          .hasSize(100)
          .allSatisfy((order, times) -> assertThat(times).isOne());
      assertThat(orders.most.get()).isBetween(1, 8);
    }
    // All were acknowledged: nothing is left.
    assertThat(run("midge sub -t 'order/#' -q 1 -c -i orders -W 1").outText()).isEmpty();
  }

  @Test
  void whatWasNotDoneWhenMidgeWasKilledComesAgain() throws IOException {
    run("midge sub -t job -q 1 -c -i s -x 600 -E");
    run("midge pub -q 1 -t job -m x");
    Program sub =
        start(
            "exec midge sub -t job -q 1 -c -i s -x 600 --exec 'echo begun; exec sleep 30 >&- 2>&-'");
    sub.awaitOut("begun").signal("KILL").await();

    assertThat(run("midge sub -t job -q 1 -c -i s -C 1 --exec 'cat >&2'").errText())
        .startsWith("x");
  }

  @Test
  void requestsOfMidgeAndOfMosquittoAreAnswered() throws IOException {
    Program server = start("exec " + script("Answer requests", 0).replaceAll(" &$", ""));
    mosquitto.awaitLog("service/upper/+ (QoS 1)");
    Program asked = run(script("Answer requests", 1));

    assertThat(asked.status()).as(asked.errText()).isZero();
    assertThat(asked.outText()).containsPattern("[0-9]:[0-9]");
    assertThat(
            run("mosquitto_rr -p $PORT -t service/upper/c -e answers -m word -W 30 -v").outText())
        .isEqualTo("answers WORD\n");
    assertThat(server.await().status()).isZero();
    assertThat(server.errText()).isEqualTo("2 commands: 2 ended with 0.\n");
  }

  @Test
  void beforeMqtt5TheAnswersGoToOneTopic() throws IOException {
    Program server = start("exec midge rr --serve -V 311 -t ask -e answers --echo");
    mosquitto.awaitLog("ask (QoS 1)");

    assertThat(run("mosquitto_rr -p $PORT -V mqttv311 -t ask -e answers -m word -W 30").outText())
        .isEqualTo("word\n");
    server.signal("TERM").await();
    assertThat(server.status()).isZero();
    mosquitto.awaitLog("Received DISCONNECT from");
  }

  @Test
  void whatWouldBeRemovedIsShownAndThenIsRemoved() throws IOException {
    for (String topic : List.of("a/old", "b/new", "c/test")) {
      run("midge pub -r -t device/" + topic + " -m " + topic);
    }
    Program both = run(script("Remove retained messages", 0));

    assertThat(both.outText().lines())
        .containsExactlyInAnyOrder("device/a/old", "device/c/test", "a/old", "c/test");
    assertThat(run("midge sub -t '#' -C 1").outText()).isEqualTo("b/new\n");
  }
}
