package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.PicocliModel;
import dev.midge.cli.parse.RawArguments;
import dev.midge.cli.parse.SpellingHint;
import dev.midge.text.TerminalEscapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Reads the name and the first word, builds that command and no other, and runs it. */
public final class Commands {
  private static final String OVERVIEW =
      """
      midge: MQTT on the command line, honest about abrupt disconnects

        midge pub     publish messages
        midge sub     print the messages of topics
        midge rr      send a request, print the first answer
        midge conn    be a connected client with a will, until something ends it
        midge broker  run a mini broker on this machine
        midge lwt     the Last Will drill: does your broker keep its word?

      'midge help COMMAND' tells the options of a command. Try: midge lwt
      """;

  /** Every command, in the order of the overview. */
  public static final List<String> WORDS = List.of("pub", "sub", "rr", "conn", "broker", "lwt");

  private Commands() {}

  /** Runs the command line of this process; the exit status. */
  public static int runAsProcess(String... args) {
    return run(ProcessContext.ofProcess(), RawArguments.ofProcess(args));
  }

  /** Runs one command line; the exit status. */
  public static int run(ProcessContext given, String... args) {
    StandardOutput out = new StandardOutput(given.out());
    ProcessContext context = given.withOut(out);
    Compatibility compatibility = Compatibility.of(context.called());
    if (compatibility == Compatibility.MOSQUITTO) {
      String word = Compatibility.word(context.called());
      return word == null
          ? unknown(context, "name '" + context.called() + "'.")
          : run(context, out, compatibility, word, args);
    }
    String word = args.length == 0 ? "--help" : args[0];
    if (word.equals("help") && args.length > 1) {
      String[] asked = Arrays.copyOfRange(args, 1, args.length);
      asked[0] = "--help";
      return run(context, out, compatibility, args[1], asked);
    }
    switch (word) {
      case "--help", "help" -> Invocation.print(context, OVERVIEW);
      case "--version" -> Invocation.print(context, "midge version " + version() + "\n");
      default -> {
        return run(context, out, compatibility, word, Arrays.copyOfRange(args, 1, args.length));
      }
    }
    return Invocation.written(out, context, false, ExitCode.OK);
  }

  private static int run(
      ProcessContext context,
      StandardOutput out,
      Compatibility compatibility,
      String word,
      String[] args) {
    Command command = command(word, context, compatibility);
    return command == null
        ? unknown(context, "command '" + word + "'" + hint(word))
        : new Invocation(context, compatibility, word, command).run(out, args);
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

  private static String hint(String word) {
    List<String> known = new ArrayList<>(WORDS);
    known.add("help");
    String hint = SpellingHint.hint(word, known);
    return hint.isEmpty() ? "." : hint;
  }

  /** The version of this jar. */
  static String version() {
    String version = Commands.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  /** The options of a command, for man pages and completions. */
  public static OptionTable table(String word, ProcessContext context) {
    Command command = command(word, context, Compatibility.MIDGE);
    return new Invocation(context, Compatibility.MIDGE, word, command).table();
  }

  /** The same as picocli's model. */
  public static CommandSpec model(String word, ProcessContext context) {
    return PicocliModel.of(table(word, context), Compatibility.MIDGE.program(word));
  }

  // Declares the interface: for a class the verifier would load every command to compare them.
  private static Command command(String word, ProcessContext context, Compatibility compatibility) {
    return switch (word) {
      case "pub" -> new PubCommand(context, compatibility);
      case "sub" -> new SubCommand(context, compatibility);
      case "rr" -> new RrCommand(context, compatibility);
      case "conn" -> new ConnCommand(context);
      case "broker" -> new BrokerCommand(context, compatibility);
      case "lwt" -> new LwtCommand(context);
      default -> null;
    };
  }
}
