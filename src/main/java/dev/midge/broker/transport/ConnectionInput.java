package dev.midge.broker.transport;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.SeldomQueue;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.router.Client;
import dev.midge.broker.fault.InGate;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Packet;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the packets of one connection, and hands them to its client until that is throttled, or a
 * fault holds them back. Broker thread only.
 */
final class ConnectionInput {
  /** The decoder has its own limit for CONNECT; a smaller maximum for packets starts after it. */
  private static final int MAX_CONNECT = 100_010;

  /** Bytes of an unfinished packet; a client that has sent no more may stay if memory is short. */
  private static final int SMALL_PART = 4096;

  /** Bytes that are held back before no more are read. */
  private static final int MAX_HELD = 256 * 1024;

  private final SelectorLoop loop;
  private final Limits limits;
  private final Client client;
  private final ConnectionOutput output;
  private final InGate gate;
  private final SeldomQueue<ByteBuffer> held = new SeldomQueue<>();
  private @Nullable PacketDecoder decoder; // null after the connection has ended
  private @Nullable DisconnectCause end; // that has come behind what is held
  private long came; // bytes, since the beginning
  private long passed; // of these, to the decoder
  private boolean paused;
  private boolean connectSeen;
  private int unfinishedBytes; // as the loop knows it

  ConnectionInput(
      SelectorLoop loop, Limits limits, Client client, ConnectionOutput output, InGate gate) {
    this.loop = loop;
    this.limits = limits;
    this.client = client;
    this.output = output;
    this.gate = gate;
    this.decoder = new PacketDecoder(Side.BROKER);
    decoder.maximumPacketSize(MAX_CONNECT);
  }

  /** Returns how many bytes have come. */
  long came() {
    return came;
  }

  boolean connectSeen() {
    return connectSeen;
  }

  /** Tells whether the client is throttled: what it sends waits until it is not. */
  boolean isPaused() {
    return paused;
  }

  /** Tells whether bytes that were read wait to be decoded. */
  boolean isHolding() {
    return !held.isEmpty();
  }

  /** Tells whether more may be read. */
  boolean hasRoom() {
    return !paused && end == null && came - passed < MAX_HELD;
  }

  /**
   * Returns when some of the bytes that wait may be decoded, which may be over by now; never if
   * that is no matter of time.
   */
  long next() {
    return paused || output.isClosing() ? Timers.NEVER : gate.next();
  }

  /**
   * Decodes until the bytes are used up, the connection ends, the client is throttled, or a fault
   * holds them back.
   */
  void take(ByteBuffer buffer) {
    long start = came;
    came += buffer.remaining();
    if (held.isEmpty() && gate.isFree()) {
      passed += decode(buffer);
      hold(buffer);
    } else {
      gate.came(start, came);
      hold(buffer);
      pump();
    }
  }

  private void hold(ByteBuffer rest) {
    if (rest.hasRemaining() && !output.isClosing()) {
      held.addLast(ByteBuffer.allocate(rest.remaining()).put(rest).flip());
    }
  }

  /** Decodes what is held, as far as it may be now. */
  void pump() {
    ByteBuffer first;
    while ((first = held.peekFirst()) != null && !paused && !output.isClosing()) {
      long most = gate.isFree() ? Long.MAX_VALUE : gate.allowance(passed);
      if (most <= 0) {
        return;
      }
      int part = (int) Math.min(first.remaining(), most);
      gate.passing(passed, passed + part);
      if (output.isClosing() || gate.isStopped()) {
        return;
      }
      int limit = first.limit();
      first.limit(first.position() + part);
      int count = decode(first);
      first.limit(limit);
      passed += count;
      if (!first.hasRemaining()) {
        held.pollFirst();
      }
      gate.passed(count);
    }
    DisconnectCause cause = end;
    if (cause != null && held.isEmpty()) {
      end = null;
      client.closed(cause, loop.now());
    }
  }

  /** Takes the end of the input, behind what is held. */
  void ended(DisconnectCause cause) {
    if (held.isEmpty()) {
      client.closed(cause, loop.now());
    } else {
      end = cause;
    }
  }

  /** Returns how many bytes were used. */
  private int decode(ByteBuffer buffer) {
    PacketDecoder decoder = this.decoder;
    if (decoder == null) {
      return 0;
    }
    int start = buffer.position();
    long now = loop.now();
    long socketNow = loop.socketNow(now);
    try {
      while (!output.isClosing() && !gate.isStopped() && !paused) {
        Packet packet = next(decoder, buffer, now);
        if (packet == null) {
          break;
        }
        if (!connectSeen) {
          connectSeen = true;
          decoder.maximumPacketSize(limits.maxPacketSize());
        }
        gate.arrived(packet, now);
        paused = client.isThrottled(socketNow);
      }
    } catch (MalformedPacketException e) {
      client.malformed(e, decoder.version(), now);
    } catch (RuntimeException e) {
      client.failed(e, now);
    }
    return buffer.position() - start;
  }

  /** Returns the next packet; null for none yet, or if the connection had to end. */
  private @Nullable Packet next(PacketDecoder decoder, ByteBuffer buffer, long now)
      throws MalformedPacketException {
    try {
      return decoder.decode(buffer);
    } catch (OutOfMemoryError e) {
      // The packet's array was too large, and is not there. All else is unharmed.
      client.failed(e, now);
      return null;
    }
  }

  /** Decodes the bytes that were left at the pause. */
  void resume() {
    paused = false;
    pump();
  }

  /** Counts the bytes of a packet that has not come whole. */
  void partArrived() {
    if (decoder == null) {
      return;
    }
    client.partArrived(decoder.missing(), loop.now());
    unfinished(decoder.collected());
    if (unfinishedBytes > SMALL_PART && loop.hasManyUnfinishedBytes()) {
      client.partsAreMany(loop.now());
    }
  }

  private void unfinished(int bytes) {
    loop.addUnfinished(bytes - unfinishedBytes);
    unfinishedBytes = bytes;
  }

  /** Drops an unfinished packet, which would stay in memory until the peer has closed as well. */
  void end() {
    decoder = null;
    held.clear();
    unfinished(0);
  }
}
