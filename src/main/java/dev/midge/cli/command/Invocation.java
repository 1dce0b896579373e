package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.ProgramVersion;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.context.ContextLayer;
import dev.midge.cli.failure.FailureReporter;
import dev.midge.cli.help.HelpText;
import dev.midge.cli.help.MosquittoUsage;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.parse.EnvironmentOptions;
import dev.midge.cli.parse.ExactParser;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionFile;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.PicocliModel;
import dev.midge.cli.parse.SplitWords;
import dev.midge.client.ConnectionFailure;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a command: parses its arguments, carries it out and reports failures. */
final class Invocation {
  private final ProcessContext context;
  private final Compatibility compatibility;
  private final String name;
  private final Command command;
  private final @Nullable Invocation preview;
  private boolean helpWanted;
  private boolean versionWanted;
  private boolean inFile;
  private boolean fileNamed;
  private @Nullable String contextNamed;
  private @Nullable List<String[]> file;

  /**
   * Makes one.
   *
   * @param name that of the command, whatever the program was called by
   * @param preview of the same command, to find out what the line says before anything weaker is
   *     read; null where there can be no context
   */
  Invocation(
      ProcessContext context,
      Compatibility compatibility,
      String name,
      Command command,
      @Nullable Invocation preview) {
    this.context = context;
    this.compatibility = compatibility;
    this.name = name;
    this.command = command;
    this.preview = preview;
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
                    "Read options from this file, one per line, before those of the command line.",
                    file -> optionFile(),
                    "-o",
                    "--options-file")
                .lastNameOwn());
      }
      if (command.connection() != null) {
        table.laterWithVariables(Invocation.this::addContextTo);
      }
      table
          .add(Option.flag("Show this help.", () -> helpWanted = true, command.helpNames()))
          .add(Option.flag("Show the version.", () -> versionWanted = true, "--version"));
    }
  }

  private void addContextTo(OptionTable table) {
    table
        .under(OptionGroup.CONNECTION)
        .add(
            Option.value(
                    "NAME",
                    "no context",
                    "Take the connection options of this context; see midge help context. An empty name stands for no context.",
                    this::nameContext,
                    "--context")
                .own());
  }

  private void nameContext(String word) {
    if (inFile) {
      throw new UsageException(
          "Error: --context has no effect in an options file: midge context use names a default.");
    }
    contextNamed = word;
  }

  /** Takes the name of a file that was read before; in a file another one is passed over. */
  private void optionFile() {
    if (fileNamed && !inFile) {
      throw new UsageException("Error: Duplicate -o argument given.");
    }
    fileNamed |= !inFile;
  }

  /**
   * Finds out what the line says of contexts, and who names the broker.
   *
   * @return the context that counts; null where none does
   */
  private @Nullable ContextLayer preview(String[] args) {
    OptionTable table = table();
    String named = compatibility.namedOptionFile(args);
    if (named != null && command.readsOptionFiles() && new File(named).exists()) {
      file = OptionFile.read(named);
      parseFile(table, file);
    }
    parseLine(table, args);
    return helpWanted || versionWanted
        ? null
        : ContextLayer.of(
            context,
            contextNamed,
            command.namesBroker(),
            command.takesDefaultContext(),
            command.isQuiet());
  }

  private void parseFile(OptionTable table, List<String[]> lines) {
    inFile = true;
    for (String[] line : lines) {
      exactParser(table).parse(line);
    }
    inFile = false;
  }

  private void parse(OptionTable table, String[] args) {
    ContextLayer layer = preview == null ? null : preview.preview(args);
    if (command.readsOptionFiles()) {
      String named = compatibility.namedOptionFile(args);
      String path = named == null ? compatibility.optionFile(context.environment(), name) : named;
      // Nearly nobody has one, and then its classes stay unloaded.
      if (path != null && new File(path).exists()) {
        List<String[]> read = preview == null ? null : preview.file; // a pipe is read once
        List<String[]> lines = read == null ? OptionFile.read(path) : read;
        parseFile(table, layer == null ? lines : layer.left(lines));
      }
    }
    if (compatibility.parsesExactly()) {
      exactParser(table).parse(args);
      return;
    }
    ConnectOptions connection = command.connection();
    if (layer == null || connection == null) {
      EnvironmentOptions.apply(table, context.environment(), args);
      parseLine(table, args);
      return;
    }
    layer.apply(connection, () -> EnvironmentOptions.apply(table, context.environment(), args));
    parseLine(table, args);
    layer.check(connection);
  }

  private void parseLine(OptionTable table, String[] args) {
    if (args.length == 1 && Arrays.asList(command.helpNames()).contains(args[0])) {
      helpWanted = true; // As the table has it, which need not be filled for this.
      return;
    }
    // Like picocli it goes on behind --help.
    ExactParser parser = new ExactParser(table, () -> false);
    if (parser.understands(args)) {
      parser.parse(args);
      return;
    }
    String[] words = SplitWords.of(table, args);
    if (words == null) {
      PicocliModel.parse(table, args);
    } else {
      parser.parse(words);
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
    return compatibility.groupsHelp()
        ? HelpText.of(name, command.terminal().isColoured())
        : MosquittoUsage.of(table, compatibility.programName(name));
  }
}
