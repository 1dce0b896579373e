package dev.midge.cli;

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
  static final List<String> WORDS = List.of("pub", "sub", "rr", "conn", "broker", "lwt");

  private Commands() {}

  /** Runs the command line of this process; the exit status. */
  public static int runAsProcess(String... args) {
    return run(Surroundings.ofProcess(), Words.ofProcess(args));
  }

  /** Runs one command line; the exit status. */
  public static int run(Surroundings given, String... args) {
    StandardOutput out = new StandardOutput(given.out());
    Surroundings surroundings = given.withOut(out);
    Manners manners = Manners.of(surroundings.called());
    if (manners == Manners.MOSQUITTO) {
      String word = Manners.word(surroundings.called());
      return word == null
          ? unknown(surroundings, "name '" + surroundings.called() + "'.")
          : run(surroundings, out, manners, word, args);
    }
    String word = args.length == 0 ? "--help" : args[0];
    if (word.equals("help") && args.length > 1) {
      String[] asked = Arrays.copyOfRange(args, 1, args.length);
      asked[0] = "--help";
      return run(surroundings, out, manners, args[1], asked);
    }
    switch (word) {
      case "--help", "help" -> Invocation.print(surroundings, OVERVIEW);
      case "--version" -> Invocation.print(surroundings, "midge version " + version() + "\n");
      default -> {
        return run(surroundings, out, manners, word, Arrays.copyOfRange(args, 1, args.length));
      }
    }
    return Invocation.written(out, surroundings, false, ExitCode.OK);
  }

  private static int run(
      Surroundings surroundings, StandardOutput out, Manners manners, String word, String[] args) {
    Command command = command(word, surroundings, manners);
    return command == null
        ? unknown(surroundings, "command '" + word + "'" + hint(word))
        : new Invocation(surroundings, manners, word, command).run(out, args);
  }

  private static int unknown(Surroundings surroundings, String what) {
    surroundings
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
    String hint = Nearest.hint(word, known);
    return hint.isEmpty() ? "." : hint;
  }

  /** The version of this jar. */
  static String version() {
    String version = Commands.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  /** The options of a command, for man pages and completions. */
  static OptionTable table(String word, Surroundings surroundings) {
    Command command = command(word, surroundings, Manners.MIDGE);
    return new Invocation(surroundings, Manners.MIDGE, word, command).table();
  }

  /** The same as picocli's model. */
  static CommandSpec model(String word, Surroundings surroundings) {
    return PicocliModel.of(table(word, surroundings), Manners.MIDGE.program(word));
  }

  // Declares the interface: for a class the verifier would load every command to compare them.
  private static Command command(String word, Surroundings surroundings, Manners manners) {
    return switch (word) {
      case "pub" -> new PubCommand(surroundings, manners);
      case "sub" -> new SubCommand(surroundings, manners);
      case "rr" -> new RrCommand(surroundings, manners);
      case "conn" -> new ConnCommand(surroundings);
      case "broker" -> new BrokerCommand(surroundings, manners);
      case "lwt" -> new LwtCommand(surroundings);
      default -> null;
    };
  }
}
