package dev.midge.cli.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of time that recordings have. */
class RecordedTimeTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-29T07:15:45.068629Z, 2026-11-29T07:15:45.068629Z",
    "2026-11-29T07:15:45Z, 2026-11-29T07:15:45Z",
    "2026-11-29T07:15:45.5+05:30, 2026-11-29T01:45:45.5Z",
    "2026-11-29T07:15:45.5-0800, 2026-11-29T15:15:45.5Z",
    "2026-11-29T06:58:29.719865Z+0100, 2026-11-29T05:58:29.719865Z",
    "2026-11-29T06:58:29.719865, 2026-11-29T06:58:29.719865Z",
    "1586000000, 2020-04-04T11:33:20Z",
    "1586000000.25, 2020-04-04T11:33:20.25Z",
  })
  void theseAreTimes(String text, String time) {
    assertThat(RecordedTime.parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "noon", "2026-11-29", "2026-13-29T07:15:45Z", "Z", "+05:30", "T", "-"})
  void theseAreNone(String text) {
    assertThat(RecordedTime.parse(text)).isNull();
  }

  @Test
  void aTimeIsReadToTheNanosecond() {
    assertThat(RecordedTime.parse("2026-11-29T07:15:45.123456789Z").getNano())
        .isEqualTo(123_456_789);
  }
}
