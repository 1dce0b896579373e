package dev.midge.broker.transport;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.router.Client;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Packet;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the packets of one connection, and hands them to its client until that is throttled.
 * Broker thread only.
 */
final class ConnectionInput {
  /** The decoder has its own limit for CONNECT; a smaller maximum for packets starts after it. */
  private static final int MAX_CONNECT = 100_010;

  /** Bytes of an unfinished packet; a client that has sent no more may stay if memory is short. */
  private static final int SMALL_PART = 4096;

  private final SelectorLoop loop;
  private final Limits limits;
  private final Client client;
  private final ConnectionOutput output;
  private @Nullable PacketDecoder decoder; // null after the connection has ended
  private @Nullable ByteBuffer undecoded; // not null while paused
  private boolean connectSeen;
  private int unfinishedBytes; // as the loop knows it

  ConnectionInput(SelectorLoop loop, Limits limits, Client client, ConnectionOutput output) {
    this.loop = loop;
    this.limits = limits;
    this.client = client;
    this.output = output;
    this.decoder = new PacketDecoder(Side.BROKER);
    decoder.maximumPacketSize(MAX_CONNECT);
  }

  boolean connectSeen() {
    return connectSeen;
  }

  /** Tells whether bytes that were read wait until the client is not throttled any more. */
  boolean isPaused() {
    return undecoded != null;
  }

  /** Decodes until the bytes are used up, the connection ends, or the client is throttled. */
  void decode(ByteBuffer buffer) {
    PacketDecoder decoder = this.decoder;
    if (decoder == null) {
      return;
    }
    long now = loop.now();
    try {
      while (!output.isClosing()) {
        Packet packet = next(decoder, buffer, now);
        if (packet == null) {
          return;
        }
        if (!connectSeen) {
          connectSeen = true;
          decoder.maximumPacketSize(limits.maxPacketSize());
        }
        client.arrived(packet, now);
        if (client.isThrottled(now)) {
          undecoded = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
          return;
        }
      }
    } catch (MalformedPacketException e) {
      client.malformed(e, decoder.version(), now);
    } catch (RuntimeException e) {
      client.failed(e, now);
    }
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
    ByteBuffer rest = undecoded;
    undecoded = null;
    if (rest != null) {
      decode(rest);
    }
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
    unfinished(0);
  }
}
