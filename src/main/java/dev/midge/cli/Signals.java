package dev.midge.cli;

import dev.midge.client.StopSignal;
import sun.misc.Signal;

/**
 * SIGINT and SIGTERM as a stop signal. Signals are the JVM's and so are its handlers: installed
 * once a process.
 */
final class Signals {
  private Signals() {}

  static StopSignal install() {
    StopSignal stop = new StopSignal();
    for (String name : new String[] {"INT", "TERM"}) {
      try {
        Signal.handle(new Signal(name), signal -> stop.request());
      } catch (IllegalArgumentException e) {
        // The JVM was started with -Xrs, or the system has no such signal: then it ends us by
        // itself.
      }
    }
    return stop;
  }
}
