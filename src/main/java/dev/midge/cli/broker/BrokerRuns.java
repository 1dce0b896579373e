package dev.midge.cli.broker;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import java.io.IOException;
import java.nio.file.Path;

/** Chooses the kind of run that a command line needs; the classes of the others stay unloaded. */
public final class BrokerRuns {
  private BrokerRuns() {}

  /**
   * Runs what a line says.
   *
   * @return the exit status
   * @throws dev.midge.cli.UsageException when its options do not go together
   */
  public static int run(ProcessContext context, Compatibility compatibility, BrokerLine line)
      throws IOException {
    line.check();
    Path file = line.file();
    // Each by its own class: for the common one the verifier would load them all.
    if (file != null) {
      return new FileRun(context, compatibility, line, file).run();
    }
    boolean isPlain =
        line.listen().given() == null
            && line.certificates().given() == null
            && line.access().given() == null;
    return isPlain
        ? new BrokerRun(context, compatibility, line).run()
        : new OptionRun(context, compatibility, line).run();
  }
}
