package dev.midge.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scripts of docs/pipelines.md that make messages, word for word. */
class MakeMessagesIT {
  private static final Path PAGE = Path.of("docs/pipelines.md");
  private static final Pattern SCRIPT = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

  /** Random payloads do not contain it. */
  private static final String SHOWN = "a message: ";

  private Broker broker;

  @BeforeEach
  void startBroker() throws IOException {
    broker = Broker.start(BrokerConfig.onFreePort());
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  private static List<String> scripts() throws IOException {
    String section = Files.readString(PAGE).split("(?m)^## Make messages$")[1].split("(?m)^## ")[0];
    List<String> scripts = new ArrayList<>();
    Matcher matcher = SCRIPT.matcher(section);
    while (matcher.find()) {
      scripts.add(matcher.group(1));
    }
    return scripts;
  }

  private static Program start(int index, int port) throws IOException {
    String path = Program.launcher().getParent() + ":" + System.getenv("PATH");
    String script = scripts().get(index);
    return Program.start(
        Map.of("PATH", path, "MIDGE_PORT", String.valueOf(port)),
        "sh",
        "-c",
        script.startsWith("midge ") && script.indexOf("midge ", 1) < 0 ? "exec " + script : script);
  }

  /** The messages of a topic that a script publishes, each a line of topic, blank and payload. */
  private List<String> messages(int index, int count, int port) throws IOException {
    MidgeRun sub =
        MidgeRun.start(
                "sub", "-d", "-p", port, "-t", "#", "-q", "1", "-C", count, "-F", SHOWN + "%t %p")
            .awaitOut("Subscribed");
    Program run = start(index, port).await();
    assertThat(run.errText() + run.outText()).isEmpty();
    assertThat(run.status()).isZero();
    return sub.await()
        .outText()
        .lines()
        .filter(line -> line.startsWith(SHOWN))
        .map(line -> line.substring(SHOWN.length()))
        .toList();
  }

  @Test
  void eachScriptIsRunByATest() throws IOException {
    assertThat(scripts()).hasSize(6);
  }

  @Test
  void aSensor() throws IOException {
    try (Mosquitto mosquitto = Mosquitto.start()) {
      List<String> messages = messages(0, 5, mosquitto.port());

      for (int i = 1; i <= 5; i++) {
        assertThat(messages.get(i - 1))
            .matches(
                "sensor/temperature \\{\"n\":"
                    + i
                    + ",\"at\":[0-9]{13},\"celsius\":2[0-9]\\.[0-9],\"id\":\"[0-9a-f-]{36}\"}");
      }
    }
  }

  @Test
  void linesOfALog() throws IOException {
    List<String> messages = messages(1, 2, broker.port());

    String start = "log \\{\"at\":\"2[-0-9T:.]+Z\",\"host\":\"[^\"]+\",\"line\":";
    assertThat(messages.get(0)).matches(start + "\"started\"}");
    assertThat(messages.get(1)).matches(start + "\"say \\\\\"hi\\\\\"\"}");
  }

  @Test
  void severalDevices() throws IOException {
    List<String> first = messages(2, 6, broker.port());

    assertThat(first)
        .allMatch(line -> line.matches("dev/[abc]/state (on|off)"))
        .extracting(line -> line.substring(4, 5))
        .containsExactly("a", "b", "c", "a", "b", "c");
    assertThat(messages(2, 6, broker.port())).isEqualTo(first);
  }

  @Test
  void linesAndLargePayloadsAtARate() throws IOException {
    List<String> messages = messages(3, 110, broker.port());

    assertThat(messages.subList(0, 10)).startsWith("track 1", "track 2").endsWith("track 10");
  }

  @Test
  void payloadsOfOneSize() throws IOException {
    List<String> messages = messages(4, 3, broker.port());

    for (int i = 1; i <= 3; i++) {
      assertThat(messages.get(i - 1)).matches("load " + i + " [0-9]{13} +").hasSize(5 + 1024);
    }
  }

  @Test
  void aSignOfLifeEndsByCtrlC() throws IOException {
    MidgeRun sub =
        MidgeRun.start("sub", "-d", "-p", broker.port(), "-t", "alive", "-C", "2")
            .awaitOut("Subscribed");
    try (Program run = start(5, broker.port())) {
      // The second is due ten seconds later: the first was written before the pause.
      sub.awaitOut("Z\n");
      run.signal("INT").await();

      assertThat(run.status()).isEqualTo(130);
      assertThat(sub.await().outText()).contains("Z\n", "\ngone\n");
    }
  }
}
