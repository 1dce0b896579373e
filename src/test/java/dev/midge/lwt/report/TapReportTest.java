package dev.midge.lwt.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ConnectionFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of the Test Anything Protocol. */
class TapReportTest {
  private static final Examination MIXED =
      SampleResults.examination(SampleResults.YOURS, SampleResults.ofEachVerdict());

  @Test
  void aPointForEachRow() {
    assertThat(TapReport.of(MIXED))
        .isEqualTo(
            """
            TAP version 13
            1..7
            # broker.example:8883, MQTT 5: 2 ok, 1 failed, 1 late, 1 early, 1 skipped, 1 not examined
            ok 1 - clean
            ok 2 - reset # 4 ms
            ok 3 - freeze # late by 1.31 s
            ok 4 - freeze-half-packet # early
            not ok 5 - delay-expiry-0 # failed
              ---
              verdict: "failed"
              clause: "3.1.3-9"
              rule: "A will with a delay is published when the delay has passed or the session ends, whichever is first."
              ending: "delay 20, session expiry 0, TCP RST"
              expected: "will at once"
              seen: "no will within 5 s of the end of the connection"
              after: "-"
              repeat: "midge lwt -h broker.example -p 8883 -V 5 -u me --pw-file FILE --only delay-expiry-0"
              ...
            ok 6 - tls-cut # SKIP not over TLS
            ok 7 - to-group # SKIP not examined: the control failed
            """);
  }

  @Test
  void strictCountsLateAndEarlyAsFailures() {
    assertThat(TapReport.of(SampleResults.strict(MIXED)))
        .contains(
            "\nnot ok 3 - freeze # late by 1.31 s\n", "\nnot ok 4 - freeze-half-packet # early\n");
  }

  @Test
  void anEarlyEndIsABailOut() {
    ConnectionFailure lost = new ConnectionFailure(ConnectionFailure.Kind.LOST, "Connection reset");

    assertThat(
            TapReport.of(
                SampleResults.examination(SampleResults.YOURS, List.of(), lost, List.of("p/x"))))
        .endsWith("# left behind: p/x\nBail out! connection lost: Connection reset\n");
  }

  @Test
  void whatABrokerSaysIsTextAndNoDirective() {
    assertThat(TapReport.of(SampleResults.hostile()))
        .contains("  seen: \"\\\\x1b[2J\\\\x07\\\\u009b\\\\u202etxt\\\\u2028\\\\n\\\\t")
        .contains(" SKIP \\x1b[2J")
        .contains("`` \\# | \\x00")
        .doesNotContain("\033", "\u202e", "\u2028", "\u0007", "\u009b");
  }
}
