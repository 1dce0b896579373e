package dev.midge.client.paho;

import dev.midge.client.paho.cure.Original;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.packet.Packet;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * Cures that Paho takes messages without a limit and sends requests before messages that it was
 * given earlier. Holds what Paho was asked to send and has not sent yet. For several threads.
 */
final class Handover {

  private static final int MAX_WEIGHT = 64;

  /** Adds one to the weight of a message. */
  private static final int BYTES_OF_WEIGHT = 16 * 1024;

  private final Properties ofConnect;
  private final Queue<Original> messages = new ArrayDeque<>();
  private final Queue<Original> requests = new ArrayDeque<>();
  private final Queue<Integer> weights = new ArrayDeque<>();
  private Properties ofDisconnect = Properties.NONE;
  private int weight;
  private boolean disconnecting;
  private boolean disconnected;
  private boolean over;
  private @Nullable IOException broken;

  /** Gives something to Paho. */
  interface Giving {
    void give() throws MqttException;
  }

  /**
   * @param ofConnect the properties of CONNECT
   */
  Handover(Properties ofConnect) {
    this.ofConnect = ofConnect;
  }

  /**
   * Gives Paho a message; waits while it has many. Calls are in the order in which the messages are
   * to be sent.
   *
   * @param bytes the size of the payload
   */
  void message(Original original, int bytes, Giving giving) throws IOException {
    int own = Math.min(MAX_WEIGHT, 1 + bytes / BYTES_OF_WEIGHT);
    synchronized (this) {
      await(() -> weight == 0 || weight + own <= MAX_WEIGHT);
      checkTaking();
      weight += own;
      weights.add(own);
      messages.add(original);
    }
    give(giving);
  }

  /** Gives Paho a request; returns when it was written. */
  void request(Original original, Giving giving) throws IOException {
    awaitWritten();
    synchronized (this) {
      checkTaking();
      requests.add(original);
    }
    give(giving);
    awaitWritten();
  }

  /** Gives Paho DISCONNECT, behind all that it was given before, and takes nothing any more. */
  void disconnect(Properties properties, Giving giving) throws IOException {
    synchronized (this) {
      awaitWritten();
      disconnecting = true;
      ofDisconnect = properties;
    }
    give(giving);
    synchronized (this) {
      await(() -> disconnected);
    }
  }

  /** DISCONNECT was written, or cannot be. */
  synchronized void disconnectGiven() {
    disconnected = true;
    notifyAll();
  }

  /** Waits until DISCONNECT was written, or cannot be; returns false when the time is over. */
  synchronized boolean awaitDisconnected(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!disconnected) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private void give(Giving giving) throws IOException {
    try {
      giving.give();
    } catch (MqttException | RuntimeException e) {
      IOException failure = new IOException("Paho has given up the connection", e);
      broken(failure);
      throw failure;
    }
  }

  /** Waits until Paho has sent all that it was given. */
  synchronized void awaitWritten() throws IOException {
    await(() -> messages.isEmpty() && requests.isEmpty());
    check();
  }

  /** Waits, as a write does, without minding interrupts: the end of the connection ends it. */
  private synchronized void await(BooleanSupplier done) {
    boolean interrupted = false;
    while (!done.getAsBoolean() && !over && broken == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether Paho can send. */
  synchronized boolean isOpen() {
    return !over && broken == null;
  }

  private void check() throws IOException {
    if (broken != null) {
      throw broken;
    }
    if (over) {
      throw new IOException("the connection is over");
    }
  }

  /** Refuses what would be sent behind DISCONNECT [MQTT-3.14.4-2]. */
  private void checkTaking() throws IOException {
    check();
    if (disconnecting) {
      throw new IOException("the connection is about to end");
    }
  }

  /** Returns what Paho was asked to send with that packet. Paho's sender thread. */
  synchronized Original of(Packet packet) {
    Original original =
        switch (packet.type()) {
          case CONNECT -> new Original(0, ofConnect, false, false);
          case PUBLISH -> messages.peek();
          case SUBSCRIBE, UNSUBSCRIBE -> requests.peek();
          case DISCONNECT -> new Original(0, ofDisconnect, false, false);
          default -> Original.NONE;
        };
    return original == null ? Original.NONE : original;
  }

  /** That packet of Paho was written, or is not to be. Paho's sender thread. */
  synchronized void written(Packet packet) {
    switch (packet.type()) {
      case PUBLISH -> {
        messages.poll();
        Integer own = weights.poll();
        weight -= own == null ? 0 : own;
      }
      case SUBSCRIBE, UNSUBSCRIBE -> requests.poll();
      case DISCONNECT -> disconnected = true;
      default -> {
        return;
      }
    }
    notifyAll();
  }

  /** The channel takes nothing any more. */
  synchronized void broken(IOException why) {
    if (broken == null) {
      broken = why;
    }
    notifyAll();
  }

  /** Waits for nothing any more. */
  synchronized void end() {
    over = true;
    notifyAll();
  }
}
