package dev.midge.cli;

import dev.midge.client.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The process around a command as one value: streams, environment, clock and signals. A test gives
 * its own.
 *
 * @param called the name that the program was called by, if it is one of mosquitto's; null for
 *     midge
 * @param in standard input, raw
 * @param out standard output, raw: write errors are seen, and no byte is buffered
 * @param err standard error, for people
 * @param environment the variables of the environment
 * @param outIsTerminal whether a person reads standard output
 * @param errIsTerminal whether a person reads standard error
 * @param clock makes the clock; its classes are loaded by commands that print times
 * @param stop installs the handlers of SIGINT and SIGTERM; a command that never asks is ended by
 *     the signal itself
 * @param prompt asks for secrets
 * @param others tells of signals that do not stop whoever asks for them
 * @param inIsTerminal whether a person types standard input
 */
public record ProcessContext(
    @Nullable String called,
    InputStream in,
    OutputStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Supplier<Clock> clock,
    Supplier<StopSignal> stop,
    Prompt prompt,
    OtherSignals others,
    boolean inIsTerminal) {

  /** Makes one without a terminal to ask at and without other signals. */
  public ProcessContext(
      @Nullable String called,
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
        Prompt.NONE,
        OtherSignals.NONE);
  }

  /** Makes one whose standard input nobody types. */
  public ProcessContext(
      @Nullable String called,
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
        prompt,
        others,
        false);
  }

  /** Returns the same with another standard output. */
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
        others,
        inIsTerminal);
  }

  /** Prints text on standard output and flushes it; the stream itself remembers a failure. */
  public void print(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // StandardOutput.problem() tells the user at the end.
    }
  }
}
