package dev.midge.client.paho;

import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;

/**
 * Cures that Paho pings by our keep alive where the broker has ordered a shorter one, and takes the
 * broker for dead while our own output is held up: {@link dev.midge.client.io.KeepAlive} pings in
 * its place, by means of the ping sender that Paho lets its users bring.
 */
final class PahoKeepAlive implements MqttPingSender {

  private final Runnable start;
  private final Runnable stop;

  /**
   * @param start run when CONNACK has come
   * @param stop run when Paho has ended the connection
   */
  PahoKeepAlive(Runnable start, Runnable stop) {
    this.start = start;
    this.stop = stop;
  }

  @Override
  public void init(ClientComms comms) {}

  @Override
  public void start() {
    start.run();
  }

  @Override
  public void stop() {
    stop.run();
  }

  /** Is called by Paho's own check only, which nobody calls. */
  @Override
  public void schedule(long delayMillis) {}
}
