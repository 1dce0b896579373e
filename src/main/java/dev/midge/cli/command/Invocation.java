package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.failure.FailureReporter;
import dev.midge.cli.help.HelpText;
import dev.midge.cli.help.Manual;
import dev.midge.cli.parse.EnvironmentOptions;
import dev.midge.cli.parse.ExactParser;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionFile;
import dev.midge.cli.parse.OptionSource;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.PicocliModel;
import dev.midge.client.ConnectionFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** One command with its words: parses them in the manner asked for, and runs it. */
public final class Invocation {
  private final ProcessContext context;
  private final Compatibility compatibility;
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
  Invocation(ProcessContext context, Compatibility compatibility, String word, Command command) {
    this.context = context;
    this.compatibility = compatibility;
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
    return written(out, context, command.isQuiet(), status);
  }

  /** The status, unless standard output has failed: that is told, and status 1. */
  static int written(StandardOutput out, ProcessContext context, boolean quiet, int status) {
    String problem = out.problem();
    if (problem == null) {
      return status;
    }
    if (!quiet) {
      context.err().println(problem);
    }
    return ExitCode.FAILED;
  }

  private int status(StandardOutput out, String[] args) {
    table = compatibility.fit(table());
    try {
      parse(args);
    } catch (UsageException e) {
      return complain(e);
    }
    if (helpWanted) {
      print(context, usage());
      return compatibility.helpStatus(word);
    }
    if (versionWanted) {
      print(context, compatibility.versionLine(word, Commands.version()));
      return compatibility.helpStatus(word);
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
      String named = compatibility.namedOptionFile(args);
      String file = named == null ? compatibility.optionFile(context.environment(), word) : named;
      // Nearly nobody has one, and then its classes stay unloaded.
      if (file != null && new java.io.File(file).exists()) {
        inFile = true;
        for (String[] line : OptionFile.read(file)) {
          strictLine().walk(line);
        }
        inFile = false;
      }
    }
    if (compatibility.isStrictAboutWords()) {
      strictLine().walk(args);
      return;
    }
    EnvironmentOptions.take(table, context.environment(), args);
    if (plainLine().understands(args)) {
      plainLine().walk(args);
    } else {
      PicocliModel.parse(table, args);
    }
  }

  private ExactParser strictLine() {
    return new ExactParser(table, () -> helpWanted || versionWanted);
  }

  /** Like picocli it goes on behind --help. */
  private ExactParser plainLine() {
    return new ExactParser(table, () -> false);
  }

  private int carryOut(StandardOutput out) {
    FailureReporter errors = new FailureReporter(context, compatibility, word, command);
    try {
      return command.run();
    } catch (UsageException e) {
      return complain(e);
    } catch (ConnectionFailure e) {
      return errors.report(e);
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
      context.err().println("Error: a bug in midge, please report it with these lines:");
      e.printStackTrace(context.err());
      return ExitCode.FAILED;
    }
  }

  private int complain(UsageException problem) {
    if (problem.kind() == UsageException.Kind.SETTING && command.isQuiet()) {
      return command.usageStatus();
    }
    String words = compatibility.message(problem);
    if (!words.isEmpty()) {
      context.err().println(words);
    }
    if (compatibility.hints(problem.kind(), word)) {
      context.err().println("\nUse '" + compatibility.program(word) + " --help' to see usage.");
    }
    if (compatibility.showsUsage(problem.kind())) {
      print(context, usage());
    }
    return command.usageStatus();
  }

  private String usage() {
    String program = compatibility.program(word);
    return compatibility.groupsHelp()
        ? HelpText.of(table, Manual.of(word), program, command.terminal().isColoured())
        : PicocliModel.usage(table, program);
  }

  public static void print(ProcessContext context, String text) {
    try {
      OutputStream out = context.out();
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // It is told in the end.
    }
  }
}
