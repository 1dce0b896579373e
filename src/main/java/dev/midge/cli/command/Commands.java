package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ExitCode;
import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.MosquittoCompatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.ProgramVersion;
import dev.midge.cli.console.CurrentProcess;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.help.HelpTopic;
import dev.midge.cli.help.Overview;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.PicocliModel;
import dev.midge.cli.parse.RawArguments;
import dev.midge.cli.parse.SpellingHint;
import dev.midge.text.TerminalEscapes;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Reads the program's name and the first word, builds that command and no other, and runs it. */
public final class Commands {
  /** The names of the commands, in the order of the overview. */
  public static final List<String> NAMES =
      List.of(
          "pub",
          "sub",
          "rr",
          "conn",
          "lwt",
          "proxy",
          "broker",
          "ctl",
          "passwd",
          "context",
          "help",
          "examples",
          "doctor",
          "version");

  private Commands() {}

  /**
   * Runs the command line of this process.
   *
   * @return the exit status
   */
  public static int runAsProcess(String... args) {
    return run(CurrentProcess.context(), RawArguments.ofProcess(args));
  }

  /**
   * Runs one command line.
   *
   * @return the exit status
   */
  public static int run(ProcessContext given, String... args) {
    StandardOutput out = new StandardOutput(given.out());
    ProcessContext context = given.withOut(out);
    String called = context.called();
    if (called != null && called.startsWith("mosquitto")) {
      String name = MosquittoCompatibility.command(called);
      return name == null
          ? unknown(context, "name '" + called + "'.")
          : run(context, out, MosquittoCompatibility.INSTANCE, name, args);
    }
    String name = args.length == 0 ? "--help" : args[0];
    if (name.equals("help") && args.length > 1) {
      return help(context, out, args);
    }
    switch (name) {
      case "--help", "help" -> context.print(Overview.TEXT);
      case "--version" -> context.print("midge version " + ProgramVersion.text() + "\n");
      default -> {
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        return run(context, out, MidgeCompatibility.INSTANCE, name, rest);
      }
    }
    return Invocation.finalStatus(out, context, false, ExitCode.OK);
  }

  private static int help(ProcessContext context, StandardOutput out, String[] args) {
    String asked = args[1];
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    if (NAMES.contains(asked)) {
      rest[0] = "--help";
      return run(context, out, MidgeCompatibility.INSTANCE, asked, rest);
    }
    return asked.startsWith("-") || HelpTopic.of(asked) != null
        ? run(context, out, MidgeCompatibility.INSTANCE, "help", rest)
        : unknown(context, HelpCommand.unknown(asked, NAMES));
  }

  private static int run(
      ProcessContext context,
      StandardOutput out,
      Compatibility compatibility,
      String name,
      String[] args) {
    Command command = command(name, context, compatibility);
    if (command == null) {
      return unknown(context, "command '" + name + "'" + hint(name));
    }
    Command other =
        command.connection() != null && mayHaveContext(context, compatibility, args)
            ? command(name, context, compatibility)
            : null;
    Invocation preview =
        other == null ? null : new Invocation(context, compatibility, name, other, null);
    return new Invocation(context, compatibility, name, command, preview).run(out, args);
  }

  /**
   * Tells whether a context may count: nearly nobody has one, and then nothing more is looked at.
   */
  private static boolean mayHaveContext(
      ProcessContext context, Compatibility compatibility, String[] args) {
    String file = compatibility.contextsFile(context.environment());
    if (!compatibility.hasOwnNames()) {
      return false;
    }
    for (String arg : args) {
      if (arg.startsWith("--context")) {
        return true;
      }
    }
    return context.environment().containsKey("MIDGE_CONTEXT")
        || file != null && new File(file).exists();
  }

  private static int unknown(ProcessContext context, String what) {
    context
        .err()
        .println(
            "Error: Unknown "
                + TerminalEscapes.escaped(what)
                + "\n\nUse 'midge --help' to see the commands.");
    return ExitCode.USAGE;
  }

  private static String hint(String name) {
    String hint = SpellingHint.hint(name, NAMES);
    return hint.isEmpty() ? "." : hint;
  }

  /**
   * Returns the options of a command, for man pages and completions.
   *
   * @throws IllegalArgumentException for a name that is none of {@link #NAMES}
   */
  public static OptionTable table(String name, ProcessContext context) {
    Command command = command(name, context, MidgeCompatibility.INSTANCE);
    if (command == null) {
      throw new IllegalArgumentException(name);
    }
    return new Invocation(context, MidgeCompatibility.INSTANCE, name, command, null).table();
  }

  /**
   * Returns the names of the variables of the environment that stand for options of any command.
   */
  private static List<String> variables(ProcessContext context) {
    return NAMES.stream()
        .flatMap(name -> table(name, context).byVariable().keySet().stream())
        .distinct()
        .toList();
  }

  /** Returns the same as picocli's model. */
  public static CommandSpec model(String name, ProcessContext context) {
    return PicocliModel.of(table(name, context), MidgeCompatibility.INSTANCE.programName(name));
  }

  // Declares the interface: for a class the verifier would load every command to compare them.
  private static @Nullable Command command(
      String name, ProcessContext context, Compatibility compatibility) {
    return switch (name) {
      case "pub" -> new PubCommand(context, compatibility);
      case "sub" -> new SubCommand(context, compatibility);
      case "rr" -> new RrCommand(context, compatibility);
      case "conn" -> new ConnCommand(context);
      case "context" -> new ContextCommand(context);
      case "broker" -> new BrokerCommand(context, compatibility);
      case "passwd" -> new PasswdCommand(context, compatibility);
      case "proxy" -> new ProxyCommand(context);
      case "ctl" -> new CtlCommand(context);
      case "lwt" -> new LwtCommand(context);
      case "help" -> new HelpCommand(context, NAMES, () -> variables(context));
      case "examples" -> new ExamplesCommand(context, NAMES);
      case "doctor" -> new DoctorCommand(context);
      case "version" -> new VersionCommand(context);
      default -> null;
    };
  }
}
