package dev.midge.cli.command;

import dev.midge.cli.DefaultPorts;
import dev.midge.cli.ExitCode;
import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.console.TerminalWidth;
import dev.midge.cli.control.AnswerText;
import dev.midge.cli.options.ControlOptions;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.SpellingHint;
import dev.midge.control.ControlProblem;
import dev.midge.control.ControlWord;
import dev.midge.control.Controller;
import dev.midge.control.Facts;
import dev.midge.control.socket.ControlClient;
import dev.midge.control.socket.ControlPath;
import dev.midge.text.TerminalEscapes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code midge ctl}: sends one command to a running broker or proxy, and prints the answer. */
final class CtlCommand implements Command {
  private final ProcessContext context;
  private final List<String> words = new ArrayList<>();
  private @Nullable Integer port;
  private @Nullable Path path;
  private boolean follow;
  private boolean json;

  CtlCommand(ProcessContext context) {
    this.context = context;
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable(
            "Control a running midge broker or proxy of this user: show its state, end connections, plan faults.");
    table
        .under(OptionGroup.OUTPUT)
        .add(
            Option.flag(
                "With log: also print the lines that come later, until Ctrl-C.",
                () -> follow = true,
                "-f",
                "--follow"))
        .add(
            Option.flag(
                "Print the answer as JSON, an object a line.", () -> json = true, "--json"));
    table.operands(words::add);
    return table.laterWithVariables(this::whom);
  }

  private void whom(OptionTable table) {
    table
        .under(OptionGroup.CONNECTION)
        .add(
            Option.value(
                "PORT",
                "no port",
                "The port that the broker or proxy listens on (default: 1883).",
                this::port,
                "-p",
                "--port"))
        .add(
            Option.value(
                "PATH",
                "no socket path",
                "The control socket, where the broker or proxy was started with --control; the port does"
                    + " not matter then.",
                word -> path = ControlOptions.path(word),
                "--control"));
  }

  private void port(String word) {
    port =
        MidgeCompatibility.INSTANCE.number(
            word, 1, 65535, "Error: Invalid port given: {}", ", it must be from 1 to 65535.");
  }

  @Override
  public boolean isJson() {
    return json;
  }

  @Override
  public Terminal terminal() {
    return Terminal.ofOut(context);
  }

  @Override
  public int run(StandardOutput out) throws Exception {
    ControlWord command = command();
    List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
    if (follow) {
      arguments.add("-f");
    }
    try {
      ControlWord.of(command.word(), arguments);
    } catch (ControlProblem e) {
      throw new UsageException("Error: " + e.getMessage());
    }
    if (command == ControlWord.HELP) {
      return print(out, command, Controller.help());
    }
    Path socket = socket();
    ControlClient client;
    try {
      client = ControlClient.connect(socket);
    } catch (IOException e) {
      String where = path == null ? " on port " + port() + ", at " : " at ";
      context
          .err()
          .println(
              "Error: No broker or proxy of yours listens"
                  + where
                  + TerminalEscapes.escaped(socket.toString())
                  + ".");
      return ExitCode.PROTOCOL;
    }
    try (client) {
      client.send(command.word(), arguments);
      return answered(out, command, client);
    }
  }

  /** Returns the command, whose arguments were not looked at yet. */
  private ControlWord command() {
    if (words.isEmpty()) {
      throw new UsageException(
          "Error: A command is missing, one of " + String.join(", ", ControlWord.words()) + ".");
    }
    String word = words.get(0);
    ControlWord command = ControlWord.of(word);
    if (command == null) {
      String hint = SpellingHint.hint(word, ControlWord.words());
      throw new UsageException(
          "Error: Unknown command '"
              + word
              + "'"
              + (hint.isEmpty()
                  ? ", it is one of " + String.join(", ", ControlWord.words()) + "."
                  : hint));
    }
    if (follow && command != ControlWord.LOG) {
      throw new UsageException("Error: -f belongs to log.");
    }
    return command;
  }

  private int port() {
    return port == null ? DefaultPorts.MQTT : port;
  }

  private Path socket() throws IOException {
    return path == null ? ControlPath.ofClient(port(), context.environment()) : path;
  }

  private int answered(StandardOutput out, ControlWord command, ControlClient client)
      throws IOException {
    Facts answer = client.next();
    if (answer == null) {
      context.err().println("Error: The broker or proxy has ended without an answer.");
      return ExitCode.FAILED;
    }
    int status = print(out, command, answer);
    Facts line;
    while (status == ExitCode.OK
        && (follow || command == ControlWord.STOP)
        && (line = client.next()) != null) {
      write(out, json ? line.careful() : AnswerText.logLine(line));
    }
    return status;
  }

  private int print(StandardOutput out, ControlWord command, Facts answer) throws IOException {
    boolean ok = answer.is("ok");
    if (json) {
      write(out, answer.careful());
    }
    if (!ok) {
      context.err().println("Error: " + TerminalEscapes.escaped(answer.text("error")));
      return ExitCode.FAILED;
    }
    if (!json) {
      AnswerText text = new AnswerText(TerminalWidth.of(context, context.outIsTerminal()));
      for (String line : text.lines(command, answer)) {
        write(out, line);
      }
    }
    return ExitCode.OK;
  }

  private static void write(StandardOutput out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
