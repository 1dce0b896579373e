package dev.midge.broker;

import dev.midge.broker.BrokerEvent.Kind;
import dev.midge.broker.BrokerEvent.Level;
import dev.midge.broker.config.Limits;
import dev.midge.broker.transport.BrokerLoop;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Puts a configuration that was read again in force, step by step, on the broker thread. */
final class Reload {
  private final BrokerLoop loop;
  private final WatchedLog log;
  private final OpenListeners listeners;
  private final SysSwitch sys;
  private Limits limits; // in force; broker thread only

  Reload(BrokerLoop loop, WatchedLog log, Limits limits, OpenListeners listeners, SysSwitch sys) {
    this.loop = loop;
    this.log = log;
    this.limits = limits;
    this.listeners = listeners;
    this.sys = sys;
  }

  /**
   * Waits until all of it is in force.
   *
   * @throws IOException when that is not possible; nothing has changed then
   * @throws IllegalStateException when the broker has stopped
   */
  void run(BrokerConfig config) throws IOException {
    Runnable replaceSettings = listeners.reread(config);
    try {
      inForce(config, replaceSettings).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IllegalStateException stopped ? stopped : e;
    }
  }

  private CompletableFuture<Boolean> inForce(BrokerConfig config, Runnable replaceSettings) {
    return loop.ask(
        (router, now) -> {
          log.line(Level.INFORMATION, Kind.BROKER, "Reloading config.");
          log.verbose(config.verbose());
          limits = limits.reread(config.limits());
          router.replaceLimits(limits);
          sys.interval(config.settings().sysInterval());
          replaceSettings.run();
          router.reload(now);
          return true;
        });
  }
}
