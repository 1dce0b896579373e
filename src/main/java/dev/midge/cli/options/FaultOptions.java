package dev.midge.cli.options;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.FaultSyntaxException;
import org.jspecify.annotations.Nullable;

/** {@code --fault EFFECT[@MOMENT]}: how the connection is to end, or to be spoilt, on purpose. */
public final class FaultOptions implements OptionTable.Source {

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
    try {
      return FaultParser.parse(word, FaultSide.CLIENT);
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
