package dev.midge.broker.transport;

import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.router.Client;
import dev.midge.broker.fault.Gates;
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
  /** Nanoseconds after the last packet for which the peer may take its time to close. */
  private static final long LINGER = 2_000_000_000L;

  // Bytes that a layer takes before CONNECT (requests, certificates, pings); within it, the decoder
  // has its own limit.
  private static final int MAX_BEFORE_CONNECT = 200_000;

  private final SelectorLoop loop;
  private final SocketChannel channel;
  private final ChannelLayer layer;
  private final SelectionKey key;
  private final Client client;
  private final ConnectionInput input;
  private final ConnectionOutput output;
  private final Gates faults;
  private final ConnectionEnd end;
  private final ConnectionWants wants;

  private boolean handshaking; // on another thread
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
      Gates faults) {
    this.loop = loop;
    this.channel = channel;
    this.layer = layer;
    this.key = key;
    this.client = client;
    this.input = input;
    this.output = output;
    this.faults = faults;
    this.end = new ConnectionEnd(channel, output);
    this.wants = new ConnectionWants(client, input, output, end, faults);
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
      } while (wants.mayRead() && layer.hasMore());
      if (!output.isClosing() && layer.taken() > takenBefore) {
        input.partArrived();
      }
      if (!output.isClosing() && !input.connectSeen() && layer.taken() > MAX_BEFORE_CONNECT) {
        client.closed(DisconnectCause.PROTOCOL_ERROR, loop.now());
      }
    } catch (LayerException e) {
      input.ended(e.disconnectCause()); // behind what is held
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

  private void readUnheard(ByteBuffer buffer) throws IOException {
    if (end.readUnheard(buffer)) {
      client.closed(DisconnectCause.CLOSED_BY_CLIENT, loop.now());
      closeNow();
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
      if (wants.mayRead() && !handshaking) {
        read();
      }
      output.flushLater();
    }
  }

  private void pump() {
    if (!input.isPaused()) {
      input.pump();
      pauseIfThrottled();
      if (!output.isClosing()) {
        input.partArrived();
      }
    }
  }

  private void discard(ByteBuffer buffer) throws IOException {
    if (!end.discard(buffer)) {
      closeNow();
    }
  }

  @Override
  public boolean resume() {
    if (!output.isClosing() && client.isThrottled(loop.socketNow())) {
      return false;
    }
    input.resume();
    pauseIfThrottled();
    if (wants.mayRead() && layer.hasMore()) {
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
    if (client.waitsForSocket() && output.takesMore()) {
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
      key.interestOps(wants.operations(handshaking));
    }
  }

  /** Tells whether the socket has got all that was taken from the queue. */
  private boolean isCaughtUp() {
    return output.failure() == null && !layer.wantsFlush();
  }

  private void close() {
    input.end();
    if (faults.isFrozen(Direction.IN)) {
      if (end.isInputEnded()) {
        closeNow(); // not before the client does
      }
    } else if (!output.isHeld() && !faults.isStopped(Direction.IN)) {
      linger();
      if (output.isWritten() && end.finish()) {
        closeNow();
      }
    }
  }

  /** Goes on when more may be written or decoded. */
  private void awaitPace() {
    loop.socketTimers.cancel(paceTimer);
    long next = wants.next();
    paceTimer = next == Timers.NEVER ? null : loop.socketTimers.at(next, now -> goOn());
  }

  private void linger() {
    if (lingerTimer == null) {
      lingerTimer = loop.socketTimers.at(loop.socketNow() + LINGER, now -> closeNow());
    }
  }

  @Override
  public boolean isOutputShut() {
    return end.isOutputShut() || faults.isFrozen(Direction.IN);
  }

  @Override
  public long received() {
    return input.came();
  }

  @Override
  public long written() {
    return output.written();
  }

  @Override
  public void closeNow() {
    input.end();
    loop.socketTimers.cancel(lingerTimer);
    loop.socketTimers.cancel(paceTimer);
    faults.closed();
    loop.open.remove(this);
    output.abandon();
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
