package dev.midge.cli;

import dev.midge.client.ConnectionFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** One command with its words: parses them in the manner asked for, and runs it. */
final class Invocation {
  private final Surroundings surroundings;
  private final Manners manners;
  private final String word;
  private final Command command;
  private OptionTable table;
  private boolean helpWanted;
  private boolean versionWanted;
  private boolean inFile;
  private boolean fileNamed;

  /**
   * @param word the one after {@code midge}, whatever the program was called by
   */
  Invocation(Surroundings surroundings, Manners manners, String word, Command command) {
    this.surroundings = surroundings;
    this.manners = manners;
    this.word = word;
    this.command = command;
  }

  /**
   * The exit status.
   *
   * @param out standard output of the surroundings
   */
  int run(StandardOutput out, String[] args) {
    int status = status(out, args);
    return written(out, surroundings, command.isQuiet(), status);
  }

  /** The status, unless standard output has failed: that is told, and status 1. */
  static int written(StandardOutput out, Surroundings surroundings, boolean quiet, int status) {
    String problem = out.problem();
    if (problem == null) {
      return status;
    }
    if (!quiet) {
      surroundings.err().println(problem);
    }
    return ExitCode.FAILED;
  }

  private int status(StandardOutput out, String[] args) {
    table = manners.fit(table());
    try {
      parse(args);
    } catch (UsageException e) {
      return complain(e);
    }
    if (helpWanted) {
      print(surroundings, usage());
      return manners.helpStatus(word);
    }
    if (versionWanted) {
      print(surroundings, manners.versionLine(word, Commands.version()));
      return manners.helpStatus(word);
    }
    return carryOut(out);
  }

  /** The options of the command and those that every command has. */
  OptionTable table() {
    return command.table().later(new Common());
  }

  private final class Common implements OptionSource {
    @Override
    public void addTo(OptionTable table) {
      if (command.readsOptionFiles()) {
        table.add(
            Option.value(
                "FILE",
                "no options file",
                "Read options from this file, one a line, before those given here.",
                file -> optionFile(),
                "-o",
                "--options-file"));
      }
      table
          .add(Option.flag("Show this help.", () -> helpWanted = true, command.helpNames()))
          .add(Option.flag("Show the version.", () -> versionWanted = true, "--version"));
    }
  }

  /** The file was read before; in a file another one is passed over. */
  private void optionFile() {
    if (fileNamed && !inFile) {
      throw new UsageException("Error: Duplicate -o argument given.");
    }
    fileNamed |= !inFile;
  }

  private void parse(String[] args) {
    if (command.readsOptionFiles()) {
      String named = manners.namedOptionFile(args);
      String file = named == null ? manners.optionFile(surroundings.environment(), word) : named;
      // Nearly nobody has one, and then its classes stay unloaded.
      if (file != null && new java.io.File(file).exists()) {
        inFile = true;
        for (String[] line : OptionFile.read(file)) {
          strictLine().walk(line);
        }
        inFile = false;
      }
    }
    if (manners.isStrictAboutWords()) {
      strictLine().walk(args);
      return;
    }
    Twins.take(table, surroundings.environment(), args);
    if (plainLine().understands(args)) {
      plainLine().walk(args);
    } else {
      PicocliModel.parse(table, args);
    }
  }

  private StrictLine strictLine() {
    return new StrictLine(table, () -> helpWanted || versionWanted);
  }

  /** Like picocli it goes on behind --help. */
  private StrictLine plainLine() {
    return new StrictLine(table, () -> false);
  }

  private int carryOut(StandardOutput out) {
    Errors errors = new Errors(surroundings, manners, word, command);
    try {
      return command.run();
    } catch (UsageException e) {
      return complain(e);
    } catch (ConnectionFailure e) {
      return errors.link(e);
    } catch (IOException e) {
      if (out.isFailure(e)) {
        return ExitCode.OK; // It is told in the end.
      }
      return errors.say(ExitCode.FAILED, "Error: " + e.getMessage());
    } catch (OutOfMemoryError e) {
      return errors.say(ExitCode.FAILED, "Error: Out of memory");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return errors.say(ExitCode.FAILED, "Error: Interrupted");
    } catch (Exception e) {
      // Not foreseen, so a bug: whoever mends it needs the trace.
      surroundings.err().println("Error: a bug in midge, please report it with these lines:");
      e.printStackTrace(surroundings.err());
      return ExitCode.FAILED;
    }
  }

  private int complain(UsageException problem) {
    if (problem.kind() == UsageException.Kind.SETTING && command.isQuiet()) {
      return command.usageStatus();
    }
    String words = manners.words(problem);
    if (!words.isEmpty()) {
      surroundings.err().println(words);
    }
    if (manners.hints(problem.kind(), word)) {
      surroundings.err().println("\nUse '" + manners.program(word) + " --help' to see usage.");
    }
    if (manners.showsUsage(problem.kind())) {
      print(surroundings, usage());
    }
    return command.usageStatus();
  }

  private String usage() {
    String program = manners.program(word);
    return manners.groupsHelp()
        ? HelpText.of(table, Manual.of(word), program, command.terminal().isColoured())
        : PicocliModel.usage(table, program);
  }

  static void print(Surroundings surroundings, String text) {
    try {
      OutputStream out = surroundings.out();
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // It is told in the end.
    }
  }
}
