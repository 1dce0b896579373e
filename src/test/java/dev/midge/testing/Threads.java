package dev.midge.testing;

import java.io.IOException;

/** Threads of test servers: they end when their sockets do. */
final class Threads {

  interface Job {
    void run() throws IOException;
  }

  private Threads() {}

  static void start(String name, Job job) {
    Thread thread =
        new Thread(
            () -> {
              try {
                job.run();
              } catch (IOException closed) {
                // The server was closed, or the peer is gone.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }
}
