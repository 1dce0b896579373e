package dev.midge.cli.broker;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import java.nio.file.Path;

/** Chooses the kind of run that a command line needs; the classes of the others stay unloaded. */
public final class BrokerRuns {
  private BrokerRuns() {}

  /**
   * Returns the run of a line.
   *
   * @throws dev.midge.cli.UsageException when its options do not go together
   */
  public static BrokerRun of(ProcessContext context, Compatibility compatibility, BrokerLine line) {
    line.check();
    Path file = line.file();
    if (file != null) {
      return new FileRun(context, compatibility, line, file);
    }
    boolean isPlain =
        line.listen().given() == null
            && line.certificates().given() == null
            && line.access().given() == null;
    return isPlain
        ? new BrokerRun(context, compatibility, line)
        : new OptionRun(context, compatibility, line);
  }
}
