package dev.midge.client;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * The one way out: whole packets, in the user's version, from several threads onto the wire.
 * Packets that others follow at once share a write.
 */
final class Outgoing {

  private static final int BUFFER_BYTES = 32 * 1024;

  /** A write of that much tells how far a large packet has come. */
  private static final int PIECE_BYTES = 16 * 1024;

  private static final byte[] NOTHING = {};

  private final ProtocolVersion version;
  private final ClientEvents events;
  private final boolean watched;
  private final int strikeAfter;
  private final Runnable strike;
  private final ReentrantLock lock = new ReentrantLock();
  private final Flusher flusher = new Flusher(this);
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private OutputStream out;
  private IntConsumer onWrite = count -> {};
  private volatile boolean shut;
  private volatile long writingSince;
  private int published;
  private Packet announced;

  /**
   * @param strikeAfter the PUBLISH, counted from 1, after which nothing more goes out; 0 for none
   * @param strike then called, by the thread that writes
   */
  Outgoing(ProtocolVersion version, ClientEvents events, int strikeAfter, Runnable strike) {
    this.version = version;
    this.events = events;
    this.watched = events.wantsPackets();
    this.strikeAfter = strikeAfter;
    this.strike = strike;
  }

  /**
   * Opens the way.
   *
   * @param onWrite told how many bytes went out, for keep alive
   */
  void attach(OutputStream wire, IntConsumer onWrite) {
    this.out = wire;
    this.onWrite = onWrite;
  }

  /** What the bytes that Paho's sender thread writes next really mean. Only for that thread. */
  void announce(Packet packet) {
    announced = packet;
  }

  /** Takes what was announced, or null. Only for Paho's sender thread. */
  Packet announced() {
    Packet packet = announced;
    announced = null;
    return packet;
  }

  /**
   * Sends a packet; after {@link #shut} it is silently dropped.
   *
   * @param more whether another packet follows at once, or {@link #flush}, so that this one may
   *     share their write
   */
  void send(Packet packet, boolean more) throws IOException {
    send(packet, more, false);
  }

  /** Sends a packet that may wait for others, but only for a moment. */
  void sendSoon(Packet packet) throws IOException {
    send(packet, true, true);
  }

  /** Shows a packet to whoever watches that is to follow by {@link #sendPromised}. */
  void promise(Packet packet) {
    lock.lock();
    try {
      if (watched && !shut) {
        events.sending(packet);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends acknowledgements that were shown already. */
  void sendPromised(List<Ack> acks) throws IOException {
    lock.lock();
    try {
      if (!shut) {
        for (Ack ack : acks) {
          put(ack);
        }
        drain();
      }
    } finally {
      lock.unlock();
    }
  }

  private void send(Packet packet, boolean more, boolean soon) throws IOException {
    lock.lock();
    try {
      if (shut) {
        return;
      }
      if (watched) {
        events.sending(packet);
      }
      put(packet);
      if (packet.type() == PacketType.PUBLISH && ++published == strikeAfter) {
        drain();
        strike.run();
      } else if (!more) {
        drain();
      } else if (soon) {
        flusher.soon();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes what waits. */
  void flush() throws IOException {
    lock.lock();
    try {
      if (!shut) {
        drain();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The same, unless another thread is about to send: that one writes what waits, too. */
  void flushIfIdle() throws IOException {
    if (lock.tryLock()) {
      try {
        flush();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Nothing goes out any more, apart from what the last act does. A writer that is stuck, since the
   * peer does not read, is not waited for longer than a second.
   */
  void shut(Runnable lastAct) {
    boolean locked = false;
    try {
      locked = lock.tryLock() || lock.tryLock(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      shut = true;
      lastAct.run();
    } finally {
      flusher.end();
      if (locked) {
        lock.unlock();
      }
    }
  }

  boolean isShut() {
    return shut;
  }

  /**
   * Returns whether the peer has taken nothing for so long of what is being written; any thread.
   */
  boolean isStuck(long millis) {
    long since = writingSince;
    return since != 0 && System.nanoTime() - since >= TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void put(Packet packet) throws IOException {
    int size = PacketEncoder.size(packet, version);
    if (size > buffer.remaining()) {
      drain();
    }
    if (size <= buffer.remaining()) {
      PacketEncoder.encode(packet, version, buffer);
    } else if (packet instanceof Publish publish) {
      putLarge(publish, size);
    } else {
      write(PacketEncoder.encode(packet, version));
    }
  }

  /** A large payload goes to the wire as it is, without a copy. */
  private void putLarge(Publish publish, int size) throws IOException {
    Message message = publish.message();
    byte[] payload = message.payload();
    Message bare =
        new Message(
            message.topic(), NOTHING, message.qos(), message.retain(), message.properties());
    ByteBuffer head =
        PacketEncoder.encode(new Publish(bare, publish.dup(), publish.packetId()), version);
    byte firstByte = head.get();
    while (head.get() < 0) {
      // The remaining length of the bare packet is skipped and written anew below.
    }
    int rest = head.remaining() + payload.length;
    ByteBuffer fixed = ByteBuffer.allocate(5 + head.remaining());
    fixed.put(firstByte);
    for (int length = rest; ; length >>>= 7) {
      if (length < 0x80) {
        fixed.put((byte) length);
        break;
      }
      fixed.put((byte) (length & 0x7F | 0x80));
    }
    write(fixed.put(head).flip());
    write(ByteBuffer.wrap(payload));
  }

  private void drain() throws IOException {
    flusher.written();
    if (buffer.position() > 0) {
      try {
        write(buffer.flip());
      } finally {
        buffer.clear();
      }
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int count = Math.min(bytes.remaining(), PIECE_BYTES);
      writingSince = System.nanoTime() | 1; // Never 0.
      try {
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), count);
      } finally {
        writingSince = 0;
      }
      onWrite.accept(count);
      bytes.position(bytes.position() + count);
    }
  }
}
