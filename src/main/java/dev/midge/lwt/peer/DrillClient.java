package dev.midge.lwt.peer;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Effect;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import java.time.Duration;

/** One connection of the drill, each packet of which is traced. For several threads. */
public interface DrillClient extends AutoCloseable {
  /** The keep alive of clients that are not to fall silent, in seconds. */
  int KEEP_ALIVE = 60;

  /** The answer to a PUBLISH. */
  interface Acknowledgement {
    /**
     * Waits for it.
     *
     * @return the reason code of PUBACK; 0 in QoS 0
     * @throws ConnectionFailure when none comes in time
     */
    int await() throws ConnectionFailure, InterruptedException;
  }

  /** Returns the CONNACK packet of a client that is connected. */
  Connack connack();

  /** Returns the time of the last packet that was sent, by {@link System#nanoTime}. */
  long lastSent();

  /** Returns the keep alive in force, in seconds; 0 for none [MQTT-3.1.2-21]. */
  long keepAlive();

  /** Publishes in QoS 0 or 1. */
  Acknowledgement publish(Message message) throws ConnectionFailure, InterruptedException;

  /**
   * Subscribes and waits for SUBACK.
   *
   * @return the reason code, or -1 when no SUBACK came in time or before the end of the connection
   */
  int subscribe(Subscription subscription) throws InterruptedException;

  /**
   * Ends the connection with that effect, or freezes it, and sends nothing any more.
   *
   * @return the time of the end, by {@link System#nanoTime}
   */
  long end(Effect effect);

  /** Sends DISCONNECT. Returns the time at which it was sent. */
  long disconnect(Disconnect packet) throws ConnectionFailure, InterruptedException;

  /**
   * Sends DISCONNECT 0x00 and waits until the broker has closed the connection: only then may
   * another one with the same client id come, for two connections have no order.
   */
  void endCleanly(Duration limit) throws ConnectionFailure, InterruptedException;

  /** Sends DISCONNECT, so that no will follows, if the connection is open, and closes it. */
  void leave();

  boolean isEnded();

  /** Closes the transport without DISCONNECT, if it is still open. */
  @Override
  void close();
}
