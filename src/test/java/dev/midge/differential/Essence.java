package dev.midge.differential;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes out of texts and packets what may differ from run to run without meaning anything: process
 * ids, times, random client ids, the version, the usage text. Of standard error also blank lines
 * and the final full stop of a line, of which the contract says that nothing may depend on the
 * former (section 1) and that the latter, also before a closing parenthesis, went with 2.1 (section
 * 10).
 */
final class Essence {
  private static final Pattern RANDOM_ID = Pattern.compile("mosq-[A-Za-z0-9]{18}");
  private static final Pattern ASSIGNED_ID = Pattern.compile("auto-[0-9A-Fa-f-]{36}");
  private static final Pattern TIMESTAMP =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
  private static final Pattern MICROSECONDS = Pattern.compile("TIME\\.\\d{6}");

  private static final Pattern VERSION =
      Pattern.compile(
          "(mosquitto_\\w+) version (?:\\S+|\\(not packaged\\)) running on \\w+ (\\d+\\.\\d+\\.\\d+|\\(not packaged\\))");

  /** From the usage text, which is each maker's own, to the end. */
  private static final Pattern USAGE =
      Pattern.compile("(?s)(?:mosquitto_\\w+ is an? .*?)?Usage: (mosquitto_\\w+) .*");

  private static final Pattern FULL_STOP = Pattern.compile("\\.?(\\)?)\\.?$");

  /** As long as a random id, so that the lengths around it stay true. */
  private static final String SOME_RANDOM_ID = "mosq-RRRRRRRRRRRRRRRRRR";

  private Essence() {}

  /** Of standard output, whose bytes stand as the characters 0 to 255. */
  static String ofOut(byte[] out, long pid, boolean sorted) {
    String text = new String(out, StandardCharsets.ISO_8859_1);
    if (sorted) {
      text = text.lines().sorted().collect(Collectors.joining("\n"));
    }
    text = VERSION.matcher(withoutIds(text, pid)).replaceAll("$1 version V running on M V");
    text = USAGE.matcher(text).replaceFirst("USAGE of $1\n");
    text = TIMESTAMP.matcher(text).replaceAll("TIME");
    return MICROSECONDS.matcher(text).replaceAll("TIME.MICROS");
  }

  static String ofErr(String err, long pid) {
    return withoutIds(err, pid)
        .lines()
        .map(line -> FULL_STOP.matcher(line).replaceFirst("$1"))
        .filter(line -> !line.isBlank())
        .collect(Collectors.joining("\n"));
  }

  /** Of a packet as the characters 0 to 255. Only CONNECT carries a client id. */
  static String ofPacket(String packet, long pid) {
    if (packet.isEmpty() || packet.charAt(0) != 0x10) {
      return packet;
    }
    String id = clientId(packet);
    String digits = Long.toString(pid);
    if (RANDOM_ID.matcher(id).matches()) {
      return packet.replace(id, SOME_RANDOM_ID);
    }
    if (id.endsWith(digits)) {
      // The lengths before the id count the digits of the process id: they are made to count PID.
      String plain = id.substring(0, id.length() - digits.length()) + "PID";
      String body = body(packet).replace(field(id), field(plain));
      return "\u0010" + remainingLength(body.length()) + body;
    }
    return packet;
  }

  private static String withoutIds(String text, long pid) {
    String plain = RANDOM_ID.matcher(text).replaceAll(SOME_RANDOM_ID);
    plain = ASSIGNED_ID.matcher(plain).replaceAll("auto-ID");
    return plain.replaceAll("(?<!\\d)" + pid + "(?!\\d)", "PID");
  }

  private static String body(String packet) {
    int start = 1;
    while (packet.charAt(start) >= 0x80) {
      start++;
    }
    return packet.substring(start + 1);
  }

  private static String clientId(String packet) {
    String body = body(packet);
    int at = 2 + uint16(body, 0);
    boolean v5 = body.charAt(at) == 5;
    at += 4;
    if (v5) {
      int length = 0;
      int shift = 0;
      char digit;
      do {
        digit = body.charAt(at++);
        length |= (digit & 0x7F) << shift;
        shift += 7;
      } while (digit >= 0x80);
      at += length;
    }
    return body.substring(at + 2, at + 2 + uint16(body, at));
  }

  private static int uint16(String bytes, int at) {
    return bytes.charAt(at) << 8 | bytes.charAt(at + 1);
  }

  private static String field(String text) {
    return "" + (char) (text.length() >> 8) + (char) (text.length() & 0xFF) + text;
  }

  private static String remainingLength(int length) {
    StringBuilder digits = new StringBuilder();
    int rest = length;
    do {
      int digit = rest & 0x7F;
      rest >>= 7;
      digits.append((char) (rest > 0 ? digit | 0x80 : digit));
    } while (rest > 0);
    return digits.toString();
  }
}
