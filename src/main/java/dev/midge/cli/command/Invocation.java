package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.ProgramVersion;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.failure.FailureReporter;
import dev.midge.cli.help.HelpText;
import dev.midge.cli.help.Manual;
import dev.midge.cli.help.MosquittoUsage;
import dev.midge.cli.parse.EnvironmentOptions;
import dev.midge.cli.parse.ExactParser;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionFile;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.PicocliModel;
import dev.midge.client.ConnectionFailure;
import java.io.File;
import java.io.IOException;

/** One run of a command: parses its arguments, carries it out and reports failures. */
final class Invocation {
  private final ProcessContext context;
  private final Compatibility compatibility;
  private final String name;
  private final Command command;
  private boolean helpWanted;
  private boolean versionWanted;
  private boolean inFile;
  private boolean fileNamed;

  /**
   * Makes one.
   *
   * @param name that of the command, whatever the program was called by
   */
  Invocation(ProcessContext context, Compatibility compatibility, String name, Command command) {
    this.context = context;
    this.compatibility = compatibility;
    this.name = name;
    this.command = command;
  }

  /**
   * Runs the command.
   *
   * @param out standard output of the context
   * @return the exit status
   */
  int run(StandardOutput out, String[] args) {
    int status = status(out, args);
    return finalStatus(out, context, command.isQuiet(), status);
  }

  /** Returns the status, unless standard output has failed: tells that, and returns status 1. */
  static int finalStatus(StandardOutput out, ProcessContext context, boolean quiet, int status) {
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
    OptionTable table = compatibility.hasOwnNames() ? table() : table().withoutOwnNames();
    try {
      parse(table, args);
    } catch (UsageException e) {
      return complain(e, table);
    }
    if (helpWanted) {
      context.print(usage(table));
      return compatibility.helpStatus(name);
    }
    if (versionWanted) {
      context.print(compatibility.versionLine(name, ProgramVersion.text()));
      return compatibility.helpStatus(name);
    }
    return carryOut(out, table);
  }

  /** Returns the options of the command and those that every command has. */
  OptionTable table() {
    return command.table().later(new Common());
  }

  private final class Common implements OptionTable.Source {
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
                    "--options-file")
                .lastNameOwn());
      }
      table
          .add(Option.flag("Show this help.", () -> helpWanted = true, command.helpNames()))
          .add(Option.flag("Show the version.", () -> versionWanted = true, "--version"));
    }
  }

  /** Takes the name of a file that was read before; in a file another one is passed over. */
  private void optionFile() {
    if (fileNamed && !inFile) {
      throw new UsageException("Error: Duplicate -o argument given.");
    }
    fileNamed |= !inFile;
  }

  private void parse(OptionTable table, String[] args) {
    if (command.readsOptionFiles()) {
      String named = compatibility.namedOptionFile(args);
      String file = named == null ? compatibility.optionFile(context.environment(), name) : named;
      // Nearly nobody has one, and then its classes stay unloaded.
      if (file != null && new File(file).exists()) {
        inFile = true;
        for (String[] line : OptionFile.read(file)) {
          exactParser(table).parse(line);
        }
        inFile = false;
      }
    }
    if (compatibility.parsesExactly()) {
      exactParser(table).parse(args);
      return;
    }
    EnvironmentOptions.apply(table, context.environment(), args);
    // Like picocli it goes on behind --help.
    ExactParser parser = new ExactParser(table, () -> false);
    if (parser.understands(args)) {
      parser.parse(args);
    } else {
      PicocliModel.parse(table, args);
    }
  }

  private ExactParser exactParser(OptionTable table) {
    return new ExactParser(table, () -> helpWanted || versionWanted);
  }

  private int carryOut(StandardOutput out, OptionTable table) {
    try {
      return command.run(out);
    } catch (UsageException e) {
      return complain(e, table);
    } catch (ConnectionFailure e) {
      return new FailureReporter(context, compatibility, name, command.failed()).report(e);
    } catch (IOException e) {
      if (out.isFailure(e)) {
        return ExitCode.OK; // It is told in the end.
      }
      return failed("Error: " + e.getMessage());
    } catch (OutOfMemoryError e) {
      return failed("Error: Out of memory");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("Error: Interrupted");
    } catch (Exception e) {
      // Not foreseen, so a bug: whoever mends it needs the trace.
      context.err().println("Error: a bug in midge, please report it with these lines:");
      e.printStackTrace(context.err());
      return ExitCode.FAILED;
    }
  }

  private int failed(String line) {
    if (!command.isQuiet()) {
      context.err().println(line);
    }
    return ExitCode.FAILED;
  }

  private int complain(UsageException problem, OptionTable table) {
    if (problem.kind() == UsageException.Kind.SETTING && command.isQuiet()) {
      return command.usageStatus();
    }
    String message = compatibility.message(problem);
    if (!message.isEmpty()) {
      context.err().println(message);
    }
    if (compatibility.hintsAtHelp(problem.kind(), name)) {
      context.err().println("\nUse '" + compatibility.programName(name) + " --help' to see usage.");
    }
    if (compatibility.showsUsage(problem.kind())) {
      context.print(usage(table));
    }
    return command.usageStatus();
  }

  private String usage(OptionTable table) {
    String program = compatibility.programName(name);
    return compatibility.groupsHelp()
        ? HelpText.of(table, Manual.of(name), program, command.terminal().isColoured())
        : MosquittoUsage.of(table, program);
  }
}
