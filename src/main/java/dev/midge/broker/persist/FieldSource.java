package dev.midge.broker.persist;

import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.Timers;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Publish;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of one frame's records, as {@link Fields} has put them. */
final class FieldSource {
  private final ByteBuffer from;
  private final Function<String, @Nullable ListenerSettings> listeners;

  /**
   * @param listeners finds the settings of a listener by its name
   */
  FieldSource(ByteBuffer from, Function<String, @Nullable ListenerSettings> listeners) {
    this.from = from;
    this.listeners = listeners;
  }

  boolean hasMore() {
    return from.hasRemaining();
  }

  private int oneByte() throws BadRecordException {
    try {
      return from.get() & 0xFF;
    } catch (BufferUnderflowException e) {
      throw new BadRecordException("record cut short");
    }
  }

  RecordType type() throws BadRecordException {
    return RecordType.of(oneByte());
  }

  boolean flag() throws BadRecordException {
    return oneByte() != 0;
  }

  long number() throws BadRecordException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = oneByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new BadRecordException("number of too many bytes");
  }

  int smallNumber(int highest) throws BadRecordException {
    long value = number();
    if (value < 0 || value > highest) {
      throw new BadRecordException(value + " where " + highest + " is the most");
    }
    return (int) value;
  }

  long time() throws BadRecordException {
    long value = number();
    return value == 0 ? Timers.NEVER : value - 1;
  }

  String text() throws BadRecordException {
    byte[] bytes = new byte[smallNumber(from.remaining())];
    from.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Nullable String optionalText() throws BadRecordException {
    return flag() ? text() : null;
  }

  Qos qos() throws BadRecordException {
    return Qos.values()[smallNumber(2)];
  }

  ClientIdentity identity() throws BadRecordException {
    String clientId = text();
    String username = optionalText();
    String listener = optionalText();
    return new ClientIdentity(
        clientId, username, listener == null ? null : listeners.apply(listener));
  }

  Message message() throws BadRecordException {
    PacketDecoder decoder = new PacketDecoder(Side.CLIENT);
    decoder.version(ProtocolVersion.V5);
    try {
      if (decoder.decode(from) instanceof Publish publish) {
        return publish.message();
      }
    } catch (MalformedPacketException e) {
      throw new BadRecordException("malformed message: " + e.getMessage());
    }
    throw new BadRecordException("message cut short");
  }
}
