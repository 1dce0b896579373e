package dev.midge.broker.transport;

import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.Peer;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.router.Client;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.packet.Packet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * The broker's end of one connection: bytes to packets and back, and an end that lets the last
 * packet through. Broker thread only.
 *
 * <p>What the router sends is collected and written at the end of the loop's turn. Nothing here
 * calls the router while the router calls here: a write that fails is only noted, since what the
 * peer sent before it went (perhaps DISCONNECT) must still be read.
 */
final class Connection implements Peer {
  /** The decoder has its own limit for CONNECT; a smaller maximum for packets starts after it. */
  private static final int LONGEST_CONNECT = 100_010;

  // How long and how much is read and thrown away after the last packet was written: a socket that
  // is closed with unread input sends a reset, which may overtake that packet.
  private static final long LINGER = 2_000_000_000L;
  private static final int MOST_DISCARDED = 16 * 1024 * 1024;

  // Of what a layer takes before CONNECT is through (requests, certificates, pings); within it, the
  // decoder has its own limit.
  private static final int MOST_BEFORE_CONNECT = 200_000;

  // Of an unfinished packet: who has sent no more is not to blame when memory is short.
  private static final int SMALL_PART = 4096;

  private final SelectorLoop loop;
  private final SocketChannel channel;
  private final ChannelLayer layer;
  private final SelectionKey key;
  private final String address;
  private final int port;
  private PacketDecoder decoder = new PacketDecoder(PacketDecoder.Side.BROKER); // null at the end
  private int collected; // of an unfinished packet, as the loop knows it
  private final ConnectionOutput output;
  private Client client;

  private boolean connectSeen;
  private boolean waitsForFlush;
  private ByteBuffer undecoded; // read, but not to be decoded yet; null for nothing
  private boolean closing;
  private boolean working; // another thread does, for the layer
  private boolean layerEnded;
  private boolean outputShut;
  private boolean inputEnded;
  private int discarded;
  private Timers.Timer lingerTimer;

  Connection(
      SelectorLoop loop,
      SocketChannel channel,
      ChannelLayer layer,
      SelectionKey key,
      String address,
      int port) {
    this.loop = loop;
    this.channel = channel;
    this.layer = layer;
    this.key = key;
    this.address = address;
    this.port = port;
    this.output = new ConnectionOutput(layer, new WriteQueue(loop.buffers, loop.lastEncoding));
    decoder.maximumPacketSize(LONGEST_CONNECT);
  }

