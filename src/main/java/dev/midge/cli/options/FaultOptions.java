package dev.midge.cli.options;

import dev.midge.cli.UsageException;
import dev.midge.cli.fault.FaultLog;
import dev.midge.cli.fault.FaultSeed;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.ClientFaults;
import dev.midge.fault.Afterwards;
import dev.midge.fault.EffectKind;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultHelp;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.FaultSyntaxException;
import dev.midge.fault.Moment;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code --fault EFFECT[@MOMENT]} and its companions: how connections are to end, or to be spoilt,
 * on purpose.
 */
public final class FaultOptions implements OptionTable.Source {
  private final List<String> words = new ArrayList<>();
  private @Nullable String then;
  private @Nullable String log;
  private @Nullable Long seed;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.FAULTS)
        .add(
            Option.value(
                    "EFFECT[@MOMENT][xN]",
                    "no fault",
                    "End or disturb the connection on purpose; may be repeated. EFFECT: "
                        + FaultHelp.effects(FaultSide.CLIENT)
                        + ". Joined by +. MOMENT: "
                        + FaultHelp.moments()
                        + ". xN: N times at most.",
                    this::add,
                    "--fault")
                .own())
        .add(
            Option.value(
                    "reconnect[:AFTER]",
                    "no sequel",
                    "When a fault has ended the connection, connect again and resume the session, at once or AFTER a time such as 2s.",
                    word -> then = word,
                    "--then")
                .own())
        .add(
            Option.value(
                    "N",
                    "no seed",
                    "Seed for random:P and jitter: the same seed gives the same faults.",
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

  private void add(String word) {
    parse(word);
    words.add(word);
  }

  /**
   * Returns the planned faults; null where there are none. Opens the log.
   *
   * @param name the client id that the user gave; empty for none
   * @param assigned whether the client has an id that it knows, at the latest by CONNACK
   * @param inputEnded whether standard input has ended before the client connects; null where it is
   *     not read
   * @param onLogFailure takes a line when the log can be written no more
   * @throws UsageException for what cannot be carried out
   */
  @Nullable ClientFaults toFaults(
      String name,
      boolean assigned,
      ProtocolVersion version,
      @Nullable Boolean inputEnded,
      Consumer<String> onLogFailure) {
    if (words.isEmpty()) {
      refuse("--then", then);
      refuse("--fault-seed", seed);
      refuse("--fault-log", log);
      return null;
    }
    List<Fault> faults = new ArrayList<>();
    for (String word : words) {
      faults.add(parse(word));
    }
    for (Fault fault : faults) {
      check(fault, assigned, version, inputEnded != null);
    }
    Duration comeBack = then == null ? null : comeBack(then, faults);
    FaultPlan plan =
        new FaultPlan(
            FaultSide.CLIENT,
            FaultSeed.orRandom(seed),
            log == null ? event -> {} : FaultLog.open(log, onLogFailure));
    faults.forEach(plan::add);
    return new ClientFaults(plan, name, Boolean.TRUE.equals(inputEnded), comeBack);
  }

  private static void refuse(String option, @Nullable Object given) {
    if (given != null) {
      throw new UsageException("Error: " + option + " needs a --fault.");
    }
  }

  private static void check(Fault fault, boolean assigned, ProtocolVersion version, boolean input) {
    for (EffectKind kind : List.of(EffectKind.WILL, EffectKind.REASON)) {
      if (fault.has(kind) && !version.isV5()) {
        throw new UsageException(
            "Error: --fault "
                + kind.word()
                + " needs MQTT 5: DISCONNECT carries no reason before.");
      }
    }
    if (fault.has(EffectKind.TAKEOVER) && !assigned) {
      throw new UsageException("Error: --fault takeover needs a client id (-i).");
    }
    if (fault.moment() instanceof Moment.Eof && !input) {
      throw new UsageException(
          "Error: the moment eof of --fault needs standard input to be read (-s, or -l of pub).");
    }
  }

  static Fault parse(String word) {
    try {
      return FaultParser.parse(word, FaultSide.CLIENT);
    } catch (FaultSyntaxException e) {
      throw new UsageException("Error: " + e.getMessage());
    }
  }

  private static Duration comeBack(String word, List<Fault> faults) {
    boolean isKilled = true;
    for (Fault fault : faults) {
      isKilled &= fault.has(EffectKind.KILL);
    }
    if (isKilled) {
      throw new UsageException(
          "Error: --then makes no sense with kill: a process that is gone does not come back.");
    }
    try {
      return Afterwards.parse(word);
    } catch (FaultSyntaxException e) {
      throw new UsageException("Error: " + e.getMessage());
    }
  }

  /** Returns the line that tells how long a broker waits for a frozen client [MQTT-3.1.2-22]. */
  public static String brokerTimeout(int keepAlive) {
    return keepAlive == 0
        ? "Without keep alive (0) the broker never gives up by itself."
        : "The broker gives up after "
            + keepAlive * 3 / 2
            + (keepAlive % 2 == 0 ? "" : ".5")
            + " s, 1.5 times the keep alive of "
            + keepAlive
            + " s.";
  }
}
