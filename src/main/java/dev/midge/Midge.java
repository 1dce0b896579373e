package dev.midge;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.command.Commands;

/**
 * The program: arguments in, exit status out. The only caller of Runtime.halt at an ordinary end.
 */
public final class Midge {
  private Midge() {}

  /**
   * Everything is closed and written when a command returns, and there are no shutdown hooks to
   * run; but exit looks for a logger from Java 21 on.
   */
  public static void main(String[] args) {
    int status = Commands.runAsProcess(args);
    System.err.flush();
    Runtime.getRuntime().halt(status);
  }

  /** Runs one command line in the given context, as tests do; returns the exit status. */
  public static int run(ProcessContext context, String... args) {
    return Commands.run(context, args);
  }
}
