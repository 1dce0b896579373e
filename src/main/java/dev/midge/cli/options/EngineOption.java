package dev.midge.cli.options;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.EngineKind;
import org.jspecify.annotations.Nullable;

/** {@code --engine}: the code that speaks MQTT for the client. */
final class EngineOption implements OptionTable.Source {
  private @Nullable EngineKind kind;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.CONNECTION)
        .add(
            Option.value(
                    "ENGINE",
                    "no engine",
                    "What speaks MQTT: paho (Eclipse Paho) or direct (midge's own). The default"
                        + " depends on the command.",
                    this::choose,
                    "--engine")
                .own());
  }

  private void choose(String word) {
    switch (word) {
      case "paho" -> kind = EngineKind.PAHO;
      case "direct" -> kind = EngineKind.DIRECT;
      default ->
          throw new UsageException(
              "Error: Invalid --engine argument '" + word + "'.", ": it is paho or direct.");
    }
  }

  /** Returns the engine that was chosen; null where the command is to choose. */
  @Nullable EngineKind kind() {
    return kind;
  }
}
