package dev.midge.client.io;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.packet.Ping;
import dev.midge.net.ClientChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The keep alive of a connection: sends PINGREQ when nothing was sent, or nothing came, for an
 * interval, and cuts the channel when the broker is dead. The broker is dead when it takes no bytes
 * for one and a half intervals, or sends none for an interval after a PINGREQ. Bytes that have come
 * but are not read, since this client is held up by its own output, are no fault of the broker's:
 * then PINGREQs go on. They do too while a planned fault keeps bytes back. One thread looks after
 * those of all connections of the process, as long as there are any.
 */
public final class KeepAlive {

  /** Holds the keep alives that have begun and not ended; the lock of {@link #thread} too. */
  private static final List<KeepAlive> ALL = new ArrayList<>();

  private static @Nullable Thread thread;

  private final long millis;
  private final long nanos;
  private final PacketWriter writer;
  private final PacketReader reader;
  private final ClientChannel channel;
  private long due;
  private volatile boolean pinging;
  private volatile long pinged = System.nanoTime();
  private volatile boolean awaiting;
  private volatile boolean cut;
  private volatile boolean elapsed;

  /**
   * @param seconds the interval, at least 1
   */
  public KeepAlive(long seconds, PacketWriter writer, PacketReader reader, ClientChannel channel) {
    this.millis = TimeUnit.SECONDS.toMillis(seconds);
    this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    this.writer = writer;
    this.reader = reader;
    this.channel = channel;
  }

  /** Begins. Ends by {@link #stop}, or when nothing is sent any more. */
  public void start() {
    synchronized (ALL) {
      due = next(System.nanoTime());
      ALL.add(this);
      if (thread == null) {
        thread = new Thread(KeepAlive::watch, "midge keep alive");
        thread.setDaemon(true);
        thread.start();
      } else {
        ALL.notifyAll(); // It may be due before all others.
      }
    }
  }

  /** Ends. Any thread. */
  public void stop() {
    synchronized (ALL) {
      ALL.remove(this);
      if (ALL.isEmpty()) {
        ALL.notifyAll(); // The thread ends.
      }
    }
  }

  /**
   * Makes PINGREQ due now at the connections whose interval is so many seconds. For tests, in which
   * it has to be sent once, however slow the machine is.
   */
  static void elapse(long seconds) {
    synchronized (ALL) {
      for (KeepAlive each : ALL) {
        if (each.nanos == TimeUnit.SECONDS.toNanos(seconds)) {
          each.elapsed = true;
          each.due = System.nanoTime();
        }
      }
      ALL.notifyAll();
    }
  }

  /** PINGRESP has come. */
  public void answered() {
    awaiting = false;
  }

  /** Returns whether the channel was cut, since the broker is dead. Any thread. */
  public boolean hasCut() {
    return cut;
  }

  /** Returns the failure of a connection whose channel was cut. */
  public static ConnectionFailure failure() {
    return new ConnectionFailure(ConnectionFailure.Kind.KEEPALIVE, null);
  }

  private static void watch() {
    while (true) {
      for (KeepAlive each : takeDue()) {
        if (!each.look()) {
          each.stop();
        }
      }
      synchronized (ALL) {
        if (ALL.isEmpty()) {
          thread = null;
          return;
        }
        awaitDue();
      }
    }
  }

  /** Returns those that are due now; each is due again after its pause. */
  private static List<KeepAlive> takeDue() {
    List<KeepAlive> taken = new ArrayList<>();
    synchronized (ALL) {
      long now = System.nanoTime();
      for (KeepAlive each : ALL) {
        if (each.due - now <= 0) {
          each.due = each.next(now);
          taken.add(each);
        }
      }
    }
    return taken;
  }

  private static void awaitDue() {
    long now = System.nanoTime();
    long left = Long.MAX_VALUE;
    for (KeepAlive each : ALL) {
      left = Math.min(left, each.due - now);
    }
    try {
      if (left > 0) {
        TimeUnit.NANOSECONDS.timedWait(ALL, left);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e); // Nobody interrupts.
    }
  }

  /** Returns a time that is the same for all whose interval is the same: one waking for all. */
  private long next(long now) {
    long pause = TimeUnit.MILLISECONDS.toNanos(Math.min(millis / 10, 1000));
    return now - Math.floorMod(now, pause) + pause;
  }

  /** Does what is to be done now; returns whether the connection goes on. Never waits. */
  private boolean look() {
    if (writer.isShut()) {
      return false; // Whoever has shut it sees to the channel.
    }
    if (isDead()) {
      cut = true;
      try {
        channel.abort();
      } catch (IOException e) {
        // The channel is closed; the thread that reads knows.
      }
      return false;
    }
    if (isDue()) {
      ping();
    }
    return true;
  }

  private boolean isDead() {
    return writer.isStuck(millis * 3 / 2) // [MQTT-3.1.2-22] grants as much to a client.
            && !reader.isSpoilt()
        || awaiting && !pinging && System.nanoTime() - pinged >= nanos && reader.isStarved(nanos);
  }

  private boolean isDue() {
    long now = System.nanoTime();
    return elapsed
        || !pinging
            && now - pinged >= nanos
            && (now - writer.lastWrite() >= nanos || now - reader.lastRead() >= nanos);
  }

  /** Sends PINGREQ on a thread of its own, since a broker that does not read may hold it up. */
  private void ping() {
    elapsed = false;
    pinging = true;
    awaiting = true;
    Thread sender =
        new Thread(
            () -> {
              try {
                writer.send(Ping.REQUEST, false);
                pinged = System.nanoTime();
              } catch (IOException e) {
                // The thread that reads finds out why.
              } finally {
                pinging = false;
              }
            },
            "midge ping");
    sender.setDaemon(true);
    try {
      sender.start();
    } catch (OutOfMemoryError e) {
      pinging = false; // There is no thread for it now: a later look tries again.
      awaiting = false;
    }
  }
}
