package dev.midge.cli;

import dev.midge.client.ConnectSpec;
import java.io.OutputStream;
import java.io.PrintStream;

/** How much a client says while it works. */
final class TalkOptions implements OptionSource {
  private final Manners manners;
  private boolean debug;
  private boolean quiet;

  TalkOptions(Manners manners) {
    this.manners = manners;
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
   * The talk of one run.
   *
   * @param tellGranted whether granted subscriptions are shown with -d
   */
  Talk toTalk(Surroundings surroundings, OutputStream out, ConnectSpec spec, boolean tellGranted) {
    return toTalk(surroundings, out, spec, tellGranted, null);
  }

  /**
   * The same.
   *
   * @param subscribed what to say once there is a subscription; null for nothing
   */
  Talk toTalk(
      Surroundings surroundings,
      OutputStream out,
      ConnectSpec spec,
      boolean tellGranted,
      String subscribed) {
    PrintStream err = surroundings.err();
    DebugLines lines =
        debug ? new DebugLines(out, manners, spec.clientId(), tellGranted && !quiet) : null;
    // A method of its own, or the verifier would load the other class to compare them.
    return spec.fault() == null && subscribed == null
        ? new Talk(err, manners, quiet, lines)
        : telling(err, lines, spec, subscribed);
  }

  private Talk telling(PrintStream err, DebugLines lines, ConnectSpec spec, String subscribed) {
    return new ClientTalk(err, manners, quiet, lines, spec, subscribed);
  }
}
