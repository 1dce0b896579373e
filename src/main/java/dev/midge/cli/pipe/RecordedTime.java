package dev.midge.cli.pipe;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the times of recordings. */
final class RecordedTime {
  /** As RFC 3339, and as mosquitto_sub: the colon of the offset may miss, a Z be in front of it. */
  private static final Pattern TEXT = Pattern.compile("(.+T[0-9:.]+)Z?(?:([+-]\\d\\d):?(\\d\\d))?");

  private static final Pattern SECONDS = Pattern.compile("\\d{1,11}(\\.\\d{1,9})?");

  private RecordedTime() {}

  /**
   * Returns the time of a text; null for a text that is none. Seconds since 1970 are one too, which
   * older versions of mosquitto_sub write.
   */
  static @Nullable Instant parse(String text) {
    try {
      if (SECONDS.matcher(text).matches()) {
        int point = text.indexOf('.');
        String fraction = point < 0 ? "" : text.substring(point + 1);
        return Instant.ofEpochSecond(
            Long.parseLong(point < 0 ? text : text.substring(0, point)),
            Long.parseLong((fraction + "000000000").substring(0, 9)));
      }
      Matcher matcher = TEXT.matcher(text);
      if (!matcher.matches()) {
        return null;
      }
      ZoneOffset offset =
          matcher.group(2) == null
              ? ZoneOffset.UTC
              : ZoneOffset.of(matcher.group(2) + ":" + matcher.group(3));
      return LocalDateTime.parse(matcher.group(1)).toInstant(offset);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
