package dev.midge.cli.console;

import dev.midge.cli.OtherSignals;
import dev.midge.client.StopSignal;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The handlers of signals, installed once a process. A signal that nobody asks for does what it
 * does to any program: it ends the process.
 *
 * <p>Java has no other way to handle signals than {@code sun.misc.Signal}, which no other class
 * names. javac is told by {@code -XDignore.symbol.file} not to warn of it, which no
 * {@code @SuppressWarnings} prevents.
 */
public final class Signals {
  private Signals() {}

  /** Returns a stop signal that SIGINT and SIGTERM request from now on. */
  static StopSignal install() {
    StopSignal stop = new StopSignal();
    handle("INT", stop::request);
    handle("TERM", stop::request);
    return stop;
  }

  /**
   * Tells of SIGHUP, SIGUSR1 and SIGUSR2 by name; they have no other effect from now on.
   *
   * @param atTerminal whether the process was started at a terminal
   */
  static void tellOthers(Consumer<String> told, boolean atTerminal) {
    for (String name : new String[] {"HUP", "USR1", "USR2"}) {
      handle(name, () -> told.accept(told(name, atTerminal)));
    }
  }

  private static String told(String name, boolean atTerminal) {
    boolean isHangUp = name.equals("HUP") && atTerminal && ControllingTerminal.isGone();
    return isHangUp ? OtherSignals.HANG_UP : "SIG" + name;
  }

  /** Tells of SIGWINCH: the terminal has another size. */
  public static void tellResized(Runnable told) {
    handle("WINCH", told);
  }

  /**
   * Tells of Ctrl-Z before the process stops, and when it goes on.
   *
   * @param stopping the process stops when this returns
   */
  public static void tellSuspended(Runnable stopping, Runnable goesOn) {
    handle(
        "TSTP",
        () -> {
          try {
            stopping.run();
          } finally {
            ControlKeys.stop();
          }
        });
    handle("CONT", goesOn);
  }

  /** Has what a job in the background does with the terminal fail, in place of stopping it. */
  public static void ignoreTerminalStops() {
    for (String name : new String[] {"TTIN", "TTOU"}) {
      try {
        Signal.handle(new Signal(name), SignalHandler.SIG_IGN);
      } catch (IllegalArgumentException e) {
        // The system has no such signal.
      }
    }
  }

  private static void handle(String name, Runnable handler) {
    try {
      Signal.handle(new Signal(name), signal -> handler.run());
    } catch (IllegalArgumentException e) {
      // The JVM was started with -Xrs, or the system has no such signal: then it ends us by itself.
    }
  }
}
