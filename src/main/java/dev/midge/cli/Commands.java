package dev.midge.cli;

import dev.midge.client.LinkFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the first word, builds that command and no other, and runs it. */
public final class Commands {
  private static final String OVERVIEW =
      """
      midge: MQTT on the command line, honest about abrupt disconnects

        midge pub     publish messages
        midge sub     print the messages of topics
        midge conn    be a connected client with a will, until something ends it
        midge broker  run a mini broker on this machine
        midge lwt     the Last Will drill: does your broker keep its word?

      'midge COMMAND --help' tells the options of a command. Try: midge lwt
      """;

  /** Every command, in the order of the overview. */
  static final List<String> WORDS = List.of("pub", "sub", "conn", "broker", "lwt");

  private Commands() {}

  /** Runs one command line; the exit status. */
  public static int run(Surroundings surroundings, String... args) {
    String word = args.length == 0 ? "--help" : args[0];
    switch (word) {
      case "--help", "help" -> {
        return print(surroundings, OVERVIEW);
      }
      case "--version" -> {
        return print(surroundings, "midge version " + version() + "\n");
      }
      default -> {
        Command command = command(word, surroundings);
        if (command == null) {
          surroundings
              .err()
              .println(
                  "Error: Unknown command '"
                      + word
                      + "'.\n\nUse 'midge --help' to see the commands.");
          return ExitCode.USAGE;
        }
        return run(command, word, surroundings, Arrays.copyOfRange(args, 1, args.length));
      }
    }
  }

  /** The version of this jar. */
  static String version() {
    String version = Commands.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  /** The options of a command, for help, man pages and completions. */
  static CommandSpec model(String word, Surroundings surroundings) {
    return model(command(word, surroundings), () -> {}, () -> {});
  }

  private static CommandSpec model(Command command, Runnable help, Runnable version) {
    return command
        .spec()
        .addOption(Option.flag("Show this help.", help, "--help"))
        .addOption(Option.flag("Show the version.", version, "--version"));
  }

  // Declares the interface: for a class the verifier would load every command to compare them.
  private static Command command(String word, Surroundings surroundings) {
    return switch (word) {
      case "pub" -> new PubCommand(surroundings);
      case "sub" -> new SubCommand(surroundings);
      case "conn" -> new ConnCommand(surroundings);
      case "broker" -> new BrokerCommand(surroundings);
      case "lwt" -> new LwtCommand(surroundings);
      default -> null;
    };
  }

  private static int run(Command command, String word, Surroundings surroundings, String[] args) {
    boolean[] wanted = new boolean[2];
    CommandLine line =
        new CommandLine(model(command, () -> wanted[0] = true, () -> wanted[1] = true));
    line.setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(true)
        .setPosixClusteredShortOptionsAllowed(true);
    Errors errors = new Errors(surroundings.err(), word, Arrays.asList(args).contains("--quiet"));
    try {
      line.parseArgs(args);
    } catch (ParameterException e) {
      return errors.usage(message(e), command.usageStatus());
    }
    if (wanted[0]) {
      return print(surroundings, line.getUsageMessage(Ansi.OFF));
    }
    if (wanted[1]) {
      return print(surroundings, "midge version " + version() + "\n");
    }
    try {
      return command.run();
    } catch (UsageException e) {
      return errors.usage(e.getMessage(), command.usageStatus());
    } catch (LinkFailure e) {
      return errors.link(e, e.code() >= 0x80);
    } catch (IOException e) {
      return errors.say(ExitCode.FAILED, "Error: " + e.getMessage());
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

  private static String message(ParameterException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UsageException) {
        return cause.getMessage();
      }
    }
    if (e instanceof UnmatchedArgumentException unmatched) {
      return "Error: Unknown option '" + unmatched.getUnmatched().get(0) + "'.";
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return "Error: " + missing.getMessage() + ".";
    }
    return "Error: " + e.getMessage();
  }

  private static int print(Surroundings surroundings, String text) {
    try {
      OutputStream out = surroundings.out();
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // Whoever asked for the text has left: that is no error.
    }
    return ExitCode.OK;
  }
}
