package dev.midge.broker.transport;

import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.fault.OutFlow;
import dev.midge.broker.fault.Output;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.text.LateText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The packets that one connection has to write, and whether writing has failed. Broker thread only.
 *
 * <p>Packets are collected and written at the end of the loop's turn. The router is not called from
 * here: a failure is only noted, since what the peer sent before it went (perhaps DISCONNECT) must
 * still be read.
 */
final class ConnectionOutput implements Output {
  // A write is tried before the end of the turn when this much has been collected, so that a burst
  // within one turn does not make a slow subscriber.
  private static final int MANY_BYTES = BufferPool.LARGE;
  private static final int MANY_PACKETS = 256;

  // Retained messages are sent when less than this is unwritten.
  private static final int BUSY_BYTES = 256 * 1024;

  // The router bounds the messages for a client that does not read. The answers to its own packets
  // are bounded here: a client with so many unread answers is not read until it has read them.
  private static final int MAX_REPLY_BYTES = 4 * 1024 * 1024;

  private final SelectorLoop loop;
  private final SelectionKey key;
  private final ChannelLayer layer;
  private final LateText address;
  private final int port;
  private final ListenerSettings listener;
  private final OutFlow flow;
  private final WriteQueue queue;
  private final @Nullable CommitGate commits; // null if nothing is kept
  private boolean withheld; // until changes are safe
  private boolean flushPlanned;
  private boolean closing;
  private int packetsSinceWrite;
  private boolean full; // the socket, which did not take all of the last write
  private boolean held; // by the flow or the commits, and not by the socket
  private int replyBytes; // since the queue was last empty
  private @Nullable String failure;

  /**
   * @param port that the peer has connected to; 0 for a unix socket
   * @param flow tells how much may be written
   */
  ConnectionOutput(
      SelectorLoop loop,
      SelectionKey key,
      ChannelLayer layer,
      LateText address,
      int port,
      ListenerSettings listener,
      OutFlow flow) {
    this.loop = loop;
    this.key = key;
    this.layer = layer;
    this.address = address;
    this.port = port;
    this.listener = listener;
    this.flow = flow;
    this.queue = new WriteQueue(loop.buffers, loop.lastEncoding);
    this.commits = loop.commitGate();
  }

  @Override
  public String address() {
    return address.toString();
  }

  @Override
  public LateText lateAddress() {
    return address;
  }

