package dev.midge.lwt.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Several brokers side by side. */
class ComparisonTest {
  private static final Examination YOURS =
      SampleResults.examination(SampleResults.YOURS, SampleResults.ofEachVerdict());
  private static final Examination MINI =
      SampleResults.examination(SampleResults.MINI, SampleResults.ofEachVerdict());

  private static String comparison(int width, Examination... all) {
    return Comparison.of(List.of(all), width, Colours.NONE);
  }

  @Test
  void withNamesAndWordsWhereTheyFit() {
    assertThat(comparison(80, YOURS, MINI))
        .isEqualTo(
            """
            row                 broker.example:8883  the mini broker
            clean               ok                   ok
            reset               4 ms                 4 ms
            freeze              late, 4.31 s         late, 4.31 s
            freeze-half-packet  early, 1.10 s        early, 1.10 s
            delay-expiry-0      failed               failed
            tls-cut             skipped              skipped
            to-group            not examined         not examined

            broker.example:8883 (mosquitto version 2.0.11) over TLS, MQTT 5: 2 ok, 1 failed,
               1 late, 1 early, 1 skipped, 1 not examined
            the mini broker over TCP, MQTT 5: 2 ok, 1 failed, 1 late, 1 early, 1 skipped, 1
               not examined
            """);
  }

  @Test
  void withNumbersAndSignsWhereThereIsLessRoom() {
    assertThat(comparison(40, YOURS, MINI))
        .startsWith(
            """
            row                 1       2
            clean               ok      ok
            reset               4 ms    4 ms
            freeze              late    late
            freeze-half-packet  early   early
            delay-expiry-0      failed  failed
            tls-cut             -       -
            to-group            ?       ?

            -  skipped: the broker or this version
               of MQTT has no such thing
            ?  not examined
            1  broker.example:8883 (mosquitto
            """);
  }

  @Test
  void moreBrokersThanFitMakeSeveralTables() {
    Examination[] many = {YOURS, MINI, YOURS, MINI, YOURS, MINI, YOURS, MINI, YOURS, MINI};

    String comparison = comparison(60, many);

    assertThat(comparison.lines().filter(line -> line.startsWith("row ")))
        .containsExactly(
            "row                 1       2       3       4       5",
            "row                 6       7       8       9       10");
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    for (int width = 20; width <= 200; width++) {
      for (String line :
          (comparison(width, YOURS, MINI, YOURS)
                  + comparison(width, SampleResults.hostile(), SampleResults.hostile()))
              .lines()
              .toList()) {
        assertThat(Columns.width(line)).as("%d: %s", width, line).isLessThanOrEqualTo(width);
      }
    }
  }

  @Test
  void whatABrokerSaysIsText() {
    assertThat(comparison(300, SampleResults.hostile(), SampleResults.hostile()))
        .contains("row     \\x1b[2J")
        .doesNotContain("\033", "\u202e", "\u2028", "\u0007", "\u009b");
  }

  @Test
  void verdictsHaveColoursThatTakeNoRoom() {
    String coloured =
        Comparison.of(
            List.of(YOURS, MINI), 80, (verdict, text) -> "<" + verdict.ordinal() + text + ">");

    assertThat(coloured).contains("<04 ms>  ", "<5failed>\n");
    assertThat(coloured.replaceAll("<\\d([^>]*)>", "$1")).isEqualTo(comparison(80, YOURS, MINI));
  }
}