  void client(Client client) {
    this.client = client;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String encryption() {
    return layer.encryption();
  }

  @Override
  public void send(Packet packet, ProtocolVersion version) {
    if (!closing && output.failure() == null) {
      output.add(packet, version);
      loop.flushLater(this);
    }
  }

  @Override
  public int waiting() {
    return output.packets();
  }

  @Override
  public boolean isBusy() {
    return output.isBusy();
  }

  @Override
  public void close() {
    if (!closing) {
      closing = true;
      forgetInput();
      lingerTimer = loop.timers.at(loop.now() + LINGER, now -> closeNow());
      loop.flushLater(this);
    }
  }

  /** Forgets half a packet, which would stay until the peer has closed as well. */
  private void forgetInput() {
    decoder = null;
    collected(0);
  }

  /** True if it was not marked yet. */
  boolean markForFlush() {
    boolean first = !waitsForFlush;
    waitsForFlush = true;
    return first;
  }

  /** There is something to read, or the peer has closed, or the connection is broken. */
  void read(ByteBuffer buffer) {
    try {
      if (closing) {
        discard(buffer);
        return;
      }
      long takenBefore = layer.taken();
      do {
        int count = layer.read(buffer.clear());
        if (count < 0) {
          String failure = output.failure();
          client.closed(
              failure == null ? DisconnectCause.CLOSED_BY_CLIENT : DisconnectCause.network(failure),
              loop.now());
          discard(buffer);
        } else {
          decode(buffer.flip());
        }
      } while (!closing && undecoded == null && layer.hasMore());
      if (!closing && layer.taken() > takenBefore) {
        partArrived();
      }
      if (!closing && !connectSeen && layer.taken() > MOST_BEFORE_CONNECT) {
        client.closed(DisconnectCause.PROTOCOL_ERROR, loop.now());
      }
    } catch (LayerException e) {
      client.closed(e.cause(), loop.now());
    } catch (IOException e) {
      failed(e);
      return;
    }
    startWork();
    if (layer.wantsFlush()) {
      loop.flushLater(this);
    }
  }

  private void partArrived() {
    client.partArrived(decoder.missing(), loop.now());
    collected(decoder.collected());
    if (collected > SMALL_PART && loop.hasManyUnfinishedBytes()) {
      client.partsAreMany(loop.now());
    }
  }

  private void collected(int bytes) {
    loop.collected(bytes - collected);
    collected = bytes;
  }

  private void startWork() {
    Runnable work = layer.takeWork();
    if (work != null) {
      working = true;
      loop.runHandshake(work, this);
      loop.flushLater(this); // which stops listening to the peer
    }
  }

  /** What another thread had to do is done; perhaps nobody waits for it any more. */
  void workDone() {
    working = false;
    layer.workDone();
    if (!closing && undecoded == null) {
      read(loop.readBuffer);
    }
    loop.flushLater(this);
  }

  /** All is said, but the socket should be empty when it is closed. */
  private void discard(ByteBuffer buffer) throws IOException {
    int count = channel.read(buffer.clear());
    if (count < 0) {
      inputEnded = true;
      loop.flushLater(this);
    } else {
      discarded += count;
      if (discarded > MOST_DISCARDED) {
        closeNow();
      }
    }
  }

  private void decode(ByteBuffer buffer) {
    long now = loop.now();
    try {
      while (!closing) {
        Packet packet = next(buffer, now);
        if (packet == null) {
          return;
        }
        if (!connectSeen) {
          connectSeen = true;
          decoder.maximumPacketSize(loop.limits.maxPacketSize());
        }
        client.arrived(packet, now);
        if (client.isThrottled(now)) {
          pause(buffer);
          return;
        }
      }
    } catch (MalformedPacketException e) {
      client.malformed(e, decoder.version(), now);
    } catch (RuntimeException e) {
      client.failed(e, now);
    }
  }

  /** The next packet; null for none yet, or if the connection had to end. */
  private Packet next(ByteBuffer buffer, long now) throws MalformedPacketException {
    try {
      return decoder.decode(buffer);
    } catch (OutOfMemoryError e) {
      // The packet was too much, and its array is not there. All else is unharmed.
      client.failed(e, now);
      return null;
    }
  }

  /** Reads no more for a moment; what was read already waits as well. */
  private void pause(ByteBuffer buffer) {
    undecoded = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
    loop.pause(this);
    key.interestOpsAnd(~SelectionKey.OP_READ);
  }

  /**
   * Goes on, if the moment is over.
   *
   * @return false to be asked again
   */
  boolean resume() {
    if (!closing && client.isThrottled(loop.now())) {
      return false;
    }
    ByteBuffer rest = undecoded;
    undecoded = null;
    if (!closing) {
      decode(rest);
    }
    if (!closing && undecoded == null && layer.hasMore()) {
      read(loop.readBuffer); // the socket would not tell
    }
    loop.flushLater(this); // which listens to the peer again
    return true;
  }

  private void failed(IOException e) {
    String why = output.failure() != null ? output.failure() : ConnectionOutput.words(e);
    client.closed(DisconnectCause.network(why), loop.now());
    closeNow();
  }

  /** The socket has room. */
  void writable() {
    if (!closing && output.isEmpty()) {
      client.writable(loop.now());
    }
    flush();
  }

  /** Writes what goes without waiting, at the end of a turn or when the socket has room again. */
  void flush() {
    waitsForFlush = false;
    if (!channel.isOpen()) {
      return;
    }
    output.write();
    startWork();
    if (closing && output.isWritten()) {
      finish();
    }
    if (channel.isOpen()) {
      key.interestOps(interests());
    }
  }

  private int interests() {
    int operations = 0;
    boolean fetches = !closing && output.failure() == null && client.waitsForSocket();
    if (!output.isWritten() || fetches) {
      operations |= SelectionKey.OP_WRITE;
    }
    boolean listens = closing || !working && !output.hasTooManyReplies();
    if (!inputEnded && undecoded == null && listens) {
      operations |= SelectionKey.OP_READ;
    }
    return operations;
  }

  /** Whether all is said, and only the peer's own end is missing. */
  boolean isShut() {
    return outputShut;
  }

  /** All is written: says so, and waits for the peer to close. */
  private void finish() {
    if (!layerEnded && output.failure() == null) {
      layerEnded = true;
      output.end();
      if (!output.isWritten()) {
        return; // the last bytes are on their way; then once more
      }
    }
    if (inputEnded || output.failure() != null) {
      closeNow();
      return;
    }
    if (!outputShut) {
      outputShut = true;
      try {
        channel.shutdownOutput();
      } catch (IOException e) {
        closeNow();
      }
    }
  }

  /** Ends the connection as it is; what was not written is lost. */
  void closeNow() {
    closing = true;
    forgetInput();
    loop.timers.cancel(lingerTimer);
    output.clear();
    loop.forget(this);
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
