package dev.midge.cli.command;

import dev.midge.cli.ExitCode;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.cli.failure.FailedCommand;
import dev.midge.cli.failure.FailureReporter;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.parse.OptionTable;
import org.jspecify.annotations.Nullable;

/** A command: its table of options, and its job once they are parsed. */
interface Command {

  /** Returns a new table of the options, which store what the user said in this object. */
  OptionTable table();

  /**
   * Carries the command out.
   *
   * @param out standard output of the context
   * @return the exit status
   * @throws Exception as {@link FailureReporter} and {@link Invocation} know them
   */
  int run(StandardOutput out) throws Exception;

  /** Returns the exit status of a wrong command line. */
  default int usageStatus() {
    return ExitCode.USAGE;
  }

  /** Returns the names of the option that shows the help. */
  default String[] helpNames() {
    return new String[] {"--help"};
  }

  /** Tells whether options may stand in a file as well. */
  default boolean readsOptionFiles() {
    return false;
  }

  /** Returns the options that a context may give; null for a command that takes no context. */
  default @Nullable ConnectOptions connection() {
    return null;
  }

  /** Tells whether the words so far name a broker; only asked where there is a connection. */
  default boolean namesBroker() {
    ConnectOptions connect = connection();
    return connect != null && connect.isPlaceGiven();
  }

  /** Tells whether the context that {@code midge context use} has chosen counts. */
  default boolean takesDefaultContext() {
    return true;
  }

  /** Tells whether failures at run time are not printed. */
  default boolean isQuiet() {
    return false;
  }

  /** Tells whether {@code -d} shows each packet. */
  default boolean isDebugging() {
    return false;
  }

  /** Tells whether standard output is for JSON alone. */
  default boolean isJson() {
    return false;
  }

  /** Tells whether messages are sent as they come, without an end in sight. */
  default boolean isStream() {
    return false;
  }

  /** Returns standard output, coloured or not; asked for help. */
  Terminal terminal();

  /**
   * Returns the connection that a failure is about; null where there is none to explain. Asked when
   * one has failed.
   */
  default @Nullable ConnectAttempt attempt() {
    return null;
  }

  /** Returns what messages about a failed connection depend on. */
  default FailedCommand failed() {
    return new FailedCommand(table(), isQuiet(), isDebugging(), isJson(), isStream(), attempt());
  }
}
