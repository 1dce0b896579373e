package dev.midge.client.io;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.FaultWatch;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Packet;
import dev.midge.net.DenseReads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads packets from the channel. Only for the thread that reads, except where noted. */
public final class PacketReader {
  /** Enough for the packets of a client that hears little: a process may have thousands. */
  private static final int FIRST_BUFFER_BYTES = 2 * 1024;

  private final ClientEvents events;
  private final boolean watched;
  private final PacketDecoder decoder = new PacketDecoder(Side.CLIENT);
  private final DenseReads reads = new DenseReads();
  private final int mostBytes;
  private ByteBuffer buffer;
  private final @Nullable FaultyReading faulty;
  private @Nullable InputStream in;
  private boolean anyPacket;
  private volatile boolean ended;
  private volatile long waitingSince;
  private volatile boolean inside;
  private volatile long lastRead = System.nanoTime();

  /** Reads on a connection without faults. */
  public PacketReader(ProtocolVersion version, ClientEvents events, int bufferBytes) {
    this(version, events, bufferBytes, null);
  }

  /**
   * @param bufferBytes the size to which the buffer may grow
   * @param watch is asked before each packet is handled; null where there are no faults
   */
  public PacketReader(
      ProtocolVersion version, ClientEvents events, int bufferBytes, @Nullable FaultWatch watch) {
    this.events = events;
    this.watched = events.wantsPackets();
    this.mostBytes = bufferBytes;
    this.buffer = ByteBuffer.allocate(Math.min(FIRST_BUFFER_BYTES, bufferBytes)).limit(0);
    this.faulty = watch == null ? null : new FaultyReading(watch);
    decoder.version(version);
  }

  /** Reads from there from now on. */
  public void attach(InputStream channel) {
    in = channel;
  }

  /**
   * Returns the next packet; waits for it.
   *
   * @throws ConnectionFailure when the connection ends, or the bytes are no packet
   */
  public Packet next() throws ConnectionFailure {
    while (true) {
      Packet packet = poll();
      if (packet != null) {
        return packet;
      }
      await();
    }
  }

  /**
   * Returns the next packet if all of its bytes have been read already, else null; null too when a
   * fault ends the connection, see {@link #isEnded}.
   *
   * @throws ConnectionFailure when the bytes are no packet
   */
  public @Nullable Packet poll() throws ConnectionFailure {
    try {
      Packet packet = decoder.decode(buffer);
      if (packet != null) {
        anyPacket = true;
        if (watched) {
          events.received(packet);
        }
      }
      return faulty == null ? packet : faulty.passed(packet);
    } catch (MalformedPacketException e) {
      throw ConnectionFailures.malformed(e, anyPacket ? null : buffer);
    } catch (OutOfMemoryError e) {
      throw ConnectionFailures.memory();
    }
  }

  /** Returns whether {@link #poll} may find another packet. */
  public boolean hasMore() {
    return buffer.hasRemaining();
  }

  /**
   * Waits for more bytes, after {@link #poll} has used up those that there were.
   *
   * @throws ConnectionFailure when the connection ends
   */
  public void await() throws ConnectionFailure {
    int count;
    try {
      count = read();
    } catch (IOException e) {
      buffer.limit(0);
      throw ConnectionFailures.lost(e);
    }
    buffer.limit(Math.max(count, 0));
    if (count < 0) {
      throw ConnectionFailures.lost(null);
    }
  }

  private int read() throws IOException {
    if (in == null) {
      throw new IOException("not connected");
    }
    if (buffer.limit() == buffer.capacity() && buffer.capacity() < mostBytes) {
      buffer =
          ByteBuffer.allocate(mostBytes); // It was full: more comes than the few packets of most.
    }
    buffer.clear();
    if (reads.areDense()) {
      Thread.yield(); // What comes meanwhile shares a read, and what is printed a write.
    }
    inside = decoder.missing() > 0;
    long began = System.nanoTime() | 1; // Never 0.
    waitingSince = began;
    try {
      int most = faulty == null ? buffer.capacity() : faulty.most(buffer.capacity());
      int count = in.read(buffer.array(), 0, most);
      if (faulty != null) {
        faulty.read(count);
      }
      return count;
    } finally {
      long now = System.nanoTime();
      reads.read(began, now);
      lastRead = now;
      waitingSince = 0;
    }
  }

  /** No packet is to be handled any more. Any thread. */
  public void end() {
    ended = true;
  }

  /** Returns whether no packet is to be handled any more. */
  public boolean isEnded() {
    return ended || faulty != null && faulty.isEnded();
  }

  /** Returns whether a fault is due that {@link #strike} has to begin. */
  public boolean isStriking() {
    return faulty != null && faulty.isStriking();
  }

  /** Begins the fault for which {@link #poll} gave no packet: what was read before is answered. */
  public void strike() {
    if (faulty != null) {
      faulty.strike();
    }
  }

  /** Reads to the end of the connection and throws everything away. */
  public void drain() {
    try {
      while (in != null && in.read(buffer.array(), 0, buffer.capacity()) >= 0) {
        // Thrown away.
      }
    } catch (IOException e) {
      // That is an end, too.
    }
  }

  /**
   * Returns whether the broker has sent nothing for so long, though it is waited for. While a
   * packet is being handled, or a fault of the client's keeps bytes back, it is not the broker that
   * is slow. Any thread.
   */
  boolean isStarved(long nanos) {
    long since = waitingSince;
    return since != 0 && !isSpoilt() && System.nanoTime() - since >= nanos;
  }

  /** Returns whether a packet has come in part, or whether none is waited for. Any thread. */
  public boolean isBusy() {
    return waitingSince == 0 || inside;
  }

  /** Returns whether a fault of the client's keeps bytes back. Any thread. */
  boolean isSpoilt() {
    return faulty != null && faulty.isSpoilt();
  }

  /** Returns when bytes came last, by {@link System#nanoTime}; any thread. */
  long lastRead() {
    return lastRead;
  }
}
