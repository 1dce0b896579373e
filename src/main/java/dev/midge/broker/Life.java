package dev.midge.broker;

import dev.midge.broker.transport.Listener;
import dev.midge.broker.transport.Loop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** What the broker's thread does from its start to its end, whatever that is. */
final class Life implements Runnable {
  private final Loop loop;
  private final EventLog log;
  private final BrokerConfig config;
  private final List<Listener> listeners;
  private final ExecutorService aside; // null for none
  private final CompletableFuture<Throwable> failure;

  // Given back when memory has run out, so that this can be told.
  private byte[] reserve = new byte[128 * 1024];

  Life(
      Loop loop,
      EventLog log,
      BrokerConfig config,
      List<Listener> listeners,
      ExecutorService aside,
      CompletableFuture<Throwable> failure) {
    this.loop = loop;
    this.log = log;
    this.config = config;
    this.listeners = listeners;
    this.aside = aside;
    this.failure = failure;
  }

  @Override
  public void run() {
    try {
      live();
    } catch (Throwable e) {
      // Whatever it is: a broker that stays and answers nobody is worse than none.
      reserve = null;
      try {
        log.failed(e);
      } finally {
        failure.complete(e);
      }
    }
  }

  private void live() {
    log.starting(config.listeners().isEmpty());
    for (Listener listener : listeners) {
      log.listening(listener);
    }
    log.running();
    try {
      loop.run();
    } finally {
      if (aside != null) {
        aside.shutdownNow();
      }
    }
    log.terminating();
  }
}
