package dev.midge.format;

import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;

/**
 * The specifiers after {@code @}, and the times elsewhere: what C's strftime prints in the C
 * locale, written out, since the names that Java knows depend on its locale data.
 */
public final class TimeSpecifiers {
  private static final String KNOWN = "%aAbBcCdDeFgGhHIjklmMnNpPrRsStTuUVwWxXyYzZ";
  private static final String[] DAYS = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"
  };
  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };

  private final Now now;
  private final ZoneAbbreviation abbreviation = new ZoneAbbreviation();

  TimeSpecifiers(Now now) {
    this.now = now;
  }

  /**
   * Returns the piece for a specifier; one that strftime does not know is copied with a {@code %}.
   */
  Segment of(int specifier) {
    if (specifier < 0x80 && KNOWN.indexOf(specifier) >= 0) {
      return (received, out) -> write(specifier, now.get(), out);
    }
    String unknown = "%" + Character.toString(specifier);
    return (received, out) -> out.put(unknown);
  }

  /**
   * Returns a time as C's strftime writes it in the C locale; what that does not know is copied.
   *
   * @param format with specifiers such as {@code %Y}
   */
  public static String strftime(String format, ZonedDateTime time) {
    TimeSpecifiers specifiers = new TimeSpecifiers(new Now(null));
    ByteBuilder out = new ByteBuilder();
    int from = 0;
    for (int i = format.indexOf('%'); i >= 0; i = format.indexOf('%', i)) {
      i++;
      if (i < format.length() && KNOWN.indexOf(format.charAt(i)) >= 0) {
        out.put(format.substring(from, i - 1));
        specifiers.write(format.charAt(i), time, out);
        from = ++i;
      }
    }
    out.put(format.substring(from));
    return out.text();
  }

  /** {@code 2026-11-23T01:08:28+0000}. */
  void dateAndTime(ByteBuilder out) {
    ZonedDateTime time = now.get();
    isoDateAndTime(time, out);
    offset(time, out);
  }

  /** {@code 2026-11-23T01:08:59.819284+0000}. */
  void timestamp(ByteBuilder out) {
    ZonedDateTime time = now.get();
    isoDateAndTime(time, out);
    out.put('.');
    out.putNumber(time.getNano() / 1000, 6, '0');
    offset(time, out);
  }

  /** {@code 2026-11-23T01:08:59.819284+01:00}, and {@code Z} for no offset: RFC 3339. */
  void internetTime(ByteBuilder out) {
    ZonedDateTime time = now.get();
    isoDateAndTime(time, out);
    out.put('.');
    out.putNumber(time.getNano() / 1000, 6, '0');
    if (time.getOffset().getTotalSeconds() == 0) {
      out.put('Z');
    } else {
      offset(time, out);
      out.insert(out.length() - 2, ':', 1);
    }
  }

  /** {@code 01:08:59.819}. */
  void clockTime(ByteBuilder out) {
    write('T', now.get(), out);
    out.put('.');
    out.putNumber(now.get().getNano() / 1_000_000, 3, '0');
  }

  /** Seconds since 1970, a point, nine digits. */
  void unixTime(ByteBuilder out) {
    write("s.N", now.get(), out);
  }

  private void write(int specifier, ZonedDateTime time, ByteBuilder out) {
    switch (specifier) {
      case 'a' -> out.put(DAYS[sundayBased(time)], 0, 3);
      case 'A' -> out.put(DAYS[sundayBased(time)]);
      case 'b', 'h' -> out.put(MONTHS[time.getMonthValue() - 1], 0, 3);
      case 'B' -> out.put(MONTHS[time.getMonthValue() - 1]);
      case 'c' -> write("a b e H:M:S Y", time, out);
      case 'C' -> twoDigits(Math.floorDiv(time.getYear(), 100), out);
      case 'd' -> twoDigits(time.getDayOfMonth(), out);
      case 'D', 'x' -> write("m/d/y", time, out);
      case 'e' -> out.putNumber(time.getDayOfMonth(), 2, ' ');
      case 'F' -> write("Y-m-d", time, out);
      case 'g' -> twoDigits(Math.floorMod(weekBasedYear(time), 100), out);
      case 'G' -> out.putNumber(weekBasedYear(time));
      case 'H' -> twoDigits(time.getHour(), out);
      case 'I' -> twoDigits(twelveHour(time), out);
      case 'j' -> out.putNumber(time.getDayOfYear(), 3, '0');
      case 'k' -> out.putNumber(time.getHour(), 2, ' ');
      case 'l' -> out.putNumber(twelveHour(time), 2, ' ');
      case 'm' -> twoDigits(time.getMonthValue(), out);
      case 'M' -> twoDigits(time.getMinute(), out);
      case 'n' -> out.put('\n');
      case 'N' -> out.putNumber(time.getNano(), 9, '0');
      case 'p' -> out.put(time.getHour() < 12 ? "AM" : "PM");
      case 'P' -> out.put(time.getHour() < 12 ? "am" : "pm");
      case 'r' -> write("I:M:S p", time, out);
      case 'R' -> write("H:M", time, out);
      case 's' -> out.putNumber(time.toEpochSecond());
      case 'S' -> twoDigits(time.getSecond(), out);
      case 't' -> out.put('\t');
      case 'T', 'X' -> write("H:M:S", time, out);
      case 'u' -> out.putNumber(time.getDayOfWeek().getValue());
      case 'U' -> twoDigits(weekOfYear(time, sundayBased(time)), out);
      case 'V' -> twoDigits(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), out);
      case 'w' -> out.putNumber(sundayBased(time));
      case 'W' -> twoDigits(weekOfYear(time, time.getDayOfWeek().getValue() - 1), out);
      case 'y' -> twoDigits(Math.floorMod(time.getYear(), 100), out);
      case 'Y' -> out.putNumber(time.getYear());
      case 'z' -> offset(time, out);
      case 'Z' -> out.put(abbreviation.of(time));
      default -> out.put(specifier);
    }
  }

  /** Writes several specifiers and, as they are, the characters between them that are none. */
  private void write(String specifiers, ZonedDateTime time, ByteBuilder out) {
    for (int i = 0; i < specifiers.length(); i++) {
      write(specifiers.charAt(i), time, out);
    }
  }

  private void isoDateAndTime(ZonedDateTime time, ByteBuilder out) {
    write('F', time, out);
    out.put('T');
    write('T', time, out);
  }

  private static void twoDigits(int number, ByteBuilder out) {
    out.putNumber(number, 2, '0');
  }

  private static void offset(ZonedDateTime time, ByteBuilder out) {
    int minutes = time.getOffset().getTotalSeconds() / 60;
    out.put(minutes < 0 ? '-' : '+');
    twoDigits(Math.abs(minutes) / 60, out);
    twoDigits(Math.abs(minutes) % 60, out);
  }

  private static int twelveHour(ZonedDateTime time) {
    return (time.getHour() + 11) % 12 + 1;
  }

  private static int sundayBased(ZonedDateTime time) {
    return time.getDayOfWeek().getValue() % 7;
  }

  private static int weekBasedYear(ZonedDateTime time) {
    return time.get(IsoFields.WEEK_BASED_YEAR);
  }

  /** Returns the week of the year; the days before the first beginning of a week are in week 0. */
  private static int weekOfYear(ZonedDateTime time, int daysIntoWeek) {
    return (time.getDayOfYear() + 6 - daysIntoWeek) / 7;
  }
}
