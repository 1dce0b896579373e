package dev.midge.view.binary;

import dev.midge.view.ViewException;
import dev.midge.view.json.JsonDocument;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;

/** MessagePack as JSON text and back. */
public final class MessagePackView {
  private MessagePackView() {}

  /**
   * Returns the JSON of one MessagePack value.
   *
   * @throws ViewException for what is not exactly one value
   */
  public static byte[] decode(byte[] payload) throws ViewException {
    return MessagePackDecoder.decode(payload);
  }

  /** Returns the MessagePack of JSON text, with integers as short as they can be. */
  public static byte[] encode(byte[] payload) throws ViewException {
    Object value = JsonDocument.read(payload);
    try (MessageBufferPacker packer = PlainMessagePack.packer()) {
      write(value, packer);
      return packer.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e); // Bytes in memory can be written.
    }
  }

  private static void write(@Nullable Object value, MessageBufferPacker to)
      throws IOException, ViewException {
    if (value instanceof Map<?, ?> object) {
      to.packMapHeader(object.size());
      for (Map.Entry<?, ?> member : object.entrySet()) {
        to.packString((String) member.getKey());
        write(member.getValue(), to);
      }
    } else if (value instanceof List<?> list) {
      to.packArrayHeader(list.size());
      for (Object each : list) {
        write(each, to);
      }
    } else if (value instanceof BigInteger number) {
      integer(number, to);
    } else if (value instanceof BigDecimal number) {
      double decimal = number.doubleValue();
      if (Double.isInfinite(decimal)) {
        throw new ViewException(number + " is too large for MessagePack");
      }
      to.packDouble(decimal);
    } else if (value instanceof Boolean truth) {
      to.packBoolean(truth);
    } else if (value instanceof String text) {
      to.packString(text);
    } else {
      to.packNil();
    }
  }

  private static void integer(BigInteger number, MessageBufferPacker to)
      throws IOException, ViewException {
    if (number.bitLength() > (number.signum() < 0 ? Long.SIZE - 1 : Long.SIZE)) {
      throw new ViewException(number + " is too large for an integer of MessagePack");
    }
    to.packBigInteger(number);
  }
}
