package dev.midge.cli.options;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.Moment;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code --fault EFFECT[@MOMENT]}: how the connection is to end, or to be spoilt, on purpose. */
public final class FaultOptions implements OptionTable.Source {
  private static final String EFFECTS = "close, reset, freeze, kill, will";
  private static final String MOMENTS = "end, connected, after:DURATION (5s, 300ms), publish:N";

  private @Nullable Fault fault;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.FAULTS)
        .add(
            Option.value(
                    "EFFECT[@MOMENT]",
                    "no fault",
                    "End the connection on purpose. EFFECT: close (TCP FIN without DISCONNECT), reset (TCP RST), freeze"
                        + " (silence with an open socket), kill (the process dies, status 137), will (DISCONNECT 0x04). MOMENT:"
                        + " end (default), connected, after:5s, publish:N.",
                    word -> fault = parse(word),
                    "--fault")
                .own());
  }

  /** Returns the planned fault; null where there is none. */
  public @Nullable Fault toFault() {
    return fault;
  }

  static Fault parse(String word) {
    int at = word.indexOf('@');
    Effect effect = effect(at < 0 ? word : word.substring(0, at), word);
    return new Fault(effect, at < 0 ? new Moment.End() : moment(word.substring(at + 1), word));
  }

  private static Effect effect(String word, String whole) {
    for (Effect effect : Effect.values()) {
      if (effect.name().toLowerCase(Locale.ROOT).equals(word)) {
        return effect;
      }
    }
    throw new UsageException(
        "Error: Invalid fault '"
            + whole
            + "': the effect '"
            + word
            + "' is not one of "
            + EFFECTS
            + ".");
  }

  private static Moment moment(String word, String whole) {
    if (word.equals("end")) {
      return new Moment.End();
    }
    if (word.equals("connected")) {
      return new Moment.Connected();
    }
    if (word.startsWith("after:")) {
      Duration time = duration(word.substring(6));
      if (time != null) {
        return new Moment.After(time);
      }
    }
    if (word.startsWith("publish:")) {
      return new Moment.Published(
          MidgeCompatibility.INSTANCE.number(
              word.substring(8),
              1,
              Integer.MAX_VALUE,
              "Error: Invalid fault '" + whole + "': publish:N counts from 1, such as publish:3.",
              ""));
    }
    throw new UsageException(
        "Error: Invalid fault '"
            + whole
            + "': the moment '"
            + word
            + "' is not one of "
            + MOMENTS
            + ".");
  }

  /** Reads {@code 300ms}, {@code 5s}, {@code 1.5s}, {@code 2m}; null for anything else. */
  private static @Nullable Duration duration(String word) {
    String unit =
        word.endsWith("ms") ? "ms" : word.endsWith("s") ? "s" : word.endsWith("m") ? "m" : null;
    if (unit == null) {
      return null;
    }
    double scale = unit.equals("ms") ? 1 : unit.equals("s") ? 1_000 : 60_000;
    String number = word.substring(0, word.length() - unit.length());
    if (number.isEmpty()
        || !Character.isDigit(number.charAt(0))
        || !Character.isDigit(number.charAt(number.length() - 1))) {
      return null;
    }
    try {
      double millis = Double.parseDouble(number) * scale;
      return millis <= Integer.MAX_VALUE ? Duration.ofMillis(Math.round(millis)) : null;
    } catch (NumberFormatException e) {
      return null;
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

  /** Returns the fault as the user writes it, for messages. */
  public static String text(Fault fault) {
    String effect = fault.effect().name().toLowerCase(Locale.ROOT);
    Moment moment = fault.moment();
    if (moment instanceof Moment.Published published) {
      return effect + "@publish:" + published.number();
    }
    if (moment instanceof Moment.After after) {
      return effect + "@after:" + after.time().toMillis() + "ms";
    }
    return effect + (moment instanceof Moment.Connected ? "@connected" : "@end");
  }
}
