package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.rows.DrillRows;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.Slow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Last Will drill on the mini broker inside it, and what it says of brokers that fail it. */
@Slow("plays the drill several times")
class LwtTest {
  private static final int ROWS = DrillRows.all().size();

  /** The rows that need more than the mini broker's plain port. */
  private static final Set<String> NOT_INSIDE = Set.of("tls-cut", "ws-close", "server-keep-alive");

  @Test
  void theMiniBrokerPassesEveryRow() {
    MidgeRun run = MidgeRun.run("lwt");

    List<String> lines = run.outText().lines().toList();
    assertThat(lines.get(0)).matches("row +expected +seen +after +verdict");
    for (int i = 0; i < ROWS; i++) {
      String id = DrillRows.all().get(i).id();
      assertThat(lines.get(i + 1)).startsWith(id + " ");
      assertThat(lines.get(i + 1)).endsWith(NOT_INSIDE.contains(id) ? "  skipped" : "  ok");
    }
    assertThat(lines.get(lines.size() - 1))
        .matches("the mini broker, MQTT 5: \\d+ ok, 0 failed(, \\d skipped)?");
    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"311, V3_1_1", "31, V3_1"})
  void whatOnlyMqtt5HasIsSkippedBefore(String word, ProtocolVersion version) throws IOException {
    MidgeRun run = MidgeRun.run("lwt", "-V", word, "--json");

    List<String> verdicts = verdicts(run.out());
    assertThat(verdicts).containsOnly("ok", "skipped").hasSize(ROWS);
    assertThat(run.outText()).matches("\\{\"time\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\",[^\n]*\n");
    for (int i = 0; i < ROWS; i++) {
      Row row = DrillRows.all().get(i);
      boolean skipped = !row.versions().contains(version) || NOT_INSIDE.contains(row.id());
      assertThat(verdicts.get(i)).as(row.id()).isEqualTo(skipped ? "skipped" : "ok");
    }
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"paho", "direct"})
  void theMiniBrokerPassesEveryRowThroughEachEngine(String engine) throws IOException {
    Map<String, MidgeRun> runs = new LinkedHashMap<>();
    for (String version : List.of("5", "311", "31")) {
      runs.put(version, MidgeRun.start("lwt", "--engine", engine, "-V", version, "--json"));
    }
    for (Map.Entry<String, MidgeRun> each : runs.entrySet()) {
      MidgeRun run = each.getValue().await();
      assertThat(verdicts(run.out())).as(each.getKey()).containsOnly("ok", "skipped").hasSize(ROWS);
      assertThat(run.outText().split("\"engine\":\"" + engine + "\"", -1))
          .hasSize(1 + (int) DrillRows.all().stream().filter(row -> !row.byPackets()).count());
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void aTerminalShowsTheStory() {
    MidgeRun run = MidgeRun.runOnTerminal(Map.of("NO_COLOR", "1", "COLUMNS", "80"), "lwt");

    assertThat(run.errText())
        .containsPattern("\\[\\d+/" + ROWS + "] reset \\(TCP RST\\)\n")
        .contains("bad socket read/write", "exceeded timeout")
        .contains("  watcher  reset/status \"offline reset\" QoS 0\n")
        .containsPattern("\rwaiting: [a-z0-9, -]*freeze[a-z0-9, -]*[^\r]* \\(\\d+ of " + ROWS)
        .doesNotContain("\u001b");
    assertThat(run.errText().split("[\r\n]+")).allMatch(line -> line.length() <= 80);
    assertThat(run.status()).isZero();
  }

  @Test
  void rowsAreChosenAndPlayedSeveralTimes() {
    MidgeRun run = MidgeRun.run("lwt", "--only", "clean,res*", "--times", 3);

    List<String> lines = run.outText().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(1)).matches("clean  +.* - +ok");
    assertThat(lines.get(2)).matches("reset  +.* \\d+/\\d+/\\d+ ms +ok");
    assertThat(lines.get(4)).isEqualTo("the mini broker, MQTT 5: 2 ok, 0 failed");
  }

  @Test
  void testHarnessesHaveTheirProtocol() {
    MidgeRun run = MidgeRun.run("lwt", "--only", "clean,reset,tls-cut", "--tap");

    assertThat(run.outText().lines().filter(line -> !line.startsWith("# ")))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("TAP version 13"),
            line -> assertThat(line).isEqualTo("1..3"),
            line -> assertThat(line).isEqualTo("ok 1 - clean"),
            line -> assertThat(line).matches("ok 2 - reset # \\d+ ms"),
            line -> assertThat(line).startsWith("ok 3 - tls-cut # SKIP "));
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
