package dev.midge.net.socket;

import dev.midge.net.ClientChannel;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A client's end of a socket of the system, and the one place where such a socket ends. One thread
 * reads, another writes, any may close or abort.
 *
 * @param <S> the socket
 */
abstract class NetworkChannel<S extends Closeable> implements ClientChannel {

  /** The time that an orderly end gives the peer to hang up too. */
  private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable S socket; // the one that is being connected, or is connected
  private volatile @Nullable PeerInput in;
  private boolean closed;
  private boolean outputEnded;

  /** Makes a socket the one that {@link #close} closes, so that closing ends an attempt. */
  final void adopt(S attempt) throws IOException {
    lock.lock();
    try {
      if (closed) {
        attempt.close();
        throw new SocketException("Socket closed");
      }
      socket = attempt;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Notes that the adopted socket is connected.
   *
   * @param raw what the peer sends
   */
  final void connected(InputStream raw) {
    in = new PeerInput(raw);
  }

  final boolean isConnected() {
    return in != null;
  }

  /** Ends what is sent (TCP: FIN); the socket can still be read. */
  abstract void shutdownOutput(S connected) throws IOException;

  /** Reads until the peer hangs up or the time is over. */
  abstract void drain(S connected, PeerInput from, long nanos) throws IOException;

  /** Closes so that what was not delivered is lost, where the system has a way to do so. */
  abstract void cut(S open) throws IOException;

  @Override
  public final InputStream in() throws IOException {
    PeerInput input = in;
    if (input == null) {
      throw new SocketException("Socket is not connected");
    }
    return input;
  }

  @Override
  public final void endOutput() throws IOException {
    S ending;
    lock.lock();
    try {
      ending = closed || in == null ? null : socket;
    } finally {
      lock.unlock();
    }
    if (ending != null) {
      endOutputOnce(ending);
    }
  }

  private void endOutputOnce(S connected) throws IOException {
    lock.lock();
    try {
      if (outputEnded) {
        return;
      }
      outputEnded = true;
    } finally {
      lock.unlock();
    }
    shutdownOutput(connected);
  }

  @Override
  public final void close() throws IOException {
    S ending;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      ending = socket;
    } finally {
      lock.unlock();
    }
    if (ending != null) {
      PeerInput input = in;
      if (input != null) {
        endInOrder(ending, input);
      }
      ending.close();
    }
  }

  /**
   * Shuts the output down and reads on until the peer hangs up: to close a socket with unread bytes
   * is an error to the peer (TCP: RST), which may overtake what was written last.
   */
  private void endInOrder(S ending, PeerInput input) {
    try {
      input.ending(); // Before the peer can know and answer.
      endOutputOnce(ending);
      long left = input.end(FAREWELL_NANOS);
      if (left > 0) {
        drain(ending, input, left);
      }
    } catch (IOException hungUp) {
      // The peer was faster.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public final void abort() throws IOException {
    lock.lock();
    try {
      closed = true;
      if (socket != null) {
        cut(socket);
      }
    } finally {
      lock.unlock();
    }
  }
}
