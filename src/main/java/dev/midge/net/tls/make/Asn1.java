package dev.midge.net.tls.make;

import dev.midge.net.tls.pem.Der;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The elements of ASN.1 that certificates consist of, as DER. */
final class Asn1 {
  private static final int BOOLEAN = 0x01;
  private static final int BITS = 0x03;
  private static final int NULL = 0x05;
  private static final int UTF8 = 0x0C;
  private static final int SET = 0x31;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0x20;

  // RFC 5280 4.1.2.5: from this year on, a year has four digits.
  private static final int LONG_YEARS = 2050;
  private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'");
  private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

  private Asn1() {}

  static byte[] sequence(byte[]... parts) {
    return Der.element(Der.SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return Der.element(SET, parts);
  }

  static byte[] integer(BigInteger number) {
    return Der.element(Der.INTEGER, number.toByteArray());
  }

  static byte[] yes() {
    return Der.element(BOOLEAN, new byte[] {(byte) 0xFF});
  }

  static byte[] nothing() {
    return Der.element(NULL);
  }

  static byte[] octets(byte[] bytes) {
    return Der.element(Der.OCTETS, bytes);
  }

  static byte[] utf8(String text) {
    return Der.element(UTF8, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a string of bits that fills its bytes. */
  static byte[] bits(byte[] bytes) {
    return Der.element(BITS, new byte[] {0}, bytes);
  }

  /**
   * Returns a string of named bits: DER leaves the zeros at the end out.
   *
   * @param numbers of the bits that are set, 0 to 7
   */
  static byte[] namedBits(int... numbers) {
    int value = 0;
    for (int number : numbers) {
      value |= 0x80 >> number;
    }
    int unused = Integer.numberOfTrailingZeros(value);
    return Der.element(BITS, new byte[] {(byte) unused, (byte) value});
  }

  /** Returns an element with an explicit tag {@code [number]}. */
  static byte[] explicit(int number, byte[]... parts) {
    return Der.element(CONTEXT | CONSTRUCTED | number, parts);
  }

  /** Returns bytes under an implicit tag {@code [number]}. */
  static byte[] implicit(int number, byte[] bytes) {
    return Der.element(CONTEXT | number, bytes);
  }

  static byte[] time(Instant instant) {
    var utc = instant.atOffset(ZoneOffset.UTC);
    boolean isLong = utc.getYear() >= LONG_YEARS;
    String text = utc.format(isLong ? LONG : SHORT);
    return Der.element(
        isLong ? GENERALIZED_TIME : UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Returns an object identifier.
   *
   * @param dotted such as {@code 2.5.29.17}
   */
  static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.");
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      int arc = Integer.parseInt(arcs[i]);
      int groups = Math.max(1, (32 - Integer.numberOfLeadingZeros(arc) + 6) / 7);
      for (int group = groups - 1; group >= 0; group--) {
        content.write(arc >> 7 * group & 0x7F | (group > 0 ? 0x80 : 0));
      }
    }
    return Der.element(Der.OID, content.toByteArray());
  }
}
