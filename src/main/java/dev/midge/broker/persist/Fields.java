package dev.midge.broker.persist;

import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.Timers;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Publish;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of records, collected in buffers: small ones one behind the other, long payloads where
 * they are, since nobody changes them. Read back by {@link FieldSource}.
 */
final class Fields {
  private static final int PIECE = 16 * 1024;

  /** Payloads up to so many bytes are copied. */
  private static final int MAX_COPIED = 4096;

  private final long maxFrame;
  private List<Frame> frames = new ArrayList<>();
  private List<ByteBuffer> full = new ArrayList<>();
  private ByteBuffer last = ByteBuffer.allocate(PIECE);
  private long size; // of the present frame, without the last buffer
  private @Nullable RecordType lastType;
  private int changes;

  /**
   * @param maxFrame bytes after which a new frame begins; {@link Long#MAX_VALUE} for one frame that
   *     is read as a whole or not at all
   */
  Fields(long maxFrame) {
    this.maxFrame = maxFrame;
  }

  boolean isEmpty() {
    return frames.isEmpty() && size + last.position() == 0;
  }

  /** Returns how many changes there are. */
  int changes() {
    return changes;
  }

  /** Takes all. */
  List<Frame> take() {
    endFrame();
    List<Frame> taken = frames;
    frames = new ArrayList<>();
    changes = 0;
    return taken;
  }

  private void endFrame() {
    long bytes = size + last.position();
    if (last.position() > 0) {
      full.add(last.flip());
      last = ByteBuffer.allocate(PIECE);
    }
    if (bytes > 0) {
      frames.add(new Frame(full, Math.toIntExact(bytes)));
      full = new ArrayList<>();
      size = 0;
    }
  }

  /** Drops all. */
  void clear() {
    frames.clear();
    changes = 0;
    full.clear();
    size = 0;
    last.clear();
  }

  private ByteBuffer room(int bytes) {
    if (last.remaining() < bytes) {
      size += last.position();
      full.add(last.flip());
      last = ByteBuffer.allocate(Math.max(PIECE, bytes));
    }
    return last;
  }

  void type(RecordType type) {
    // A message stays together with its first mention.
    if (size + last.position() >= maxFrame && lastType != RecordType.MESSAGE) {
      endFrame();
    }
    lastType = type;
    changes += type == RecordType.MESSAGE ? 0 : 1;
    room(1).put((byte) type.ordinal());
  }

  void flag(boolean yes) {
    room(1).put((byte) (yes ? 1 : 0));
  }

  /** Puts a number of 0 or more, in as few bytes as it needs. */
  void number(long value) {
    ByteBuffer into = room(10);
    long rest = value;
    while (rest >= 0x80) {
      into.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    into.put((byte) rest);
  }

  /** Puts a number of 0 or more, or {@link Timers#NEVER}. */
  void time(long value) {
    number(value == Timers.NEVER ? 0 : Math.max(0, value) + 1);
  }

  void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    room(bytes.length).put(bytes);
  }

  void optionalText(@Nullable String text) {
    flag(text != null);
    if (text != null) {
      text(text);
    }
  }

  void identity(ClientIdentity client) {
    text(client.clientId());
    optionalText(client.username());
    ListenerSettings listener = client.listener();
    optionalText(listener == null ? null : listener.name());
  }

  /** Puts a message as a PUBLISH of MQTT 5. */
  void message(Message message) {
    int packetId = message.qos() == Qos.AT_MOST_ONCE ? 0 : 1;
    Publish packet = new Publish(message, false, packetId);
    byte[] payload = message.payload();
    if (payload.length <= MAX_COPIED) {
      PacketEncoder.encode(
          packet, ProtocolVersion.V5, room(PacketEncoder.size(packet, ProtocolVersion.V5)));
      return;
    }
    PacketEncoder.encodeHead(
        packet, ProtocolVersion.V5, room(PacketEncoder.headSize(packet, ProtocolVersion.V5)));
    size += last.position() + payload.length;
    full.add(last.flip());
    full.add(ByteBuffer.wrap(payload));
    last = ByteBuffer.allocate(PIECE);
  }
}
