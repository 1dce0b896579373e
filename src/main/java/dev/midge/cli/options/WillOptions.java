package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.RawArguments;
import dev.midge.cli.parse.TopicArgument;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import org.jspecify.annotations.Nullable;

/** The options for the will. */
final class WillOptions implements OptionTable.Source {
  private static final int MAX_PAYLOAD = 65535;
  private static final String PROBLEM = "Error: Problem setting will.";

  private final Compatibility compatibility;
  private @Nullable String topic;
  private byte @Nullable [] payload;
  private Qos qos = Qos.AT_MOST_ONCE;
  private boolean retain;

  WillOptions(Compatibility compatibility) {
    this.compatibility = compatibility;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.WILL)
        .add(
            Option.value(
                "TOPIC",
                "no will topic",
                "Topic of the will, where the broker announces that this client vanished.",
                word -> topic = TopicArgument.name(word, "--will-topic", "will"),
                "--will-topic"))
        .add(
            Option.value(
                "PAYLOAD",
                "no will payload",
                "Payload of the will (default: empty).",
                word -> payload = RawArguments.bytes(word),
                "--will-payload"))
        .add(
            Option.value(
                "QOS",
                "no will QoS",
                "QoS of the will: 0, 1 or 2 (default: 0).",
                word ->
                    qos =
                        Qos.of(compatibility.number(word, 0, 2, "Error: Invalid will QoS {}.", "")),
                "--will-qos"))
        .add(Option.flag("The broker retains the will.", () -> retain = true, "--will-retain"));
  }

  boolean isGiven() {
    return topic != null;
  }

  /** Checks that there is a topic for the rest. */
  void check() {
    if (topic == null && payload != null) {
      throw new UsageException("Error: Will payload given, but no will topic given.");
    }
    if (topic == null && retain) {
      throw new UsageException("Error: Will retain given, but no will topic given.");
    }
  }

  /**
   * Returns the will; null when no topic was given. Without a topic its properties are dropped in
   * silence.
   */
  @Nullable Will toWill(boolean v5, PropertyOptions properties) {
    if (topic == null) {
      return null;
    }
    if (!v5 && !properties.will().isEmpty()) {
      throw UsageException.setting(PROBLEM, ": its properties need MQTT 5, but -V says otherwise.");
    }
    properties.checkWill(PROBLEM);
    byte[] bytes = payload == null ? new byte[0] : payload;
    if (bytes.length > MAX_PAYLOAD) {
      throw UsageException.setting(
          PROBLEM, ": its payload has " + bytes.length + " bytes, at most 65535 are possible.");
    }
    return new Will(new Message(topic, bytes, qos, retain, properties.will()));
  }
}
