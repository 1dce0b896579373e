package dev.midge.testing;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** One connection through a {@link CuttingRelay}, until it is cut. Two threads of its own. */
final class CutConnection {

  private final Socket client;
  private final Socket broker;
  private final CuttingRelay.Cut cut;
  private final Runnable onCut;
  private final AtomicBoolean over = new AtomicBoolean();

  CutConnection(Socket client, Socket broker, CuttingRelay.Cut cut, Runnable onCut)
      throws IOException {
    this.client = client;
    this.broker = broker;
    this.cut = cut;
    this.onCut = onCut;
    client.setTcpNoDelay(true);
    broker.setTcpNoDelay(true);
  }

  void start() {
    Threads.start("relay up", () -> copy(client, broker, cut.sent()));
    Threads.start("relay down", () -> copy(broker, client, cut.received()));
    if (cut.millis() < Integer.MAX_VALUE) {
      Threads.start("relay clock", this::cutInTime);
    }
  }

  private void cutInTime() {
    long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(cut.millis());
    for (long left = 1; left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    cut();
  }

  private void copy(Socket from, Socket to, int limit) {
    byte[] buffer = new byte[8192];
    int left = limit;
    try {
      while (true) {
        int count = from.getInputStream().read(buffer, 0, Math.min(left, buffer.length));
        if (count < 0) {
          if (over.get()) {
            from.close();
          } else {
            to.shutdownOutput();
          }
          return;
        }
        if (over.get()) {
          continue; // Read for a plain end only: the system answers unread bytes with a reset.
        }
        to.getOutputStream().write(buffer, 0, count);
        left -= limit == Integer.MAX_VALUE ? 0 : count;
        if (left == 0) {
          cut();
          left = Integer.MAX_VALUE;
        }
      }
    } catch (IOException end) {
      if (over.compareAndSet(false, true)) {
        tear(); // One side has torn it: so has the other.
      }
    }
  }

  private void cut() {
    if (over.compareAndSet(false, true)) {
      onCut.run();
      end(client, cut.abrupt());
      end(broker, cut.abruptBehind());
    }
  }

  private static void end(Socket socket, boolean abrupt) {
    try {
      if (abrupt) {
        socket.setSoLinger(true, 0);
        socket.close();
      } else {
        socket.shutdownOutput();
      }
    } catch (IOException e) {
      // It is closed already.
    }
  }

  /** Ends both sides abruptly. */
  void tear() {
    end(client, true);
    end(broker, true);
  }
}
