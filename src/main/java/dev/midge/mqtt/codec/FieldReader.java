package dev.midge.mqtt.codec;

import dev.midge.mqtt.ReasonCode;
import dev.midge.text.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The data types of MQTT (5.0, 1.5), taken from the body of one packet. The buffer's limit is the
 * end of the packet, or of the property block that is being read; nothing is read beyond it.
 */
final class FieldReader {
  private final ByteBuffer body;
  private int reasonCode = ReasonCode.MALFORMED_PACKET;
  private MalformedPacketException.Answer answer = MalformedPacketException.Answer.REASON_CODE;

  FieldReader(ByteBuffer body) {
    this.body = body;
  }

  /** Sets the answer to a body that is cut short, or to bad text, from here on. */
  void onFault(int newReasonCode, MalformedPacketException.Answer newAnswer) {
    reasonCode = newReasonCode;
    answer = newAnswer;
  }

  MalformedPacketException fault(String what) {
    return new MalformedPacketException(reasonCode, answer, what);
  }

  boolean hasMore() {
    return body.hasRemaining();
  }

  int remaining() {
    return body.remaining();
  }

  /** Ends the body here. */
  void end() throws MalformedPacketException {
    if (body.hasRemaining()) {
      throw fault("surplus bytes");
    }
  }

  int oneByte() throws MalformedPacketException {
    need(1);
    return body.get() & 0xFF;
  }

  int twoBytes() throws MalformedPacketException {
    need(2);
    return (body.get() & 0xFF) << 8 | (body.get() & 0xFF);
  }

  long fourBytes() throws MalformedPacketException {
    long upper = twoBytes();
    return upper << 16 | twoBytes();
  }

  /** Takes a variable byte integer in at most four bytes, and in the fewest possible. */
  int variableByteInteger() throws MalformedPacketException {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int next = oneByte();
      value |= (next & 0x7F) << shift;
      if (next < 0x80) {
        if (next == 0 && shift > 0) {
          throw fault("variable byte integer longer than needed"); // [MQTT-1.5.5-1]
        }
        return value;
      }
    }
    throw fault("variable byte integer of more than four bytes");
  }

  byte[] binary() throws MalformedPacketException {
    return bytes(twoBytes());
  }

  /** Takes all that is left. */
  byte[] rest() {
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return bytes;
  }

  /** Tells whether a string or binary that starts here is whole. */
  boolean holdsLengthAndBytes() {
    if (body.remaining() < 2) {
      return false;
    }
    return body.remaining() - 2 >= twoBytesAt(body.position());
  }

  String string() throws MalformedPacketException {
    int length = twoBytes();
    need(length);
    byte[] bytes;
    int from;
    if (body.hasArray()) {
      bytes = body.array();
      from = body.arrayOffset() + body.position();
      body.position(body.position() + length);
    } else {
      bytes = bytes(length);
      from = 0;
    }
    if (isPrintableAscii(bytes, from, length)) {
      return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
    return strictUtf8(bytes, from, length);
  }

  /**
   * Takes a string that is likely to be the last one again, which then needs no look. Returns null,
   * and takes nothing, if it is another.
   */
  @Nullable String again(LastTopic last) {
    int at = body.position();
    if (!holdsLengthAndBytes()) {
      return null;
    }
    int length = twoBytesAt(at);
    body.position(at + 2);
    String text = last.matching(body, length);
    body.position(text == null ? at : at + 2 + length);
    return text;
  }

  /** Keeps the string that was just taken and has proved good. */
  void keep(LastTopic last, int at, String text) {
    last.keep(body, at + 2, twoBytesAt(at), text);
  }

  /** Returns the position of the next byte. */
  int position() {
    return body.position();
  }

  private int twoBytesAt(int at) {
    return (body.get(at) & 0xFF) << 8 | (body.get(at + 1) & 0xFF);
  }

  /**
   * Narrows the reader to a block of the given length.
   *
   * @return the mark that {@link #leave} wants
   */
  int enter(int length) throws MalformedPacketException {
    need(length);
    int end = body.limit();
    body.limit(body.position() + length);
    return end;
  }

  void leave(int mark) {
    body.limit(mark);
  }

  private byte[] bytes(int length) throws MalformedPacketException {
    need(length);
    byte[] bytes = new byte[length];
    body.get(bytes);
    return bytes;
  }

  private void need(int bytes) throws MalformedPacketException {
    if (body.remaining() < bytes) {
      throw fault("cut short");
    }
  }

  private static boolean isPrintableAscii(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] < 0x20 || bytes[i] == 0x7F) {
        return false;
      }
    }
    return true;
  }

  private String strictUtf8(byte[] bytes, int from, int length) throws MalformedPacketException {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, from, length))
              .toString();
    } catch (CharacterCodingException e) {
      throw fault("malformed UTF-8"); // [MQTT-1.5.4-1]
    }
    if (!Utf8.isValid(text)) {
      throw fault("a character that no MQTT string may hold"); // [MQTT-1.5.4-2]
    }
    return text;
  }
}
