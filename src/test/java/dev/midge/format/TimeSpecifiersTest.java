package dev.midge.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code @} and its letters, beside what glibc's strftime says. */
class TimeSpecifiersTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      delimiter = '\u00A6',
      value = {
        "@Y-@m-@d @H:@M:@S.@N¦2026-11-23 07:15:45.068629692",
        "@F @T|@D|@R|@z|@Z¦2026-11-23 07:15:45|11/23/26|07:15|+0000|UTC",
        "@c|@x|@X¦Mon Nov 23 07:15:45 2026|11/23/26|07:15:45",
        "@a|@A|@b|@h|@B|@p|@P¦Mon|Monday|Nov|Nov|November|AM|am",
        "@r|@I|@l|@k|@e|@j¦07:15:45 AM|07| 7| 7|23|327",
        "@C|@y|@g|@G|@V|@U|@W|@u|@w¦20|26|26|2026|48|47|47|1|1",
        "@i|@f|@J|@K|@L|@o|@O|@E|@Q|@v|@1|@+|@-|@_|@#|@^|@!¦"
            + "%i|%f|%J|%K|%L|%o|%O|%E|%Q|%v|%1|%+|%-|%_|%#|%^|%!",
      })
  void aMomentPrints(String template, String expected) throws Exception {
    assertThat(print(template, Samples.CLOCK)).isEqualTo(expected);
  }

  @Test
  void lettersThatAreNoTime() throws Exception {
    assertThat(print("@n|@t|@%|@@", Samples.CLOCK)).isEqualTo("\n|\t|%|@");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-05T00:05:09Z, 12:05:09 AM|12|Sun| 5| 0|7",
    "2026-07-05T12:00:00Z, 12:00:00 PM|12|Sun| 5|12|7",
    "2026-07-05T23:59:59Z, 11:59:59 PM|11|Sun| 5|23|7",
  })
  void hoursOfTwelve(String instant, String expected) throws Exception {
    assertThat(print("@r|@l|@a|@e|@k|@u", at(instant, "UTC"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-01T12:00:00Z, Europe/Berlin,       +0200 CEST 14",
    "2026-12-01T12:00:00Z, Europe/Berlin,       +0100 CET 13",
    "2026-12-01T12:00:00Z, Asia/Kolkata,        +0530 IST 17",
    "2026-07-01T12:00:00Z, America/New_York,    -0400 EDT 08",
    "2026-12-01T12:00:00Z, America/St_Johns,    -0330 NST 08",
    "2026-12-01T12:00:00Z, Etc/UTC,             +0000 UTC 12",
    "2026-12-01T12:00:00Z, Z,                   +0000 UTC 12",
  })
  void zones(String instant, String zone, String expected) throws Exception {
    assertThat(print("@z @Z @H", at(instant, zone))).isEqualTo(expected);
  }

  @Test
  void weeksAreThoseOfStrftime() throws Exception {
    // Checked against glibc: each first of January from 2017 to 2027, as "@U @W @V @G @g".
    String[] expected = {
      "01 00 52 2016 16",
      "00 01 01 2018 18",
      "00 00 01 2019 19",
      "00 00 01 2020 20",
      "00 00 53 2020 20",
      "00 00 52 2021 21",
      "01 00 52 2022 22",
      "00 01 01 2024 24",
      "00 00 01 2025 25",
      "00 00 01 2026 26",
      "00 00 53 2026 26"
    };
    for (int i = 0; i < expected.length; i++) {
      LocalDate day = LocalDate.of(2017 + i, 1, 1);
      assertThat(print("@U @W @V @G @g", at(day + "T12:00:00Z", "UTC")))
          .as("%s", day)
          .isEqualTo(expected[i]);
    }
  }

  @Test
  void allPiecesOfAMessageShareOneMomentAndTheNextMessageHasItsOwn() throws Exception {
    Clock[] ticking = {at("2026-01-01T00:00:00Z", "UTC")};
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ticking[0].getZone();
          }

          @Override
          public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
          }

          @Override
          public Instant instant() {
            Instant now = ticking[0].instant();
            ticking[0] = Clock.fixed(now.plusSeconds(1), getZone());
            return now;
          }
        };
    Printer printer = Printer.of(Samples.format("@S %U @S|"), clock, text -> {});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    printer.print(Samples.received("x"), out);
    printer.print(Samples.received("x"), out);
    assertThat(out.toString()).isEqualTo("00 1767225600.000000000 00|01 1767225601.000000000 01|");
  }

  private static Clock at(String instant, String zone) {
    return Clock.fixed(Instant.parse(instant), ZoneId.of(zone));
  }

  private static String print(String template, Clock clock) throws FormatException {
    return Samples.print(Samples.format(template), clock, Samples.received("x")).text();
  }
}
