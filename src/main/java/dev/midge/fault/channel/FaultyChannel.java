package dev.midge.fault.channel;

import dev.midge.fault.Effect;
import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.net.connect.Channels;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A channel that can be made to fail, whatever its layers are. A reset and a freeze affect the
 * network below TLS and WebSocket; a close ends each layer in order, except MQTT. The owner of the
 * connection calls {@link #inject} from any thread, while one thread reads and others write.
 */
public final class FaultyChannel implements ClientChannel {

  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final ClientChannel channel;
  private final FreezableChannel network;

  /** Makes a channel that is not connected yet. */
  public FaultyChannel(Endpoint endpoint) {
    FreezableChannel[] made = new FreezableChannel[1];
    channel = Channels.to(endpoint, lowest -> made[0] = new FreezableChannel(lowest, over));
    network = made[0];
  }

  @Override
  public void connect() throws IOException {
    channel.connect();
  }

  @Override
  public @Nullable String awaited() {
    return channel.awaited();
  }

  /**
   * Makes the channel fail; it cannot be used any more.
   *
   * @param effect {@link Effect#CLOSE}, {@link Effect#RESET} or {@link Effect#FREEZE}
   */
  public void inject(Effect effect) throws IOException {
    switch (effect.kind()) {
      case CLOSE -> channel.close();
      case RESET -> channel.abort();
      case FREEZE -> {
        network.freeze();
        return;
      }
      default -> throw new IllegalArgumentException("not an effect on a channel: " + effect);
    }
    over.complete(null);
  }

  /** Completes when the fault is over: a freeze when the peer closes, or by {@link #close}. */
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
    if (network.isFrozen()) {
      abort();
    } else {
      channel.close();
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
  private final class In extends InputStream {

    private final InputStream in;

    In(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int count = in.read(bytes, offset, length);
        while (count >= 0 && network.isFrozen()) {
          count = in.read(bytes, offset, length);
        }
        return count;
      } catch (IOException e) {
        if (network.isFrozen()) {
          return -1; // the error of a layer at the sudden end
        }
        throw e;
      }
    }
  }
}
