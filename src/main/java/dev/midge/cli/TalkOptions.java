package dev.midge.cli;

import dev.midge.client.ConnectSpec;
import java.io.OutputStream;

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
    return new Talk(
        surroundings.err(),
        manners,
        quiet,
        debug ? new DebugLines(out, manners, spec.clientId(), tellGranted && !quiet) : null);
  }
}
