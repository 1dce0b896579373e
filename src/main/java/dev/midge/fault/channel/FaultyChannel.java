package dev.midge.fault.channel;

import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.plan.Shaping;
import dev.midge.net.BulkInputStream;
import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.net.connect.Channels;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A channel that can be made to fail, whatever its layers are. A reset, a freeze and what slows it
 * down affect the network below TLS and WebSocket; a close ends each layer in order, except MQTT.
 * The owner of the connection calls {@link #inject} and {@link #spoil} from any thread, while one
 * thread reads and others write.
 */
public final class FaultyChannel implements ClientChannel {

  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final ClientChannel channel;
  private final FreezableChannel network;
  private final @Nullable ShapedChannel shaped;
  private volatile boolean peerEnded;
  private volatile boolean peerAwaited;

  /** Makes a channel that is not connected yet, and is never to be slowed down. */
  public FaultyChannel(Endpoint endpoint) {
    FreezableChannel[] made = new FreezableChannel[1];
    channel = Channels.to(endpoint, lowest -> made[0] = new FreezableChannel(lowest, over));
    network = made[0];
    shaped = null;
  }

  /**
   * Makes a channel that is not connected yet, and may be slowed down.
   *
   * @param shaping says how what is written now is shaped, once {@link #spoil} was called
   */
  public FaultyChannel(Endpoint endpoint, Function<Direction, Shaping> shaping) {
    FreezableChannel[] made = new FreezableChannel[1];
    ShapedChannel[] upon = new ShapedChannel[1];
    channel =
        Channels.to(
            endpoint,
            lowest -> {
              made[0] = new FreezableChannel(lowest, over);
              return upon[0] = new ShapedChannel(made[0], shaping);
            });
    network = made[0];
    shaped = upon[0];
  }

  @Override
  public void connect() throws IOException {
    channel.connect();
  }

  /** Completes when the network is connected, before TLS and WebSocket. */
  public CompletableFuture<@Nullable Void> networkConnected() {
    return network.connected();
  }

  @Override
  public @Nullable String awaited() {
    return channel.awaited();
  }

  /**
   * Makes the channel fail; it cannot be used any more. What was written before is carried first.
   *
   * @param effect {@link Effect#CLOSE}, {@link Effect#RESET} or {@link Effect#FREEZE}
   */
  public void inject(Effect effect) throws IOException {
    if (shaped != null) {
      shaped.flush();
    }
    switch (effect.kind()) {
      case CLOSE -> close();
      case RESET -> channel.abort();
      case FREEZE -> {
        network.freeze(Direction.BOTH);
        return;
      }
      default -> throw new IllegalArgumentException("not an effect on a channel: " + effect);
    }
    over.complete(null);
  }

  /**
   * Bytes are about to be written behind which {@link #spoil} may be called: what comes in waits
   * for {@link #decided}.
   */
  public void undecided() {
    if (shaped != null) {
      shaped.undecided();
    }
  }

  /** Ends that wait: all that had to be called behind those bytes was called. */
  public void decided() {
    if (shaped != null) {
      shaped.decided();
    }
  }

  /**
   * Begins what slows the channel down, or freezes one direction of it. Returns at once; effects
   * that do neither are none of its business.
   */
  public void spoil(Effect effect) {
    if (effect instanceof Effect.Freeze freeze && freeze.direction() != Direction.BOTH) {
      network.freeze(freeze.direction());
    } else if (shaped != null && effect instanceof Effect.Blackout blackout) {
      shaped.blackout(blackout.time());
    } else if (shaped != null
        && (effect instanceof Effect.Delay
            || effect instanceof Effect.Throttle
            || effect instanceof Effect.Slice)) {
      shaped.begin();
    }
  }

  /** From now on the fault is over when the peer closes. Somebody has to read until then. */
  public void awaitPeer() {
    peerAwaited = true;
    peerEnded(peerEnded);
  }

  private void peerEnded(boolean ended) {
    peerEnded = ended;
    if (ended && peerAwaited) {
      over.complete(null);
    }
  }

  /**
   * Completes when the fault is over: a freeze, and what {@link #awaitPeer} waits for, when the
   * peer closes, or by {@link #close}.
   */
  public CompletableFuture<Void> over() {
    return over;
  }

  @Override
  public InputStream in() throws IOException {
    return new In(channel.in());
  }

  @Override
  public OutputStream out() throws IOException {
    return channel.out();
  }

  /** Ends the channel in order; a frozen one is aborted, since its layers cannot send any more. */
  @Override
  public void close() throws IOException {
    try {
      if (network.isOutFrozen()) {
        channel.abort();
      } else {
        channel.close();
      }
    } finally {
      over.complete(null);
    }
  }

  /** Ends the network in order (TCP: FIN), but not the layers above it. */
  public void closeNetwork() throws IOException {
    network.close();
    over.complete(null);
  }

  @Override
  public void abort() throws IOException {
    try {
      channel.abort();
    } finally {
      over.complete(null);
    }
  }

  /** Discards bytes that the layers had read before the network froze. */
  private final class In extends BulkInputStream {

    private final InputStream in;

    In(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int count = in.read(bytes, offset, length);
        while (count >= 0 && network.isInFrozen()) {
          count = in.read(bytes, offset, length);
        }
        if (count < 0) {
          peerEnded(true);
        }
        return count;
      } catch (IOException e) {
        peerEnded(true);
        if (network.isInFrozen()) {
          return -1; // the error of a layer at the sudden end
        }
        throw e;
      }
    }
  }
}
