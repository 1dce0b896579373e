package dev.midge.broker.transport;

import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.router.Client;
import dev.midge.broker.fault.LinkFaults;
import dev.midge.fault.Direction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The broker's end of one connection: reads and writes when its socket is ready, and closes it so
 * that the last packet gets through. Broker thread only.
 */
final class Connection implements SelectorLoop.Member {
  // After the last packet was written, the input is read and discarded for this time and up to this
  // size: a socket that is closed with unread input sends a reset, which may overtake that packet.
  private static final long LINGER = 2_000_000_000L;
  private static final int MAX_DISCARDED = 16 * 1024 * 1024;

  // Bytes that a layer takes before CONNECT (requests, certificates, pings); within it, the decoder
  // has its own limit.
  private static final int MAX_BEFORE_CONNECT = 200_000;

  // While a fault freezes the client's direction, up to so many bytes are read and forgotten: the
  // end of the client shows, unless it has sent more than that before.
  private static final int MAX_UNHEARD = 64 * 1024;

  private final SelectorLoop loop;
  private final SocketChannel channel;
  private final ChannelLayer layer;
  private final SelectionKey key;
  private final Client client;
  private final ConnectionInput input;
  private final ConnectionOutput output;
  private final LinkFaults faults;

  private boolean handshaking; // on another thread
  private boolean layerEnded;
  private boolean outputShut;
  private boolean inputEnded;
  private int discarded;
  private boolean wantsInput; // at the end of the turn
  private Timers.@Nullable Timer lingerTimer;
  private Timers.@Nullable Timer paceTimer;

  Connection(
      SelectorLoop loop,
      SocketChannel channel,
      ChannelLayer layer,
      SelectionKey key,
      Client client,
      ConnectionInput input,
      ConnectionOutput output,
      LinkFaults faults) {
    this.loop = loop;
    this.channel = channel;
    this.layer = layer;
    this.key = key;
    this.client = client;
    this.input = input;
    this.output = output;
    this.faults = faults;
  }

  @Override
  public void read() {
    ByteBuffer buffer = loop.readBuffer;
    try {
      if (faults.isFrozen(Direction.OUT)) {
        readUnheard(buffer);
        return;
      }
      if (output.isClosing()) {
        discard(buffer);
        return;
      }
      if (faults.isStopped(Direction.OUT)) {
        return;
      }
      long takenBefore = layer.taken();
      do {
        int count = layer.read(buffer.clear());
        if (count < 0) {
          String failure = output.failure();
          input.ended(
              failure == null
                  ? DisconnectCause.CLOSED_BY_CLIENT
                  : DisconnectCause.network(failure));
          if (!output.isClosing()) {
            break; // behind what is held
          }
          discard(buffer);
        } else {
          input.take(buffer.flip());
          pauseIfThrottled();
        }
      } while (mayRead() && layer.hasMore());
      if (!output.isClosing() && layer.taken() > takenBefore) {
        input.partArrived();
      }
      if (!output.isClosing() && !input.connectSeen() && layer.taken() > MAX_BEFORE_CONNECT) {
        client.closed(DisconnectCause.PROTOCOL_ERROR, loop.now());
      }
    } catch (LayerException e) {
      client.closed(e.disconnectCause(), loop.now());
    } catch (IOException e) {
      failed(e);
      return;
    }
    if (output.isClosing()) {
      input.end(); // before others are judged by the memory that unfinished packets take
    }
    startHandshake();
    if (layer.wantsFlush() || input.isHolding()) {
      output.flushLater();
    }
  }

  private boolean mayRead() {
    return !output.isClosing() && !faults.isStopped(Direction.OUT) && input.hasRoom();
  }

  /** Reads below all layers, for the end alone. */
  private void readUnheard(ByteBuffer buffer) throws IOException {
    int count = channel.read(buffer.clear());
    if (count < 0) {
      client.closed(DisconnectCause.CLOSED_BY_CLIENT, loop.now());
      closeNow();
    } else {
      discarded += count;
      output.flushLater(); // which reads no more if that was enough
    }
  }

  private void pauseIfThrottled() {
    if (input.isPaused()) {
      loop.pause(this);
      key.interestOpsAnd(~SelectionKey.OP_READ);
    }
  }

  private void startHandshake() {
    Runnable work = layer.takeWork();
    if (work != null) {
      handshaking = true;
      loop.runHandshake(work, this);
      output.flushLater(); // which stops reading from the peer
    }
  }

