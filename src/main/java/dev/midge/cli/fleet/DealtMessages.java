package dev.midge.cli.fleet;

import dev.midge.client.source.HandedMessages;
import dev.midge.client.source.MessageSource;
import dev.midge.mqtt.Message;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Deals the messages of one stream out to the clients of a fleet, one to each in turn. A client
 * that is slow holds the stream up; one that has gone is left out, and what it has not taken goes
 * to the others. For several threads.
 */
final class DealtMessages {
  /** So many wait for a client before the stream is held up. */
  private static final int MOST_WAITING = 64;

  /** So many clients take messages at the same time, each on a thread, and may wait meanwhile. */
  private static final int MOST_TAKING = 64;

  private final MessageSource source;
  private final List<Hand> hands = new ArrayList<>();
  private final Queue<Message> returned = new ArrayDeque<>();
  private int turn;
  private final ThreadPoolExecutor takers = takers();
  private boolean over;
  private @Nullable Throwable failure;

  /**
   * Makes one.
   *
   * @param source a stream
   */
  DealtMessages(MessageSource source) {
    this.source = source;
  }

  /**
   * Returns the messages of one more client; call it before {@link #begin}.
   *
   * @param own makes of a message that of the client
   */
  synchronized Hand join(UnaryOperator<Message> own) {
    Hand hand = new Hand(own);
    hands.add(hand);
    takers.prestartCoreThread(); // Now the lack of a thread can be told of.
    return hand;
  }

  private static ThreadPoolExecutor takers() {
    return new ThreadPoolExecutor(
        MOST_TAKING,
        MOST_TAKING,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        task -> {
          Thread thread = new Thread(task, "midge input");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Reads the stream from now on, on a thread of its own, which is left behind if it waits. */
  void begin() {
    Thread dealer = new Thread(this::deal, "midge dealer");
    dealer.setDaemon(true);
    dealer.start();
  }

  private void deal() {
    Throwable unreadable = null;
    try {
      boolean dealt = true;
      while (dealt) {
        Message message = source.next();
        dealt = message == null ? dealReturned() : deal(message);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e); // Nobody interrupts.
    } catch (IOException | RuntimeException | Error e) {
      unreadable = e;
    }
    synchronized (this) {
      failure = unreadable;
      over = true;
      notifyAll();
      hands.forEach(Hand::wake);
    }
  }

  /** Deals a message, and before it what was returned; returns false when nobody is left. */
  private synchronized boolean deal(Message message) throws InterruptedException {
    dealReturned();
    boolean dealt = give(message);
    if (!dealt) {
      returned.add(message);
    }
    return dealt;
  }

  /** Deals what was returned; returns false when that is all. */
  private synchronized boolean dealReturned() throws InterruptedException {
    boolean any = false;
    while (!returned.isEmpty() && give(returned.element())) {
      returned.remove();
      any = true;
    }
    return any;
  }

  private boolean give(Message message) throws InterruptedException {
    for (int i = 0; i < hands.size(); i++) {
      Hand next = hands.get(turn);
      turn = (turn + 1) % hands.size();
      while (!next.left && next.waiting.size() >= MOST_WAITING) {
        wait();
      }
      if (!next.left) {
        next.waiting.add(message);
        next.wake();
        return true;
      }
    }
    return false;
  }

  /** Returns how many messages nobody has taken, of those that were read. */
  synchronized int untaken() {
    return returned.size();
  }

  /** Returns why the stream could not be read to its end; null where it was. */
  synchronized @Nullable Throwable failure() {
    return failure;
  }

  /** The messages of one client. */
  final class Hand implements HandedMessages {
    private final UnaryOperator<Message> own;
    private final Queue<Message> waiting = new ArrayDeque<>(2);
    private @Nullable Taker taker;
    private boolean taking;
    private boolean left;

    Hand(UnaryOperator<Message> own) {
      this.own = own;
    }

    @Override
    public @Nullable Message next() throws IOException {
      synchronized (DealtMessages.this) {
        try {
          while (waiting.isEmpty() && !over && !left) {
            DealtMessages.this.wait();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException();
        }
        Message message = waiting.poll();
        DealtMessages.this.notifyAll();
        return message == null ? null : own.apply(message);
      }
    }

    @Override
    public boolean isReady() {
      synchronized (DealtMessages.this) {
        return !waiting.isEmpty();
      }
    }

    @Override
    public boolean isOver() {
      synchronized (DealtMessages.this) {
        return waiting.isEmpty() && over;
      }
    }

    @Override
    public boolean isStream() {
      return true;
    }

    @Override
    public void handTo(Taker whoTakes) {
      synchronized (DealtMessages.this) {
        taker = whoTakes;
        if (over || !waiting.isEmpty()) {
          wake();
        }
      }
    }

    /** Lets the messages be taken, or whoever waits in {@link #next} see them; with the lock. */
    private void wake() {
      Taker current = taker;
      if (current == null) {
        DealtMessages.this.notifyAll();
      } else if (!taking) {
        taking = true;
        takers.execute(() -> take(current));
      }
    }

    private void take(Taker current) {
      boolean more = true;
      while (more) {
        boolean goesOn = current.take();
        synchronized (DealtMessages.this) {
          more = goesOn && (over || !waiting.isEmpty());
          taking = more || !goesOn; // Whoever takes no more is not called again.
        }
      }
    }

    /** The client has gone: others get what it has not taken. */
    void leave() {
      synchronized (DealtMessages.this) {
        left = true;
        returned.addAll(waiting);
        waiting.clear();
        DealtMessages.this.notifyAll();
      }
    }
  }
}
