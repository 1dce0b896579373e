package dev.midge.lwt.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of the rows. */
class RowListTest {
  @Test
  void idClauseAndSentence() {
    assertThat(
            RowList.of(
                List.of(
                    SampleResults.row("reset", "3.1.2-8", "will"),
                    SampleResults.rowOf5("delay-expiry-0"),
                    SampleResults.row("half", "3.1.2-8", "will").onlyByPackets()),
                80))
        .isEqualTo(
            """
            reset (3.1.2-8)
                The rule of reset in one sentence.
            delay-expiry-0 (3.1.3-9, MQTT 5 only)
                A will with a delay is published when the delay has passed or the session
                ends, whichever is first.
            half (3.1.2-8, --engine does not apply)
                The rule of half in one sentence.
            """);
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    for (int width = 20; width <= 80; width++) {
      for (String line :
          RowList.of(List.of(SampleResults.rowOf5("delay-expiry-0")), width).lines().toList()) {
        assertThat(line.length()).as("%d: %s", width, line).isLessThanOrEqualTo(width);
      }
    }
  }
}