  @Override
  public void handshakeDone() {
    handshaking = false;
    layer.workDone();
    if (!output.isClosing() && !input.isPaused()) {
      read();
    }
    output.flushLater();
  }

  @Override
  public void goOn() {
    wantsInput = true;
    output.flushLater();
  }

  @Override
  public void catchUp() {
    if (channel.isOpen()) {
      pump();
      if (mayRead() && !handshaking) {
        read();
      }
      output.flushLater();
    }
  }

  private void pump() {
    if (!input.isPaused()) {
      input.pump();
      pauseIfThrottled();
    }
  }

  /** Empties the socket, so that it can be closed without a reset. */
  private void discard(ByteBuffer buffer) throws IOException {
    int count = channel.read(buffer.clear());
    if (count < 0) {
      inputEnded = true;
      output.flushLater();
    } else {
      discarded += count;
      if (discarded > MAX_DISCARDED) {
        closeNow();
      }
    }
  }

  @Override
  public boolean resume() {
    if (!output.isClosing() && client.isThrottled(loop.now())) {
      return false;
    }
    input.resume();
    pauseIfThrottled();
    if (mayRead() && layer.hasMore()) {
      read(); // the selector does not know of bytes in a layer
    }
    output.flushLater(); // which reads from the peer again
    return true;
  }

  private void failed(IOException e) {
    String failure = output.failure();
    String why = failure != null ? failure : ConnectionOutput.words(e);
    client.closed(DisconnectCause.network(why), loop.now());
    closeNow();
  }

  @Override
  public void writable() {
    if (!output.isClosing() && output.isEmpty()) {
      client.writable(loop.now());
    }
    flush();
  }

  @Override
  public void flush() {
    if (wantsInput) {
      wantsInput = false;
      catchUp();
    }
    if (!channel.isOpen()) {
      return;
    }
    output.flush();
    while (isCaughtUp() && faults.written(output.written())) {
      if (!channel.isOpen()) {
        return; // reset
      }
      output.flush();
    }
    startHandshake();
    if (output.isClosing()) {
      close();
    }
    if (channel.isOpen()) {
      awaitPace();
      key.interestOps(interests());
    }
  }

  /** Tells whether the socket has got all that was taken from the queue. */
  private boolean isCaughtUp() {
    return output.failure() == null && !layer.wantsFlush();
  }

  private void close() {
    input.end();
    if (faults.isFrozen(Direction.IN)) {
      if (inputEnded) {
        closeNow(); // not before the client does
      }
    } else if (!output.isHeld()) {
      linger();
      if (output.isWritten()) {
        finish();
      }
    }
  }

  /** Goes on when more may be written or decoded. */
  private void awaitPace() {
    loop.timers.cancel(paceTimer);
    long next =
        Math.min(
            output.isHeld() ? output.next() : Timers.NEVER,
            input.isHolding() ? input.next() : Timers.NEVER);
    paceTimer = next == Timers.NEVER ? null : loop.timers.at(next, now -> goOn());
  }

  private void linger() {
    if (lingerTimer == null) {
      lingerTimer = loop.timers.at(loop.now() + LINGER, now -> closeNow());
    }
  }

  private int interests() {
    boolean closing = output.isClosing();
    int operations = 0;
    boolean wantsRoom = !closing && output.failure() == null && client.waitsForSocket();
    if (!output.isHeld() && (!output.isWritten() || wantsRoom)) {
      operations |= SelectionKey.OP_WRITE;
    }
    if (!inputEnded && wantsToRead(closing)) {
      operations |= SelectionKey.OP_READ;
    }
    return operations;
  }

  private boolean wantsToRead(boolean closing) {
    if (faults.isFrozen(Direction.OUT)) {
      return discarded < MAX_UNHEARD;
    }
    if (closing || faults.isStopped(Direction.OUT)) {
      return closing && !input.isPaused();
    }
    return !handshaking && !output.hasTooManyReplies() && input.hasRoom();
  }

  @Override
  public boolean isOutputShut() {
    return outputShut || faults.isFrozen(Direction.IN);
  }

  /** Ends the output after the last packet, and waits for the peer to close. */
  private void finish() {
    if (!layerEnded && output.failure() == null) {
      layerEnded = true;
      output.end();
      if (!output.isWritten()) {
        return; // called again when the last bytes are written
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

  @Override
  public void closeNow() {
    input.end();
    loop.timers.cancel(lingerTimer);
    loop.timers.cancel(paceTimer);
    faults.closed();
    output.abandon();
    loop.remove(this);
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
