package dev.midge.client;

import dev.midge.mqtt.packet.Ping;
import dev.midge.net.ClientChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The keep alive of a {@link SingleMessage}: asks after each interval whether the broker still
 * lives, and cuts the wire when it does not answer, or does not read, by then. An interrupt ends
 * it.
 */
final class Vigil extends Thread {
  private final long millis;
  private final Outgoing outgoing;
  private final ClientChannel wire;
  private volatile boolean asking;
  private volatile boolean asked;
  private volatile boolean cut;

  /**
   * @param millis the interval
   */
  Vigil(long millis, Outgoing outgoing, ClientChannel wire) {
    super("midge keep alive");
    this.millis = millis;
    this.outgoing = outgoing;
    this.wire = wire;
    setDaemon(true);
  }

  /** PINGRESP has come. */
  void answered() {
    asking = false;
  }

  /** Returns whether the connection was found dead. */
  boolean hasCut() {
    return cut;
  }

  @Override
  public void run() {
    long interval = TimeUnit.MILLISECONDS.toNanos(millis);
    long last = System.nanoTime();
    try {
      while (!outgoing.isStuck(millis * 3 / 2)) {
        Thread.sleep(Math.min(millis / 10, 1000));
        if (System.nanoTime() - last < interval) {
          continue;
        }
        if (asking && asked) {
          break;
        }
        if (!asking) {
          asking = true;
          ask();
        }
        last = System.nanoTime();
      }
      cut = true;
      wire.abort();
    } catch (InterruptedException done) {
      // The job is done.
    } catch (IOException e) {
      // The connection is gone; the thread that reads knows.
    }
  }

  /** On a thread of its own, since a broker that does not read may hold it up. */
  private void ask() {
    asked = false;
    Thread asker =
        new Thread(
            () -> {
              try {
                outgoing.send(Ping.REQUEST, false);
                asked = true;
              } catch (IOException e) {
                // The thread that reads finds out why.
              }
            },
            "midge ping");
    asker.setDaemon(true);
    asker.start();
  }
}
