package dev.midge.cli.proxy;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.FaultSyntaxException;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.fault.plan.FaultPlan;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code --fault}, {@code --fault-seed} and {@code --fault-log} of the proxy. */
public final class ProxyFaultOptions implements OptionTable.Source {
  private static final int SEEDS = 1_000_000;

  private final List<Fault> faults = new ArrayList<>();
  private @Nullable Long seed;
  private @Nullable String log;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.FAULTS)
        .add(
            Option.value(
                    "FAULT",
                    "no fault",
                    "EFFECT[@MOMENT][xCOUNT] [client=GLOB] [user=GLOB] [topic=FILTER] [version=5|311|31]"
                        + " [share=PERCENT] as one word; repeat it for more. EFFECT is one of close, reset,"
                        + " freeze, reason, truncate, garbage, takeover, refuse, blackout, delay, throttle,"
                        + " slice; and drop, duplicate, corrupt, reorder, which break the protocol, not the"
                        + " network. MOMENT is one of end, connected, connack, subscribed, after, every, bytes,"
                        + " topic, random, or a packet such as publish-out:3.",
                    this::add,
                    "--fault")
                .own())
        .add(
            Option.value(
                    "N",
                    "no seed",
                    "Repeat a run in which chance decides: what happens depends on this number.",
                    this::seed,
                    "--fault-seed")
                .own())
        .add(
            Option.value(
                    "FILE",
                    "no file",
                    "Write each fault that happens to this file as well, as one JSON object a line.",
                    word -> log = word,
                    "--fault-log")
                .own());
  }

  private void add(String word) {
    try {
      faults.add(FaultParser.parse(word, FaultSide.PROXY));
    } catch (FaultSyntaxException e) {
      throw new UsageException("Error: " + e.getMessage());
    }
  }

  private void seed(String word) {
    if (!word.matches("-?[0-9]{1,18}")) {
      throw new UsageException(
          "Error: Invalid --fault-seed argument '" + word + "'.", ": it is a whole number.");
    }
    seed = Long.parseLong(word);
  }

  /** Returns the plan, whose listener hears of each fault. */
  public FaultPlan toPlan(Consumer<FaultEvent> listener) {
    long chosen = seed == null ? new SecureRandom().nextInt(SEEDS) : seed;
    FaultPlan plan = new FaultPlan(FaultSide.PROXY, chosen, listener);
    faults.forEach(plan::add);
    return plan;
  }

  /**
   * Opens the log; null when none is wanted.
   *
   * @throws UsageException when it cannot be written
   */
  @Nullable FaultLog openLog() {
    return log == null ? null : FaultLog.open(log);
  }
}
