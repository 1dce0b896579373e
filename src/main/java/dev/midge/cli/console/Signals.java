package dev.midge.cli.console;

import dev.midge.client.StopSignal;
import java.util.function.Consumer;
import sun.misc.Signal;

/**
 * The handlers of signals, installed once a process. Those that nobody asks for do what they do to
 * any program: they end it.
 */
public final class Signals {
  private Signals() {}

  /** SIGINT and SIGTERM as a stop signal. */
  public static StopSignal install() {
    StopSignal stop = new StopSignal();
    handle("INT", stop::request);
    handle("TERM", stop::request);
    return stop;
  }

  /** SIGHUP, SIGUSR1 and SIGUSR2 do no more than to be told. */
  public static void tellOthers(Consumer<String> told) {
    for (String name : new String[] {"HUP", "USR1", "USR2"}) {
      handle(name, () -> told.accept("SIG" + name));
    }
  }

  /** SIGWINCH: the terminal has another size. */
  public static void tellResized(Runnable told) {
    handle("WINCH", told);
  }

  private static void handle(String name, Runnable handler) {
    try {
      Signal.handle(new Signal(name), signal -> handler.run());
    } catch (IllegalArgumentException e) {
      // The JVM was started with -Xrs, or the system has no such signal: then it ends us by itself.
    }
  }
}
