package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Last Will drill. */
class LwtTest {

  @Test
  void theMiniBrokerPassesEveryRow() {
    MidgeRun run = MidgeRun.run("lwt");

    List<String> lines = run.outText().lines().toList();
    assertThat(lines.get(0)).matches("ending +expected +seen +after +verdict");
    assertThat(lines.subList(1, 15)).allSatisfy(line -> assertThat(line).endsWith("ok"));
    assertThat(lines.get(16)).isEqualTo("the mini broker, MQTT 5: 14 ok, 0 failed, 0 skipped");
    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"311", "31"})
  void whatOnlyMqtt5HasIsSkippedBefore(String version) throws IOException {
    MidgeRun run = MidgeRun.run("lwt", "-V", version, "--json");

    assertThat(verdicts(run.out())).containsOnly("ok", "skipped").hasSize(14);
    assertThat(run.outText()).matches("\\{\"time\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\",[^\n]*\n");
    assertThat(verdicts(run.out())).filteredOn("skipped"::equals).hasSize(3);
    assertThat(run.status()).isZero();
  }

  @Test
  void aTerminalShowsTheStory() {
    MidgeRun run = MidgeRun.runOnTerminal(Map.of("NO_COLOR", "1"), "lwt");

    assertThat(run.errText())
        .contains(
            "[4/14] reset (TCP RST)",
            "bad socket read/write",
            "exceeded timeout",
            "watcher  sensor/status \"offline\"")
        .doesNotContain("\u001b");
    assertThat(run.status()).isZero();
  }

  @Test
  void nobodyThereIsStatus1() {
    MidgeRun run = MidgeRun.run("lwt", "-h", "127.0.0.1", "-p", "1");

    assertThat(run.errText()).startsWith("Error: Connection refused");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aBrokerThatSaysNothingIsWaitedForAsLongAsWanted() throws IOException {
    try (ScriptedBroker silent = new ScriptedBroker()) {
      MidgeRun run = MidgeRun.run("lwt", "-p", silent.port(), "--connect-timeout", 1);

      assertThat(run.errText())
          .startsWith("Error: Not connected within 1 s (--connect-timeout): localhost:")
          .hasLineCount(3);
      assertThat(run.status()).isEqualTo(1);
    }
  }

  static List<String> verdicts(byte[] json) throws IOException {
    List<String> verdicts = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && parser.currentName().equals("verdict")) {
          verdicts.add(parser.nextTextValue());
        }
      }
    }
    return verdicts;
  }
}
