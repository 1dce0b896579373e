package dev.midge.cli.command;

import dev.midge.cli.ExitCode;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.cli.failure.FailureReporter;
import dev.midge.cli.parse.OptionTable;

/** One word after {@code midge}: its table of options, and what it does once they are parsed. */
public interface Command {

  /** The options. They store what the user said in this object. */
  OptionTable table();

  /**
   * Carries the command out.
   *
   * @return the exit status
   * @throws Exception as {@link FailureReporter} knows them
   */
  int run() throws Exception;

  /** The exit status of a wrong command line. */
  default int usageStatus() {
    return ExitCode.USAGE;
  }

  /** The names of the option that shows the help. */
  default String[] helpNames() {
    return new String[] {"--help"};
  }

  /** Whether options may stand in a file as well. */
  default boolean readsOptionFiles() {
    return false;
  }

  /** Whether failures at run time are not printed. */
  default boolean isQuiet() {
    return false;
  }

  /** Whether standard output shows what happens inside. */
  default boolean isDebugging() {
    return false;
  }

  /** Whether standard output is for JSON alone. */
  default boolean isJson() {
    return false;
  }

  /** Standard output, coloured or not; asked for help. */
  Terminal terminal();

  /** The connection that a failure is about; asked when one has failed. */
  default ConnectAttempt attempt() {
    return null;
  }

  /** Whether messages are sent as they come, without an end in sight. */
  default boolean isStream() {
    return false;
  }
}
