package dev.midge.lwt.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.row.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text for a broker's developers. */
class MarkdownReportTest {
  private static final String REPORT =
      MarkdownReport.of(
          List.of(SampleResults.examination(SampleResults.YOURS, SampleResults.ofEachVerdict())));

  @Test
  void aSectionCanBeSentAsItIs() {
    assertThat(REPORT)
        .contains(
            """
            ## delay-expiry-0: failed

            - Broker: `mosquitto version 2.0.11`
            - Protocol: MQTT 5 over TLS
            - Its CONNACK says: `receive-maximum=20`
            - Examined by midge 1.0 at 2026-11-28T17:21:40Z

            Rule (MQTT 5.0: 3.1.3-9): A will with a delay is published when the delay has passed or the session ends, whichever is first.

            - The client: delay 20, session expiry 0, TCP RST
            - Expected: will at once (time: 1.00 s)
            - Seen: `no will within 5 s of the end of the connection`
            - What was seen is not what the rule wants.
            - Control: a will of the same kind, brought about by a TCP reset right after, reached the same watcher.

            To repeat it:

            ```sh
            midge lwt -h broker.example -p 8883 -V 5 -u me --pw-file FILE --only delay-expiry-0
            ```

            The packets, with seconds since the row began (`->` to the broker, `<-` from it):

            ```text
               0.000  victim     -> CONNECT id 'v' will to 'p/delay-expiry-0'
               0.002  victim     <- CONNACK 0x00
               0.003  victim     -- TCP RST
            ```
            """);
  }

  @Test
  void whatIsNotOkHasASectionAndTheRestALine() {
    assertThat(REPORT.lines().filter(line -> line.startsWith("#")))
        .containsExactly(
            "# Last Will drill: `broker.example:8883`",
            "## freeze: late by 1.31 s",
            "## freeze-half-packet: early",
            "## delay-expiry-0: failed");
    assertThat(REPORT)
        .contains("\n- Result: 2 ok, 1 failed, 1 late, 1 early, 1 skipped, 1 not examined\n")
        .endsWith(
            """
            Skipped:

            - `tls-cut`: `not over TLS`

            Not examined, which says nothing about the broker:

            - `to-group`: `the control failed`
            """);
  }

  @Test
  void ifAllIsWellItSaysSo() {
    assertThat(
            MarkdownReport.of(
                List.of(
                    SampleResults.examination(
                        SampleResults.MINI, List.of(SampleResults.ok("reset", 1))))))
        .isEqualTo(
            """
            # Last Will drill: `the mini broker`

            - Broker: it tells no version
            - Protocol: MQTT 5 over TCP
            - Its CONNACK says: `receive-maximum=20`
            - Examined by midge 1.0 at 2026-11-28T17:21:40Z
            - Result: 1 ok, 0 failed

            The broker kept its word in every row that was played.
            """);
  }

  @Test
  void whatWasNotExaminedIsNotPraised() {
    var row =
        SampleResults.result(
            SampleResults.row("reset", "3.1.2-8", "will"),
            Verdict.NOT_EXAMINED,
            null,
            null,
            null,
            "the broker was gone");
    ConnectionFailure lost = new ConnectionFailure(ConnectionFailure.Kind.LOST, null);

    assertThat(
            MarkdownReport.of(
                List.of(
                    SampleResults.examination(
                        SampleResults.YOURS, List.of(row), lost, List.of("p/x")))))
        .contains("The drill ended early: `the connection was lost`.")
        .contains("No row that was examined went wrong.")
        .doesNotContain("kept its word")
        .endsWith("\n- Could not be removed from the broker: `p/x`\n");
  }

  @Test
  void whatABrokerSaysIsTextWithoutMarks() {
    String report = MarkdownReport.of(List.of(SampleResults.hostile()));

    assertThat(report)
        .contains("- Broker: ```\\x1b[2J\\x07\\u009b\\u202etxt\\u2028\\n\\t")
        .doesNotContain("\033", "\u202e", "\u2028", "\u0007", "\u009b");
    // The words that look like marks stand in code alone.
    assertThat(report.lines().filter(line -> line.contains("<b>")))
        .allMatch(line -> line.contains("```") || line.startsWith("   0.001  victim"));
  }
}
