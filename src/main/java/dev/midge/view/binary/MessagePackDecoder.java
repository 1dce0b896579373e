package dev.midge.view.binary;

import dev.midge.format.ByteBuilder;
import dev.midge.format.JsonValue;
import dev.midge.format.JsonWriter;
import dev.midge.text.Utf8;
import dev.midge.view.ViewException;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageSizeException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/**
 * One MessagePack value on its way to JSON text. Bytes become base64, timestamps the text of RFC
 * 3339, other extensions an object with type and data.
 */
final class MessagePackDecoder {
  private final byte[] payload;
  private final MessageUnpacker from;
  private int depth;
  private boolean inName;

  private MessagePackDecoder(byte[] payload) {
    this.payload = payload;
    this.from = PlainMessagePack.unpacker(payload);
  }

  /**
   * Returns the JSON.
   *
   * @throws ViewException for what is not exactly one value
   */
  static byte[] decode(byte[] payload) throws ViewException {
    ByteBuilder bytes = new ByteBuilder();
    MessagePackDecoder decoder = new MessagePackDecoder(payload);
    try {
      decoder.value(JsonWriter.plain(bytes));
    } catch (MessageInsufficientBufferException e) {
      throw new ViewException(payload.length == 0 ? "it is empty" : "the value is cut off");
    } catch (MessageSizeException e) {
      throw new ViewException("a length is larger than what can follow");
    } catch (IOException | MessagePackException e) {
      String reason = e.getMessage() == null ? "" : ": " + e.getMessage();
      throw new ViewException("it is no MessagePack" + reason);
    }
    if (decoder.from.getTotalReadBytes() < payload.length) {
      throw new ViewException("more follows the first MessagePack value");
    }
    return bytes.toArray();
  }

  private void value(JsonWriter to) throws IOException, ViewException {
    switch (from.getNextFormat().getValueType()) {
      case NIL -> {
        from.unpackNil();
        to.literal("null");
      }
      case BOOLEAN -> to.literal(String.valueOf(from.unpackBoolean()));
      case INTEGER -> to.literal(from.unpackBigInteger().toString());
      case FLOAT -> to.literal(decimal());
      case STRING -> to.string(string());
      case BINARY -> to.string(base64(from.unpackBinaryHeader()));
      case ARRAY -> array(to);
      case MAP -> map(to);
      case EXTENSION -> extension(to);
      default -> throw new ViewException("it is no MessagePack");
    }
  }

  /** Returns a number with the digits of its own precision; null where JSON has none. */
  private String decimal() throws IOException {
    boolean single = from.getNextFormat() == MessageFormat.FLOAT32;
    double value = single ? from.unpackFloat() : from.unpackDouble();
    if (!Double.isFinite(value)) {
      return "null";
    }
    return single ? Float.toString((float) value) : Double.toString(value);
  }

  private String string() throws IOException, ViewException {
    String text = Utf8.strictly(bytes(from.unpackRawStringHeader()));
    if (text == null) {
      throw new ViewException("a string is not UTF-8");
    }
    return text;
  }

  private String base64(int length) throws IOException, ViewException {
    return Base64.getEncoder().encodeToString(bytes(length));
  }

  /** Returns that many bytes; a length that lies costs no memory. */
  private byte[] bytes(int length) throws IOException, ViewException {
    if (length > payload.length - from.getTotalReadBytes()) {
      throw new ViewException("the value is cut off");
    }
    return from.readPayload(length);
  }

  private void enter() throws ViewException {
    if (++depth > JsonValue.MAX_DEPTH) {
      throw new ViewException(JsonValue.TOO_DEEP);
    }
  }

  private void array(JsonWriter to) throws IOException, ViewException {
    enter();
    to.beginArray();
    for (long left = from.unpackArrayHeader() & 0xFFFFFFFFL; left > 0; left--) {
      value(to);
    }
    to.endArray();
    depth--;
  }

  private void map(JsonWriter to) throws IOException, ViewException {
    enter();
    to.beginObject();
    for (long left = from.unpackMapHeader() & 0xFFFFFFFFL; left > 0; left--) {
      to.key(key());
      value(to);
    }
    to.endObject();
    depth--;
  }

  /** Returns the name of a member: a string as it is, all else as its JSON. */
  private String key() throws IOException, ViewException {
    ValueType type = from.getNextFormat().getValueType();
    if (type.isStringType()) {
      return string();
    }
    boolean inside = type.isMapType() || type.isArrayType();
    if (inside && inName) {
      // Each such level would double the backslashes of the one inside it.
      throw new ViewException("the name of a member has members with such names itself");
    }
    inName |= inside;
    ByteBuilder name = new ByteBuilder();
    value(JsonWriter.plain(name));
    inName &= !inside;
    return name.text();
  }

  private void extension(JsonWriter to) throws IOException, ViewException {
    ExtensionTypeHeader header = from.unpackExtensionTypeHeader();
    if (header.isTimestampType()) {
      Instant time = from.unpackTimestamp(header);
      to.string(time.toString());
      return;
    }
    to.beginObject();
    to.key("type").number(header.getType());
    to.key("data").string(base64(header.getLength()));
    to.endObject();
  }
}
