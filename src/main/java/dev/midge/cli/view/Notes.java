package dev.midge.cli.view;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.Terminal;
import dev.midge.text.TerminalEscapes;

/** Lines on standard error about messages; none with {@code --quiet}. */
final class Notes {
  private final ProcessContext context;
  private final Terminal terminal;
  private final boolean quiet;

  Notes(ProcessContext context, Terminal terminal, boolean quiet) {
    this.context = context;
    this.terminal = terminal;
    this.quiet = quiet;
  }

  /**
   * Prints one line.
   *
   * @param head its first word, which is coloured on a terminal
   * @param rest which may have any characters
   */
  void trouble(String head, String rest) {
    if (!quiet) {
      context
          .err()
          .println(
              terminal.paint(Terminal.Shade.BAD, head.stripTrailing())
                  + " "
                  + TerminalEscapes.escaped(rest));
    }
  }

  /**
   * Prints a line of midge's own.
   *
   * @param bad whether it is coloured on a terminal
   */
  void line(String line, boolean bad) {
    if (!quiet) {
      context.err().println(bad ? terminal.paint(Terminal.Shade.BAD, line) : line);
    }
  }
}
