package dev.midge.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;

/**
 * Publishers and subscribers on one thread with one selector, as fast as the broker lets them: at
 * most {@code window} messages are published that the slowest subscriber does not have yet, so that
 * no broker has a reason to drop any.
 */
final class Flow implements AutoCloseable {

  /** Either end of the flow, when its socket has something to read or room to write. */
  interface Ready {
    boolean ready() throws IOException;
  }

  private static final long DRAIN = 10_000_000_000L;

  private final Selector selector = Selector.open();
  private final List<Publisher> publishers;
  private final List<Subscriber> subscribers;
  private final int window;
  private IOException failure;

  Flow(List<Publisher> publishers, List<Subscriber> subscribers, int window) throws IOException {
    this.publishers = publishers;
    this.subscribers = subscribers;
    this.window = window;
    for (Publisher publisher : publishers) {
      publisher.wire().channel.register(selector, SelectionKey.OP_READ, publisher);
    }
    for (Subscriber subscriber : subscribers) {
      subscriber.wire().channel.register(selector, SelectionKey.OP_READ, subscriber);
    }
  }

  /** Messages that reached a subscriber, in all. */
  long received() {
    long sum = 0;
    for (Subscriber subscriber : subscribers) {
      sum += subscriber.received();
    }
    return sum;
  }

  private long published() {
    long sum = 0;
    for (Publisher publisher : publishers) {
      sum += publisher.published();
    }
    return sum;
  }

  private long leastReceived() {
    long least = Long.MAX_VALUE;
    for (Subscriber subscriber : subscribers) {
      least = Math.min(least, subscriber.received());
    }
    return least;
  }

  /** Publishes until this time, as {@link System#nanoTime} counts. */
  void runUntil(long end) throws IOException {
    while (System.nanoTime() - end < 0) {
      int room = (int) (window - (published() - leastReceived()));
      if (room >= window / 4) {
        for (Publisher publisher : publishers) {
          note(publisher, publisher.publish(Math.max(1, room / publishers.size())));
        }
      }
      turn();
    }
  }

  /**
   * Publishes no more and waits for what is under way.
   *
   * @return messages that are missing at the end; negative if there were too many
   */
  long drain() throws IOException {
    long deadline = System.nanoTime() + DRAIN;
    long expected = published() * subscribers.size();
    while (System.nanoTime() < deadline
        && !(received() >= expected && publishers.stream().allMatch(Publisher::isSettled))) {
      turn();
    }
    return expected - received();
  }

  private void turn() throws IOException {
    selector.select(this::ready, 100);
    if (failure != null) {
      throw failure;
    }
  }

  private void ready(SelectionKey key) {
    try {
      boolean wantsWrite = ((Ready) key.attachment()).ready();
      interest(key, wantsWrite);
    } catch (IOException e) {
      failure = e;
    }
  }

  private void note(Publisher publisher, boolean wantsWrite) {
    interest(publisher.wire().channel.keyFor(selector), wantsWrite);
  }

  private static void interest(SelectionKey key, boolean wantsWrite) {
    int wanted = SelectionKey.OP_READ | (wantsWrite ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    for (Publisher publisher : publishers) {
      publisher.wire().close();
    }
    for (Subscriber subscriber : subscribers) {
      subscriber.wire().close();
    }
  }
}
