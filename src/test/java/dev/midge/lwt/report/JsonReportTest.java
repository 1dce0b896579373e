package dev.midge.lwt.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.EngineKind;
import dev.midge.lwt.row.RowResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The JSON of a drill: its form is a contract with programs. */
class JsonReportTest {
  private static final String RESET =
      "{\"id\":\"reset\",\"clause\":\"3.1.2-8\",\"rule\":\"The rule of reset in one sentence.\","
          + "\"versions\":[\"5\",\"3.1.1\",\"3.1\"],\"ending\":\"TCP RST\",\"expected\":\"will\"";

  @Test
  void oneDrillIsOneObjectOnOneLine() {
    Examination examination =
        SampleResults.examination(SampleResults.MINI, List.of(SampleResults.ok("reset", 1234)));

    assertThat(JsonReport.of(examination))
        .isEqualTo(
            "{\"time\":\"2026-11-28T17:21:40.123456Z\",\"broker\":{\"host\":\"127.0.0.1\",\"port\":12345,"
                + "\"embedded\":true,\"protocol_version\":5},\"ok\":true,\"rows\":["
                + RESET
                + ",\"engine\":\"drill\",\"seen\":\"\\\"offline\\\"\",\"after_seconds\":1.234,\"bound_seconds\":null,\"verdict\":\"ok\",\"control\":null,\"reason\":null}],\"left_behind\":[],\"lost\":null}\n");
  }

  @Test
  void everyVerdictHasItsFacts() {
    String json =
        JsonReport.of(
            SampleResults.examination(SampleResults.YOURS, SampleResults.ofEachVerdict()));

    assertThat(json)
        .contains(
            "\"version\":\"mosquitto version 2.0.11\"}",
            "\"ok\":false",
            "\"versions\":[\"5\"],",
            "\"after_seconds\":4.31,\"bound_seconds\":3.0,\"verdict\":\"late\"",
            "\"verdict\":\"failed\",\"control\":\"ok\",\"reason\":null",
            "\"seen\":null,\"after_seconds\":null,\"bound_seconds\":null,\"verdict\":\"skipped\",\"control\":null,\"reason\":\"not"
                + " over TLS\"",
            "\"verdict\":\"not examined\",\"control\":\"failed\",\"reason\":\"the control failed\"")
        .doesNotContain("least_seconds");
  }

  @Test
  void severalTimesAddTheLeastAndTheMost() {
    RowResult row = SampleResults.repeated(SampleResults.ok("reset", 4), 2, 40);

    assertThat(
            JsonReport.of(
                SampleResults.times(
                    SampleResults.examination(SampleResults.MINI, List.of(row)), 3)))
        .contains("\"after_seconds\":0.004,\"least_seconds\":0.002,\"most_seconds\":0.04,");
  }

  @Test
  void anEarlyEndAndWhatWasLeftStandAtTheEnd() {
    ConnectionFailure lost = new ConnectionFailure(ConnectionFailure.Kind.LOST, null);

    assertThat(
            JsonReport.of(
                SampleResults.examination(
                    SampleResults.YOURS,
                    List.of(SampleResults.ok("reset", 1)),
                    lost,
                    List.of("p/x"))))
        .contains("\"ok\":false")
        .endsWith("\"left_behind\":[\"p/x\"],\"lost\":\"the connection was lost\"}\n");
  }

  @Test
  void severalDrillsAreAnArray() {
    Examination one =
        SampleResults.examination(SampleResults.MINI, List.of(SampleResults.ok("reset", 1)));
    String json = JsonReport.of(one).strip();

    assertThat(JsonReport.of(List.of(one, one))).isEqualTo("[" + json + "," + json + "]\n");
  }

  @Test
  void theRowsAreAnArray() {
    assertThat(JsonReport.list(List.of(SampleResults.row("reset", "3.1.2-8", "will"))))
        .isEqualTo("[" + RESET + ",\"engines\":[\"drill\",\"paho\",\"direct\"]}]\n");
    assertThat(
            JsonReport.list(List.of(SampleResults.row("half", "3.1.2-8", "will").onlyByPackets())))
        .endsWith(",\"engines\":[\"drill\"]}]\n");
  }

  @Test
  void eachRowNamesTheEngineThatPlayedIt() {
    Examination examination =
        SampleResults.by(
            EngineKind.PAHO,
            SampleResults.examination(
                SampleResults.MINI,
                List.of(
                    SampleResults.ok("reset", 1),
                    RowResult.notExamined(
                        SampleResults.row("half", "3.1.2-8", "will").onlyByPackets(), "gone"))));

    assertThat(JsonReport.of(examination).split("\"id\":"))
        .satisfiesExactly(
            head -> assertThat(head).doesNotContain("engine"),
            row -> assertThat(row).startsWith("\"reset\"").contains("\"engine\":\"paho\""),
            row -> assertThat(row).startsWith("\"half\"").contains("\"engine\":\"drill\""));
  }

  @Test
  void whatABrokerSaysIsEscaped() {
    assertThat(JsonReport.of(SampleResults.hostile()))
        .matches("[ -~]+\n")
        .contains("\\u001B[2J\\u0007");
  }
}
