package dev.midge.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The abbreviation of the time zone, as {@code CET} or {@code -03}. Java has names of its own for
 * two zones in five, so that the system's time zone files (RFC 9636) are asked first.
 */
final class ZoneAbbreviation {
  private static final Path FILES = Path.of("/usr/share/zoneinfo");
  private static final int MAGIC = 0x545A6966;
  private static final int HEADER = 44;
  private static final int TYPE = 6;

  private @Nullable ZoneOffset knownOffset;
  private String known = "";

  String of(ZonedDateTime time) {
    if (!time.getOffset().equals(knownOffset)) {
      knownOffset = time.getOffset();
      known = find(time);
    }
    return known;
  }

  private static String find(ZonedDateTime time) {
    if (time.getZone().equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    try {
      return fromFile(
          ByteBuffer.wrap(Files.readAllBytes(FILES.resolve(time.getZone().getId()))), time);
    } catch (IOException | InvalidPathException | IndexOutOfBoundsException e) {
      TimeZone zone = TimeZone.getTimeZone(time.getZone());
      boolean summer = time.getZone().getRules().isDaylightSavings(time.toInstant());
      return zone.getDisplayName(summer, TimeZone.SHORT, Locale.ROOT);
    }
  }

  /** Returns the name that the zone last had for its offset of that time. */
  private static String fromFile(ByteBuffer file, ZonedDateTime time) throws IOException {
    if (file.remaining() < HEADER || file.getInt(0) != MAGIC || file.get(4) < '2') {
      throw new IOException("no time zone file, or one of the first version");
    }
    // All is said twice, first with 32-bit times, which we skip. Both parts begin with their
    // counts.
    int header =
        HEADER
            + file.getInt(32) * 5
            + file.getInt(36) * TYPE
            + file.getInt(40)
            + file.getInt(28) * 8
            + file.getInt(24)
            + file.getInt(20);
    int transitions = file.getInt(header + 32);
    int times = header + HEADER;
    int indexes = times + transitions * 8;
    int types = indexes + transitions;
    int names = types + file.getInt(header + 36) * TYPE;
    int found = types;
    for (int i = 0; i < transitions && file.getLong(times + i * 8) <= time.toEpochSecond(); i++) {
      int type = types + (file.get(indexes + i) & 0xFF) * TYPE;
      if (file.getInt(type) == time.getOffset().getTotalSeconds()) {
        found = type;
      }
    }
    int from = names + (file.get(found + 5) & 0xFF);
    int to = from;
    while (file.get(to) != 0) {
      to++;
    }
    return new String(file.array(), from, to - from, StandardCharsets.US_ASCII);
  }
}
