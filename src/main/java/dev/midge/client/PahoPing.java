package dev.midge.client;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;

/**
 * Wakes Paho when keep alive is due. Paho's own timer would start with the client's interval, even
 * where the broker has ordered a shorter one.
 */
final class PahoPing implements MqttPingSender {

  private final PahoThreads threads;
  private final LongSupplier keepAliveSeconds;
  private ClientComms comms;
  private Future<?> next;

  /**
   * @param keepAliveSeconds the interval in force, known once CONNACK has come; 0 for no keep alive
   */
  PahoPing(PahoThreads threads, LongSupplier keepAliveSeconds) {
    this.threads = threads;
    this.keepAliveSeconds = keepAliveSeconds;
  }

  @Override
  public void init(ClientComms of) {
    this.comms = of;
  }

  @Override
  public void start() {
    long seconds = keepAliveSeconds.getAsLong();
    if (seconds > 0) {
      schedule(TimeUnit.SECONDS.toMillis(seconds));
    }
  }

  @Override
  public synchronized void schedule(long delayMillis) {
    try {
      next = threads.schedule(this::check, delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException over) {
      // The connection has ended meanwhile.
    }
  }

  /** Paho ends a dead connection in here, and waits for its sender: not on the thread of timers. */
  private void check() {
    threads.execute(() -> comms.checkForActivity());
  }

  @Override
  public synchronized void stop() {
    if (next != null) {
      next.cancel(false);
    }
  }
}
