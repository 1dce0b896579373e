package dev.midge.lwt.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.EngineKind;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.lwt.row.Verdict;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of one drill, on wide and on narrow terminals. */
class TableTest {
  private static final Examination MIXED =
      SampleResults.examination(SampleResults.YOURS, SampleResults.ofEachVerdict());

  private static String table(Examination examination, int width) {
    return Table.of(examination, width, Colours.NONE);
  }

  @Test
  void in80Columns() {
    assertThat(table(MIXED, 80))
        .isEqualTo(
            """
            row                 expected      seen                    after   verdict
            clean               no will       nothing                 -       ok
            reset               will          "offline"               4 ms    ok
            freeze              will by 3 s   "offline"               4.31 s  late by 1.31 s
            freeze-half-packet  will by 3 s   "offline"               1.10 s  early
            delay-expiry-0      will at once  no will within 5 s of…  -       failed
            tls-cut             will          not over TLS            -       skipped
            to-group            one of them   the control failed      -       not examined

            delay-expiry-0: no will within 5 s of the end of the connection

            broker.exam…, MQTT 5: 2 ok, 1 failed, 1 late, 1 early, 1 skipped, 1 not examined
            """);
  }

  @Test
  void theEngineAndTheRowsThatItDidNotPlay() {
    List<RowResult> rows =
        List.of(
            SampleResults.ok("reset", 4),
            RowResult.of(
                SampleResults.row("half", "3.1.2-8", "will").onlyByPackets(),
                ScriptResult.ok("will"),
                null,
                List.of()));
    Examination examination = SampleResults.examination(SampleResults.MINI, rows);

    assertThat(table(SampleResults.by(EngineKind.PAHO, examination), 80))
        .endsWith(
            """
            half   will      will       -      ok

            by the drill itself, since no client library does that: half

            the mini broker, MQTT 5, engine paho: 2 ok, 0 failed
            """);
    assertThat(table(examination, 80))
        .endsWith(
            """
            half   will      will       -      ok

            the mini broker, MQTT 5: 2 ok, 0 failed
            """);
  }

  @Test
  void aWideTerminalHasTheClausesToo() {
    assertThat(table(MIXED, 140))
        .startsWith(
            """
            row                 clause    expected      seen                                             after   verdict
            clean               3.1.2-8   no will       nothing                                          -       ok
            """)
        .contains("  no will within 5 s of the end of the connection  -       failed\n")
        .endsWith(
            "not examined\n\n"
                + "broker.example:8883, MQTT 5: 2 ok, 1 failed, 1 late, 1 early, 1 skipped, 1 not"
                + " examined\n");
  }

  @Test
  void aNarrowTerminalKeepsTheVerdicts() {
    assertThat(table(MIXED, 20))
        .startsWith(
            """
            row   verdict
            cle…  ok
            res…  ok
            fre…  late by 1.31 s
            fre…  early
            del…  failed
            tls…  skipped
            to-…  not examined
            """);
  }

  @Test
  void noLineIsWiderThanTheTerminalAndNoVerdictIsCut() {
    for (int width = 20; width <= 200; width++) {
      for (Examination examination :
          List.of(MIXED, SampleResults.hostile(), SampleResults.times(MIXED, 9))) {
        String table = table(examination, width);
        List<String> lines = table.lines().toList();
        for (String line : lines) {
          assertThat(Columns.width(line)).as("%d: %s", width, line).isLessThanOrEqualTo(width);
        }
        for (int i = 0; i < examination.rows().size(); i++) {
          assertThat(lines.get(i + 1))
              .as("%d", width)
              .endsWith("  " + RowText.verdict(examination.rows().get(i)));
        }
      }
    }
  }

  @Test
  void theSummaryNamesWhatThereIsAndFailuresInAnyCase() {
    Examination well =
        SampleResults.examination(
            SampleResults.MINI,
            List.of(SampleResults.ok("clean", null), SampleResults.ok("reset", 4)));

    assertThat(table(well, 80))
        .isEqualTo(
            """
            row    expected  seen       after  verdict
            clean  no will   nothing    -      ok
            reset  will      "offline"  4 ms   ok

            the mini broker, MQTT 5: 2 ok, 0 failed
            """);
  }

  @Test
  void severalTimesAreLeastMedianAndMost() {
    Examination examination =
        SampleResults.times(
            SampleResults.examination(
                SampleResults.MINI,
                List.of(
                    SampleResults.repeated(SampleResults.ok("reset", 4), 2, 40),
                    SampleResults.repeated(SampleResults.ok("close", 900), 2, 1040),
                    SampleResults.repeated(
                        SampleResults.result(
                            SampleResults.row("freeze", "3.1.2-22", "will"),
                            Verdict.LATE,
                            "\"offline\"",
                            2900,
                            3000,
                            null),
                        2800,
                        4000))),
            5);

    assertThat(table(examination, 80))
        .startsWith(
            """
            row     expected  seen       after             verdict
            reset   will      "offline"  2/4/40 ms         ok
            close   will      "offline"  0.00/0.90/1.04 s  ok
            freeze  will      "offline"  2.80/2.90/4.00 s  late by 1.00 s
            """);
  }

  @Test
  void whatTheTableCannotSayStandsBelow() {
    Examination examination =
        SampleResults.examination(
            SampleResults.MINI,
            List.of(
                SampleResults.result(
                    SampleResults.row("server-keep-alive", "3.1.2-21", "will"),
                    Verdict.OK,
                    "\"offline\"",
                    4,
                    null,
                    "the broker demands 5 s")));

    assertThat(table(examination, 80))
        .contains("ok\n\nserver-keep-alive: the broker demands 5 s\n\nthe mini broker, ");
  }

  @Test
  void verdictsHaveColoursThatTakeNoRoom() {
    String table = Table.of(MIXED, 80, (verdict, text) -> "<" + verdict.ordinal() + text + ">");

    assertThat(table).contains("  <0ok>\n", "  <3late by 1.31 s>\n", "  <5failed>\n");
    assertThat(table.replaceAll("<\\d([^>]*)>", "$1")).isEqualTo(table(MIXED, 80));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "tr", "de"})
  void theLanguageOfTheUserChangesNothing(String language) {
    Locale usual = Locale.getDefault();
    String table = table(MIXED, 80);
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      assertThat(table(MIXED, 80)).isEqualTo(table);
    } finally {
      Locale.setDefault(usual);
    }
  }
}
