package dev.midge.cli;

import dev.midge.cli.console.ControllingTerminal;
import dev.midge.cli.console.Signals;
import dev.midge.cli.parse.ClosedDescriptors;
import dev.midge.client.StopSignal;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The world around a command: streams, environment, clock and stop signal as one value, so that a
 * test can give its own.
 *
 * @param called the name that the program was called by, if it is one of mosquitto's; null for
 *     midge
 * @param in standard input, raw
 * @param out standard output, raw: write errors are seen, nothing is buffered
 * @param err standard error, for people
 * @param outIsTerminal whether a person reads standard output
 * @param errIsTerminal whether a person reads standard error
 * @param clock makes the clock; only those who print times load it
 * @param stop installs the handlers of SIGINT and SIGTERM; a command that never asks is ended by
 *     the signal itself
 * @param prompt asks for what must not be seen
 * @param others tells of signals that do not stop whoever asks for them
 */
public record ProcessContext(
    String called,
    InputStream in,
    OutputStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Supplier<Clock> clock,
    Supplier<StopSignal> stop,
    Prompt prompt,
    OtherSignals others) {

  /** Surroundings in which nobody can be asked, and no other signals come. */
  public ProcessContext(
      String called,
      InputStream in,
      OutputStream out,
      PrintStream err,
      Map<String, String> environment,
      boolean outIsTerminal,
      boolean errIsTerminal,
      Supplier<Clock> clock,
      Supplier<StopSignal> stop) {
    this(
        called,
        in,
        out,
        err,
        environment,
        outIsTerminal,
        errIsTerminal,
        clock,
        stop,
        Prompt.NOBODY,
        OtherSignals.NONE);
  }

  /** The same with another standard output. */
  public ProcessContext withOut(OutputStream other) {
    return new ProcessContext(
        called,
        in,
        other,
        err,
        environment,
        outIsTerminal,
        errIsTerminal,
        clock,
        stop,
        prompt,
        others);
  }

  /**
   * Those of this process. The launcher tells by {@code midge.terminal} which streams are
   * terminals, and by {@code midge.called} which of mosquitto's names was used.
   */
  public static ProcessContext ofProcess() {
    String terminals = System.getProperty("midge.terminal");
    return new ProcessContext(
        System.getProperty("midge.called"),
        // The launcher opens what is closed.
        terminals == null && ClosedDescriptors.isStandardInputClosed()
            ? InputStream.nullInputStream()
            : new FileInputStream(FileDescriptor.in),
        // Not System.out, which swallows write errors.
        new FileOutputStream(FileDescriptor.out),
        System.err,
        System.getenv(),
        terminals != null && terminals.indexOf("out") >= 0,
        terminals != null && terminals.indexOf("err") >= 0,
        Clock::systemDefaultZone,
        Signals::install,
        question -> new ControllingTerminal().ask(question),
        Signals::tellOthers);
  }
}
