package dev.midge.cli.console;

import dev.midge.cli.OtherSignals;
import dev.midge.client.StopSignal;
import java.util.concurrent.atomic.AtomicLong;
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
  /** The time in which a signal that comes again is the same one. */
  private static final long SAME_NANOS = 1_000_000_000L;

  private Signals() {}

  /**
   * Returns a stop signal that SIGINT and SIGTERM request from now on. Whoever sends one again
   * later does not want to wait for the end, which a fault may hold up, and the signal ends the
   * process. One that comes at once is the same: a terminal and {@code timeout} both send it.
   */
  static StopSignal install() {
    StopSignal stop = new StopSignal();
    AtomicLong first = new AtomicLong();
    for (String name : new String[] {"INT", "TERM"}) {
      handle(
          name,
          () -> {
            long now = System.nanoTime() | 1; // 0 is for none
            if (!first.compareAndSet(0, now) && now - first.get() > SAME_NANOS) {
              endBy(name);
            }
            stop.request();
          });
    }
    return stop;
  }

  /** Has the signal do what it does to any program: Java raises none that it does not handle. */
  private static void endBy(String name) {
    Signal.handle(new Signal(name), SignalHandler.SIG_DFL);
    ControlKeys.sendToThis(name);
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

  /** Tells of SIGCONT: the process goes on, and the shell may have written on the terminal. */
  public static void tellContinued(Runnable told) {
    handle("CONT", told);
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
    tellContinued(goesOn);
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
