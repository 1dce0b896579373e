package dev.midge.cli.fault;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultHelp;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.FaultSyntaxException;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.fault.plan.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code --fault}, {@code --fault-seed} and {@code --fault-log} of the broker and the proxy. */
public final class FaultPlanOptions implements OptionTable.Source {
  private final FaultSide side;
  private final List<Fault> faults = new ArrayList<>();
  private @Nullable Long seed;
  private @Nullable String log;

  public FaultPlanOptions(FaultSide side) {
    this.side = side;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.FAULTS)
        .add(
            Option.value(
                    "FAULT",
                    "no fault",
                    "Disturb or end connections on purpose: EFFECT[@MOMENT][xCOUNT] [client=GLOB] [user=GLOB] [topic=FILTER] [version=5|311|31] [share=PERCENT] as one word; may be repeated. EFFECT: "
                        + FaultHelp.effects(side)
                        + ". Joined by +. MOMENT: "
                        + FaultHelp.moments()
                        + ".",
                    this::add,
                    "--fault")
                .own())
        .add(
            Option.value(
                    "N",
                    "no seed",
                    "Seed for random:P, share and jitter: the same seed gives the same faults.",
                    word -> seed = FaultSeed.parse(word),
                    "--fault-seed")
                .own())
        .add(
            Option.value(
                    "FILE",
                    "no file",
                    "Write each fault that has happened to FILE, one JSON object per line.",
                    word -> log = word,
                    "--fault-log")
                .own());
  }

  private void add(String words) {
    try {
      faults.add(FaultParser.parse(words, side));
    } catch (FaultSyntaxException e) {
      throw new UsageException("Error: " + e.getMessage());
    }
  }

  /**
   * Returns the plan, and opens the log.
   *
   * @param listener hears of each fault
   * @param onLogFailure takes a line when the log can be written no more
   * @throws UsageException when the log cannot be written
   */
  public FaultPlan toPlan(Consumer<FaultEvent> listener, Consumer<String> onLogFailure) {
    FaultPlan plan =
        new FaultPlan(
            side,
            FaultSeed.orRandom(seed),
            log == null ? listener : listener.andThen(FaultLog.open(log, onLogFailure)));
    faults.forEach(plan::add);
    return plan;
  }
}
