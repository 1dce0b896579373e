package dev.midge.cli.options;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.mqtt.ProtocolVersion;

/** {@code -V}: the version of MQTT, which options of MQTT 5 raise where they stand. */
final class VersionOption implements OptionTable.Source {
  private ProtocolVersion version;

  VersionOption(ProtocolVersion version) {
    this.version = version;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.CONNECTION)
        .add(
            Option.value(
                "VERSION",
                "no version",
                "Version of MQTT: 5, 311 or 31 (default: " + (version.isV5() ? "5" : "311") + ").",
                this::parse,
                "-V",
                "--protocol-version"));
  }

  private void parse(String word) {
    switch (word) {
      case "5", "mqttv5" -> version = ProtocolVersion.V5;
      case "311", "mqttv311" -> version = ProtocolVersion.V3_1_1;
      case "31", "mqttv31" -> version = ProtocolVersion.V3_1;
      default ->
          throw new UsageException(
              "Error: Invalid protocol version argument given.",
              ": '" + word + "' is not one of 5, 311, 31.");
    }
  }

  void requireV5() {
    version = ProtocolVersion.V5;
  }

  ProtocolVersion version() {
    return version;
  }
}
