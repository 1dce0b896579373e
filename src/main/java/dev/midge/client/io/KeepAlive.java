package dev.midge.client.io;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.packet.Ping;
import dev.midge.net.ClientChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The keep alive of a connection: sends PINGREQ when nothing was sent, or nothing came, for an
 * interval, and cuts the channel when the broker is dead. The broker is dead when it takes no bytes
 * for one and a half intervals, or sends none for an interval after a PINGREQ. Bytes that have come
 * but are not read, since this client is held up by its own output, are no fault of the broker's:
 * then PINGREQs go on. They do too while a planned fault keeps bytes back.
 */
public final class KeepAlive {

  private final long millis;
  private final long nanos;
  private final PacketWriter writer;
  private final PacketReader reader;
  private final ClientChannel channel;
  private @Nullable Thread thread;
  private volatile boolean pinging;
  private volatile long pinged = System.nanoTime();
  private volatile boolean awaiting;
  private volatile boolean cut;

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
  public synchronized void start() {
    thread = new Thread(this::watch, "midge keep alive");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends. Any thread. */
  public synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
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

  private void watch() {
    try {
      while (true) {
        Thread.sleep(Math.min(millis / 10, 1000));
        if (writer.isShut()) {
          return; // Whoever has shut it sees to the channel.
        }
        if (isDead()) {
          cut = true;
          channel.abort();
          return;
        }
        if (isDue()) {
          ping();
        }
      }
    } catch (InterruptedException done) {
      // The connection is over.
    } catch (IOException e) {
      // The channel is closed; the thread that reads knows.
    }
  }

  private boolean isDead() {
    return writer.isStuck(millis * 3 / 2) // [MQTT-3.1.2-22] grants as much to a client.
            && !reader.isSpoilt()
        || awaiting && !pinging && System.nanoTime() - pinged >= nanos && reader.isStarved(nanos);
  }

  private boolean isDue() {
    long now = System.nanoTime();
    return !pinging
        && now - pinged >= nanos
        && (now - writer.lastWrite() >= nanos || now - reader.lastRead() >= nanos);
  }

  /** Sends PINGREQ on a thread of its own, since a broker that does not read may hold it up. */
  private void ping() {
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
    sender.start();
  }
}
