package dev.midge.cli.fleet;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes the threads of a fleet: daemons, begun when there is work and ended a second behind it. */
final class FleetThreads {
  private FleetThreads() {}

  /** Returns a pool of so many threads at most; more work than that waits for one of them. */
  static ThreadPoolExecutor pool(int most, String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
