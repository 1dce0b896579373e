package dev.midge;

import dev.midge.cli.Commands;
import dev.midge.cli.Surroundings;

/** The program: arguments in, exit status out. The only caller of System.exit. */
public final class Midge {
  private Midge() {}

  public static void main(String[] args) {
    System.exit(Commands.runAsProcess(args));
  }

  /** Runs one command line in the given surroundings; what tests call. */
  public static int run(Surroundings surroundings, String... args) {
    return Commands.run(surroundings, args);
  }
}
