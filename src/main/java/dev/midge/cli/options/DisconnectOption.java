package dev.midge.cli.options;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.mqtt.ProtocolVersion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code --disconnect-reason NN}: the reason code of DISCONNECT. */
final class DisconnectOption implements OptionTable.Source {
  private @Nullable Integer reason;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.SESSION)
        .add(
            Option.value(
                    "NN",
                    "no reason code",
                    "Reason code of DISCONNECT, decimal or 0x..; 0x04 asks the broker to publish the will. MQTT 5 only.",
                    this::set,
                    "--disconnect-reason")
                .own());
  }

  private void set(String word) {
    boolean hex = word.toLowerCase(Locale.ROOT).startsWith("0x");
    String digits = hex ? word.substring(2) : word;
    int code =
        digits.matches(hex ? "[0-9a-fA-F]{1,2}" : "[0-9]{1,3}")
            ? Integer.parseInt(digits, hex ? 16 : 10)
            : -1;
    // Table 3-13 of MQTT 5 says who sends which.
    boolean sent =
        switch (code) {
          case 0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99 ->
              true;
          default -> false;
        };
    if (!sent) {
      throw new UsageException(
          "Error: --disconnect-reason '"
              + word
              + "' is none that a client may send: 0x00, 0x04, 0x80 to 0x83, 0x90, 0x93 to 0x99.");
    }
    reason = code;
  }

  /**
   * Returns the code; null where none was given.
   *
   * @throws UsageException where MQTT has none
   */
  @Nullable Integer reason(ProtocolVersion version) {
    if (reason != null && !version.isV5()) {
      throw new UsageException(
          "Error: --disconnect-reason needs MQTT 5: DISCONNECT carries no reason before.");
    }
    return reason;
  }
}
