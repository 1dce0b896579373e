package dev.midge.cli.doctor;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.ControllingTerminal;
import dev.midge.cli.console.ScreenSize;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.console.TerminalWidth;

/** Looks at the terminal: its size, and whether there are colours. */
final class TerminalCheck implements Check {
  private final ProcessContext context;

  TerminalCheck(ProcessContext context) {
    this.context = context;
  }

  @Override
  public Diagnosis look() {
    String colours = colours();
    if (!context.outIsTerminal()) {
      return Diagnosis.ok("standard output is none; " + colours);
    }
    ScreenSize size = ControllingTerminal.size();
    String type = context.environment().getOrDefault("TERM", "");
    String text = size.columns() + " × " + size.lines() + ", " + colours;
    if (size.columns() < TerminalWidth.USUAL) {
      return Diagnosis.warning(text, "make it " + TerminalWidth.USUAL + " columns wide");
    }
    return type.isEmpty()
        ? Diagnosis.warning(text + "; TERM is not set", "export TERM=xterm-256color, or what it is")
        : Diagnosis.ok(text + ", TERM is " + type);
  }

  private String colours() {
    if (Terminal.ofOut(context).isColoured()) {
      return "with colours";
    }
    return context.environment().getOrDefault("NO_COLOR", "").isEmpty()
        ? "without colours"
        : "without colours: NO_COLOR is set";
  }
}
