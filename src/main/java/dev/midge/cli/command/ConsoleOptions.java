package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.DebugLines;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.ConnectSpec;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** The options for the messages of a client: {@code -d} and {@code --quiet}. */
final class ConsoleOptions implements OptionTable.Source {
  private final Compatibility compatibility;
  private boolean debug;
  private boolean quiet;

  ConsoleOptions(Compatibility compatibility) {
    this.compatibility = compatibility;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.OUTPUT)
        .add(
            Option.flag(
                "Show each packet on standard output.", () -> debug = true, "-d", "--debug"))
        .add(Option.flag("Print no run-time messages.", () -> quiet = true, "--quiet"));
  }

  boolean debug() {
    return debug;
  }

  boolean quiet() {
    return quiet;
  }

  /**
   * Makes the console of one run.
   *
   * @param tellGranted whether granted subscriptions are shown with -d
   */
  ClientConsole toConsole(
      ProcessContext context, OutputStream out, ConnectSpec spec, boolean tellGranted) {
    return toConsole(context, out, spec, tellGranted, null);
  }

  /**
   * Makes the same.
   *
   * @param subscribed the line to print once there is a subscription; null for none
   */
  ClientConsole toConsole(
      ProcessContext context,
      OutputStream out,
      ConnectSpec spec,
      boolean tellGranted,
      @Nullable String subscribed) {
    PrintStream err = context.err();
    DebugLines lines =
        debug ? new DebugLines(out, compatibility, spec.clientId(), tellGranted && !quiet) : null;
    // A method of its own, or the verifier would load the other class to compare them.
    return spec.faults() == null && subscribed == null
        ? new ClientConsole(err, compatibility, quiet, lines)
        : detailed(err, lines, spec, subscribed);
  }

  private ClientConsole detailed(
      PrintStream err, @Nullable DebugLines lines, ConnectSpec spec, @Nullable String subscribed) {
    return new DetailedClientConsole(err, compatibility, quiet, lines, spec, subscribed);
  }
}
