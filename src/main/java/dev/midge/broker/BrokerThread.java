package dev.midge.broker;

import dev.midge.broker.BrokerEvent.Kind;
import dev.midge.broker.BrokerEvent.Level;
import dev.midge.broker.transport.BrokerLoop;
import dev.midge.broker.transport.Listener;
import dev.midge.text.TerminalEscapes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The body of the broker's thread: runs the loop, and reports its failure. */
final class BrokerThread implements Runnable {
  private final BrokerLoop loop;
  private final WatchedLog log;
  private final BrokerConfig config;
  private final List<Listener> listeners;
  private final LazyExecutor cryptography;
  private final CompletableFuture<Throwable> failure;

  // Freed when memory has run out, so that this can be logged.
  private byte @Nullable [] reserve = new byte[128 * 1024];

  BrokerThread(
      BrokerLoop loop,
      WatchedLog log,
      BrokerConfig config,
      List<Listener> listeners,
      LazyExecutor cryptography,
      CompletableFuture<Throwable> failure) {
    this.loop = loop;
    this.log = log;
    this.config = config;
    this.listeners = listeners;
    this.cryptography = cryptography;
    this.failure = failure;
  }

  @Override
  public void run() {
    try {
      runLoop();
    } catch (Throwable e) {
      // Errors too: a broker that stays without answering is worse than none.
      reserve = null;
      try {
        failed(e);
      } finally {
        failure.complete(e);
      }
    }
  }

  private void runLoop() {
    starting(config.listeners().isEmpty());
    for (Listener listener : listeners) {
      listening(listener);
    }
    running();
    try {
      loop.run();
    } finally {
      cryptography.shutdownNow();
      log.stopped();
    }
    terminating();
  }

  /**
   * @param localOnly true if the configuration has ports on the loopback addresses only
   */
  private void starting(boolean localOnly) {
    log.line(Level.INFORMATION, Kind.BROKER, version() + " starting");
    log.line(
        Level.INFORMATION,
        Kind.BROKER,
        config.file() == null
            ? "Using default config."
            : "Config loaded from " + TerminalEscapes.forLog(config.file().toString()) + ".");
    if (localOnly) {
      log.line(
          Level.WARNING,
          Kind.BROKER,
          "Starting in local only mode. Connections will only be possible from clients running on"
              + " this machine.");
    }
  }

  private void listening(Listener listener) {
    switch (listener.family()) {
      case IPV4 -> opening("ipv4 listen socket on port " + listener.port());
      case IPV6 -> opening("ipv6 listen socket on port " + listener.port());
      case UNIX -> opening("unix listen socket on path " + listener.path());
      case BOTH -> {
        opening("ipv4 listen socket on port " + listener.port());
        opening("ipv6 listen socket on port " + listener.port());
      }
    }
  }

  private void opening(String what) {
    log.line(Level.INFORMATION, Kind.BROKER, "Opening " + what + ".");
  }

  private void running() {
    log.line(Level.INFORMATION, Kind.BROKER, version() + " running");
  }

  private void terminating() {
    log.line(Level.INFORMATION, Kind.BROKER, version() + " terminating");
  }

  static String version() {
    @Nullable String version = BrokerThread.class.getPackage().getImplementationVersion();
    if (version == null && BrokerThread.class.getModule().isNamed()) {
      // Of a module's packages Java does not read the manifest.
      version = BrokerThread.class.getModule().getDescriptor().rawVersion().orElse(null);
    }
    return "midge version " + (version == null ? "unreleased" : version);
  }

  private void failed(Throwable problem) {
    log.line(
        Level.ERROR,
        Kind.BROKER,
        problem instanceof OutOfMemoryError
            ? "Error: the broker ends: out of memory."
            : "Error: the broker ends: " + TerminalEscapes.forLog(problem.toString()));
  }
}
