package dev.midge.fault;

import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.net.connect.Channels;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * A wire to which a misfortune can happen, whatever it is made of. A reset and a freeze hit the
 * network below TLS and WebSocket; a close says goodbye in each layer but MQTT. The owner of the
 * connection calls {@link #inflict} from any thread, while one thread reads and others write.
 */
public final class FaultyChannel implements ClientChannel {

  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final ClientChannel wire;
  private FreezableChannel network;

  /** A wire to there, not connected yet. */
  public FaultyChannel(Endpoint endpoint) {
    wire =
        Channels.to(
            endpoint,
            lowest -> {
              network = new FreezableChannel(lowest, over);
              return network;
            });
  }

  @Override
  public void connect() throws IOException {
    wire.connect();
  }

  @Override
  public String awaited() {
    return wire.awaited();
  }

  /**
   * Does that to the wire, which is then of no more use.
   *
   * @param effect {@link Effect#CLOSE}, {@link Effect#RESET} or {@link Effect#FREEZE}
   */
  public void inflict(Effect effect) throws IOException {
    switch (effect) {
      case CLOSE -> wire.close();
      case RESET -> wire.abort();
      case FREEZE -> {
        network.freeze();
        return;
      }
      default -> throw new IllegalArgumentException("not done to a wire: " + effect);
    }
    over.complete(null);
  }

  /**
   * Completes when the misfortune is over: a freeze when the peer hangs up or by {@link #close}.
   */
  public CompletableFuture<Void> over() {
    return over;
  }

  @Override
  public InputStream in() throws IOException {
    return new In(wire.in());
  }

  @Override
  public OutputStream out() throws IOException {
    return wire.out();
  }

  /** Ends the wire in order; a frozen one is cut, for there is nobody to say goodbye to. */
  @Override
  public void close() throws IOException {
    if (network.isFrozen()) {
      abort();
    } else {
      wire.close();
    }
  }

  /** Ends the network in order (TCP: FIN), without a word in the layers above it. */
  public void closeNetwork() throws IOException {
    network.close();
    over.complete(null);
  }

  @Override
  public void abort() throws IOException {
    try {
      wire.abort();
    } finally {
      over.complete(null);
    }
  }

  /** What the layers had taken in before the network froze is not to be seen any more either. */
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
          return -1; // A layer complains of the sudden end.
        }
        throw e;
      }
    }
  }
}
