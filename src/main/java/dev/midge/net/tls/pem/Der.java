package dev.midge.net.tls.pem;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.util.Arrays;

/** The little of ASN.1's DER that is read and written beyond what Java does itself. */
public final class Der {
  public static final int INTEGER = 0x02;
  public static final int OCTETS = 0x04;
  public static final int OID = 0x06;
  public static final int SEQUENCE = 0x30;

  /** An explicit tag {@code [0]}. */
  static final int EXPLICIT_0 = 0xA0;

  private final byte[] bytes;
  private int at;

  /** Reads the elements that stand there one after the other. */
  Der(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean nextIs(int tag) {
    return at < bytes.length && (bytes[at] & 0xFF) == tag;
  }

  /** Takes the next element, which has to be of that kind, and returns its content. */
  byte[] take(int tag) throws InvalidKeyException {
    if (!nextIs(tag)) {
      throw new InvalidKeyException("the key is damaged");
    }
    at++;
    int length = length();
    if (length < 0 || length > bytes.length - at) {
      throw new InvalidKeyException("the key is damaged");
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** Takes the next element and returns it as a sequence to be read. */
  Der enter(int tag) throws InvalidKeyException {
    return new Der(take(tag));
  }

  /** Takes a small number. */
  int number() throws InvalidKeyException {
    BigInteger number = new BigInteger(take(INTEGER));
    if (number.signum() < 0 || number.bitLength() >= Integer.SIZE) {
      throw new InvalidKeyException("the key is damaged");
    }
    return number.intValue();
  }

  private int length() throws InvalidKeyException {
    int first = at < bytes.length ? bytes[at++] & 0xFF : 0xFF;
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7F;
    if (count == 0 || count > 3 || count > bytes.length - at) {
      throw new InvalidKeyException("the key is damaged");
    }
    int length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | bytes[at++] & 0xFF;
    }
    return length;
  }

  /** Returns an element with these contents. */
  public static byte[] element(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] one : contents) {
      content.writeBytes(one);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int length = content.size();
    if (length < 0x80) {
      element.write(length);
    } else {
      byte[] number = BigInteger.valueOf(length).toByteArray();
      int skip = number[0] == 0 ? 1 : 0;
      element.write(0x80 | number.length - skip);
      element.write(number, skip, number.length - skip);
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }
}
