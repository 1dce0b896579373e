package dev.midge.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Publishes what a subscriber is to print, as soon as it has subscribed. A thread of its own. */
final class Feeder extends Thread implements AutoCloseable {
  private static final int IN_FLIGHT = 500;

  /** In QoS 2 the broker takes so many at a time, and hangs up on whoever sends more. */
  private static final int IN_FLIGHT_EXACTLY_ONCE = 20;

  private final Broker.Running broker;
  private final int qos;
  private final int count;
  private final int payload;

  Feeder(Broker.Running broker, int qos, int count, int payload) {
    super("feeder");
    setDaemon(true);
    this.broker = broker;
    this.qos = qos;
    this.count = count;
    this.payload = payload;
  }

  @Override
  public void run() {
    try (Wire wire = Wire.open(broker.port(), "feeder", Wire.BUFFER);
        Selector selector = Selector.open()) {
      int window = qos == 2 ? IN_FLIGHT_EXACTLY_ONCE : IN_FLIGHT;
      Publisher publisher = new Publisher(wire, StreamCase.TOPIC, qos, payload, window);
      SelectionKey key = wire.channel.register(selector, SelectionKey.OP_READ);
      broker.awaitSubscription();
      boolean isFull = false;
      while (isFull || publisher.published() < count || !publisher.isSettled()) {
        if (!isFull && publisher.published() < count) {
          isFull = publisher.publish((int) (count - publisher.published()));
        }
        key.interestOps(SelectionKey.OP_READ | (isFull ? SelectionKey.OP_WRITE : 0));
        if (isFull || publisher.published() < count || !publisher.isSettled()) {
          selector.select();
          selector.selectedKeys().clear();
          isFull = publisher.ready();
        }
      }
      wire.channel.configureBlocking(false);
      key.cancel();
      selector.selectNow();
      wire.channel.configureBlocking(true);
      wire.ask(Packets.ping()); // When it is answered, the broker has everything.
    } catch (IOException e) {
      System.err.println("feeder: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws InterruptedException {
    interrupt();
    join();
  }
}