  @Override
  public ListenerSettings listener() {
    return listener;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public @Nullable String encryption() {
    ChannelLayer.TlsFacts tls = layer.tls();
    return tls == null ? null : tls.encryption();
  }

  @Override
  public boolean hasGoodCertificate() {
    ChannelLayer.TlsFacts tls = layer.tls();
    return tls != null && tls.hasGoodCertificate();
  }

  @Override
  public @Nullable X509Certificate certificate() {
    ChannelLayer.TlsFacts tls = layer.tls();
    return tls == null ? null : tls.certificate();
  }

  @Override
  public void send(Packet packet, ProtocolVersion version) {
    add(packet, version);
    writeMuch();
  }

  @Override
  public void add(Packet packet, ProtocolVersion version) {
    if (closing || failure != null) {
      return;
    }
    int size = queue.add(packet, version);
    if (packet.type() != PacketType.PUBLISH) {
      replyBytes += size;
    }
    packetsSinceWrite++;
    flushLater();
  }

  @Override
  public void writeMuch() {
    if (queue.bytes() >= MANY_BYTES && !full && !held || packetsSinceWrite >= MANY_PACKETS) {
      write();
    }
  }

  @Override
  public void sendBytes(ByteBuffer bytes) {
    if (failure == null) {
      queue.addBytes(bytes);
      flushLater();
    }
  }

  @Override
  public long added() {
    return queue.added();
  }

  /** Returns how many bytes were written. */
  long written() {
    return queue.added() - queue.bytes();
  }

  @Override
  public int waiting() {
    return queue.packets();
  }

  @Override
  public boolean isBusy() {
    return queue.bytes() > BUSY_BYTES || queue.packets() > MANY_PACKETS;
  }

  @Override
  public void close() {
    if (!closing) {
      closing = true;
      loop.open.ended(listener);
      flushLater();
    }
  }

  /** Tells whether the connection ends: no packet is taken any more. */
  boolean isClosing() {
    return closing;
  }

  /** Has the connection flushed at the end of the turn. */
  void flushLater() {
    if (!flushPlanned) {
      flushPlanned = true;
      loop.flushLater(key);
    }
  }

  /** Writes at the end of a turn. */
  void flush() {
    flushPlanned = false;
    if (commits != null) {
      commits.turnEnded(queue.added());
    }
    write();
  }

  /**
   * Tells whether there is room for packets that the client can wait for. Messages of this turn
   * that are not written yet leave it, and so do those that wait for changes to be safe.
   */
  boolean hasRoom() {
    return !closing && failure == null && !full && (!held || flow.isFree()) && !isBusy();
  }

  /** Writes what a full socket has left, now that it is not, and tells whether there is room. */
  boolean takesMore() {
    if (full) {
      write();
    }
    return hasRoom();
  }

  /** Tells whether the peer is not to be read until it has read its answers. */
  boolean hasTooManyReplies() {
    if (queue.isEmpty()) {
      replyBytes = 0;
    }
    return replyBytes >= MAX_REPLY_BYTES;
  }

  /** Tells whether nothing is left to be written, or nothing can be. */
  boolean isWritten() {
    return failure != null || queue.isEmpty() && !layer.wantsFlush();
  }

  /**
   * Tells whether something is to be written as soon as the socket has room: what a layer has taken
   * has passed all that holds packets back.
   */
  boolean wantsRoom() {
    return !isWritten() && (!held || layer.wantsFlush() && !flow.isStopped());
  }

  /** Tells whether something waits that may not be written yet, though the socket has room. */
  boolean isHeld() {
    return held;
  }

  /** Returns when more of it may be written; never if that is no matter of time. */
  long next() {
    return flow.next();
  }

  /** Drops what is not written. */
  void discard() {
    queue.clear();
  }

  /** Returns why nothing can be written any more, in the system's words; null while it can. */
  @Nullable String failure() {
    return failure;
  }

  /** Writes what the socket takes. */
  void write() {
    packetsSinceWrite = 0;
    held = false;
    if (isWritten()) {
      return;
    }
    try {
      long safe = commits == null ? Long.MAX_VALUE : commits.allowance(written());
      long wanted = Math.min(safe, queue.bytes());
      if (safe < queue.bytes()) {
        withhold();
      }
      if (flow.isFree()) {
        long before = queue.bytes();
        queue.writeTo(layer, safe);
        full = before - queue.bytes() < wanted;
      } else {
        full = !writeInParts(safe);
      }
      if (!flow.isStopped()) {
        layer.flush();
      }
    } catch (IOException e) {
      failure = words(e);
      queue.clear();
    }
  }

  /** Has what must wait for changes to be safe flushed then. */
  private void withhold() {
    held = true;
    if (!withheld) {
      withheld = true;
      loop.whenSafer(this::release);
    }
  }

  /** Goes on, since more changes are safe. */
  private void release() {
    withheld = false;
    flushLater();
  }

  /** Returns false if the socket is full. */
  private boolean writeInParts(long safe) throws IOException {
    long left = safe;
    long most;
    while (!queue.isEmpty() && (most = Math.min(left, flow.allowance(written()))) > 0) {
      long before = queue.bytes();
      queue.writeTo(layer, most);
      long count = before - queue.bytes();
      left -= count;
      flow.wrote(count);
      if (count < most && !queue.isEmpty()) {
        return false;
      }
    }
    held = flow.isStopped() || !queue.isEmpty();
    return true;
  }

  /** Writes the layers' own end (close frame, close_notify) after the last packet. */
  void end() {
    try {
      layer.end();
    } catch (IOException e) {
      failure = words(e);
    }
  }

  /** Drops what is not written; no packet is taken any more. */
  void abandon() {
    if (!closing) {
      closing = true;
      loop.open.ended(listener);
    }
    queue.clear();
  }

  static String words(IOException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    // The system's own words, which Java shortens.
    return message.equals("Connection reset") ? "Connection reset by peer" : message;
  }
}
