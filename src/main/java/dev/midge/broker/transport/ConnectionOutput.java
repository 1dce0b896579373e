package dev.midge.broker.transport;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import java.io.IOException;

/**
 * What one connection writes: its queue, and whether writing has failed. A failure is only noted:
 * what the peer sent before it went (perhaps DISCONNECT) must still be read. Broker thread only.
 */
final class ConnectionOutput {
  // A write is tried before the end of the turn when this much has come together, so that a burst
  // within one turn does not pass for a slow reader.
  private static final int MANY_BYTES = BufferPool.LARGE;
  private static final int MANY_PACKETS = 256;

  // What can be fetched later is fetched when less than this waits to be written.
  private static final int BUSY_BYTES = 256 * 1024;

  // Messages for one who does not read are bounded by the router. What it asks for itself is
  // bounded here: who has so many answers to read is not heard until it has read them.
  private static final int MOST_REPLY_BYTES = 4 * 1024 * 1024;

  private final ChannelLayer layer;
  private final WriteQueue queue;
  private int packetsSinceWrite;
  private boolean blocked; // the last attempt to write found the socket full
  private int replyBytes; // since there was last nothing to write
  private String failure;

  ConnectionOutput(ChannelLayer layer, WriteQueue queue) {
    this.layer = layer;
    this.queue = queue;
  }

  void add(Packet packet, ProtocolVersion version) {
    int size = queue.add(packet, version);
    if (packet.type() != PacketType.PUBLISH) {
      replyBytes += size;
    }
    packetsSinceWrite++;
    if (queue.bytes() >= MANY_BYTES && !blocked || packetsSinceWrite >= MANY_PACKETS) {
      write();
    }
  }

  /** How many packets are not written. */
  int packets() {
    return queue.packets();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  boolean isBusy() {
    return queue.bytes() > BUSY_BYTES || queue.packets() > MANY_PACKETS;
  }

  /** Says whether the peer has to read before it is heard again. */
  boolean hasTooManyReplies() {
    if (queue.isEmpty()) {
      replyBytes = 0;
    }
    return replyBytes >= MOST_REPLY_BYTES;
  }

  /** Says whether nothing is left to be written, or nothing can be. */
  boolean isWritten() {
    return failure != null || queue.isEmpty() && !layer.wantsFlush();
  }

  /** Why nothing can be written any more, in the system's words; null while it can. */
  String failure() {
    return failure;
  }

  /** Writes what goes without waiting. */
  void write() {
    packetsSinceWrite = 0;
    if (isWritten()) {
      return;
    }
    try {
      queue.writeTo(layer);
      blocked = !queue.isEmpty();
      layer.flush();
    } catch (IOException e) {
      failure = words(e);
      queue.clear();
    }
  }

  /** All is written: the layer says goodbye in its own way. */
  void end() {
    try {
      layer.end();
    } catch (IOException e) {
      failure = words(e);
    }
  }

  /** Throws away what is not written. */
  void clear() {
    queue.clear();
  }

  static String words(IOException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    // The system's own words, which Java shortens.
    return message.equals("Connection reset") ? "Connection reset by peer" : message;
  }
}
