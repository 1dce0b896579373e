package dev.midge.client.io;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.FaultWatch;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole packets, in the user's version, from several threads to the channel: the only way
 * out. Packets that others follow at once share a write.
 */
public final class PacketWriter {

  private static final int MOST_BUFFER_BYTES = 32 * 1024;
  private static final int FIRST_BUFFER_BYTES = 512; // A process may have thousands of clients.

  /** A write of that much tells how far a large packet has come. */
  private static final int PIECE_BYTES = 16 * 1024;

  private final ProtocolVersion version;
  private final ClientEvents events;
  private final boolean watched;
  private final @Nullable FaultySending faulty;
  private final ReentrantLock lock = new ReentrantLock();
  private final DelayedFlush delayedFlush = new DelayedFlush();
  private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BUFFER_BYTES);
  private @Nullable OutputStream out;
  private volatile boolean shut;
  private volatile long writingSince;
  private volatile long lastWrite = System.nanoTime();

  /** Writes on a connection without faults. */
  public PacketWriter(ConnectSpec spec, ClientEvents events) {
    this(spec, events, null);
  }

  /** Writes where a watch is asked before each packet; null where there are no faults. */
  public PacketWriter(ConnectSpec spec, ClientEvents events, @Nullable FaultWatch watch) {
    this.version = spec.version();
    this.events = events;
    this.watched = events.wantsPackets();
    this.faulty = watch == null ? null : new FaultySending(watch, version);
  }

  /** Writes to there from now on. */
  public void attach(OutputStream channel) {
    out = channel;
  }

  /**
   * Sends a packet; after DISCONNECT [MQTT-3.14.4-2] or {@link #shut}, or when a fault ends the
   * connection, it is silently dropped.
   *
   * @param more whether another packet follows at once, or {@link #flush}, so that they may share a
   *     write
   */
  public void send(Packet packet, boolean more) throws IOException {
    lock.lock();
    try {
      if (isShut()) {
        return;
      }
      if (faulty != null) {
        sendWatched(faulty, packet);
        return;
      }
      boolean last = packet instanceof Disconnect;
      show(packet);
      put(packet);
      if (!more || last) {
        drain();
      }
      if (last) {
        shut = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends a packet by itself: it may be changed, or cut, or the last. */
  private void sendWatched(FaultySending sending, Packet packet) throws IOException {
    Packet shown = sending.begin(packet);
    if (shown != null) {
      show(shown);
    }
    try {
      for (ByteBuffer piece = sending.next(); piece != null; piece = sending.next()) {
        write(piece);
        flushChannel(); // What is due at this byte may be the end of all.
      }
      sending.end();
    } finally {
      sending.decided();
    }
    if (shown instanceof Disconnect && !sending.isStruck()) {
      shut = true;
    }
  }

  /** Sends a packet, no PUBLISH, that may be held back for others, but only for a moment. */
  public void sendSoon(Packet packet) throws IOException {
    lock.lock();
    try {
      if (faulty != null) {
        send(packet, false);
      } else if (!shut) {
        show(packet);
        put(packet);
        delayedFlush.soon(this::flush);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells the events of a packet that is to follow by {@link #sendAnnounced}. */
  public void announce(Packet packet) {
    lock.lock();
    try {
      if (!shut && faulty == null) { // Else it is shown as it is sent.
        show(packet);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends acknowledgements of which the events know already. */
  public void sendAnnounced(List<Ack> acks) throws IOException {
    lock.lock();
    try {
      if (!shut && faulty == null) {
        for (Ack ack : acks) {
          put(ack);
        }
        drain();
      } else {
        for (Ack ack : acks) {
          send(ack, false);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes what is held back. */
  public void flush() throws IOException {
    lock.lock();
    try {
      if (!shut) {
        drain();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes what is held back, unless another thread is about to send: that one does, too. */
  public void flushIfIdle() throws IOException {
    if (lock.tryLock()) {
      try {
        flush();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Sends nothing any more. A thread that is stuck in a write, since the broker does not read, is
   * waited for a second at most.
   *
   * @param last is sent before, unless something is stuck, or has shut the writer before
   * @param then is run when nothing can be sent any more
   */
  public void shut(@Nullable Disconnect last, Runnable then) {
    boolean locked = false;
    try {
      locked = lock.tryLock() || lock.tryLock(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      if (locked && last != null && !shut) {
        sendLast(last);
      }
      shut = true;
      then.run();
    } finally {
      delayedFlush.end();
      if (locked) {
        lock.unlock();
      }
    }
  }

  private void sendLast(Disconnect last) {
    try {
      show(last);
      put(last);
      drain();
    } catch (IOException e) {
      // A broker that cannot be told finds out.
    }
  }

  /** Returns whether nothing is sent any more. */
  public boolean isShut() {
    return shut || faulty != null && faulty.isStruck();
  }

  /** Returns whether a fault may end the connection at any packet. */
  public boolean isWatched() {
    return faulty != null;
  }

  /** Returns whether the broker has taken no byte of a write for so long; any thread. */
  public boolean isStuck(long millis) {
    long since = writingSince;
    return since != 0 && System.nanoTime() - since >= TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Returns the time of the last write, by {@link System#nanoTime}; any thread. */
  long lastWrite() {
    return lastWrite;
  }

  private void show(Packet packet) {
    if (watched) {
      events.sending(packet);
    }
  }

  private void put(Packet packet) throws IOException {
    int size = PacketEncoder.size(packet, version);
    if (size > buffer.remaining()) {
      makeRoom(size);
    }
    if (size <= buffer.remaining()) {
      PacketEncoder.encode(packet, version, buffer);
    } else if (packet instanceof Publish publish) {
      putLarge(publish);
    } else {
      write(PacketEncoder.encode(packet, version));
    }
  }

  /** Makes the buffer larger; where that is not enough, writes what is in it. */
  private void makeRoom(int size) throws IOException {
    if (buffer.position() + size > MOST_BUFFER_BYTES) {
      drain();
    }
    int needed = buffer.position() + size;
    if (needed > buffer.capacity() && needed <= MOST_BUFFER_BYTES) {
      int bytes = Math.min(MOST_BUFFER_BYTES, Math.max(needed, 4 * buffer.capacity()));
      buffer = ByteBuffer.allocate(bytes).put(buffer.flip());
    }
  }

  /** Writes a large payload as it is, without a copy. */
  private void putLarge(Publish publish) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(PacketEncoder.headSize(publish, version));
    PacketEncoder.encodeHead(publish, version, head);
    write(head.flip());
    write(ByteBuffer.wrap(publish.message().payload()));
  }

  private void drain() throws IOException {
    delayedFlush.flushed();
    if (buffer.position() > 0) {
      try {
        write(buffer.flip());
      } finally {
        buffer.clear();
      }
    }
  }

  private void flushChannel() throws IOException {
    if (out != null) {
      out.flush();
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    if (out == null) {
      throw new IOException("not connected");
    }
    while (bytes.hasRemaining()) {
      int count = Math.min(bytes.remaining(), PIECE_BYTES);
      long now = System.nanoTime() | 1; // Never 0.
      writingSince = now;
      try {
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), count);
        lastWrite = now;
      } finally {
        writingSince = 0;
      }
      bytes.position(bytes.position() + count);
    }
  }
}
