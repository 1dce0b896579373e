package dev.midge.cli;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.Utf8;
import dev.midge.mqtt.Will;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;

/** The will, as the user says it. */
final class WillOptions {
  private static final int MAX_PAYLOAD = 65535;

  private String topic;
  private byte[] payload;
  private Qos qos = Qos.AT_MOST_ONCE;
  private boolean retain;

  void addTo(CommandSpec spec) {
    spec.addOption(
            Option.value(
                "TOPIC",
                "no will topic",
                "Topic of the will: where the broker tells that this client vanished.",
                this::topic,
                "--will-topic"))
        .addOption(
            Option.value(
                "PAYLOAD",
                "no will payload",
                "Payload of the will (default: empty).",
                word -> payload = word.getBytes(StandardCharsets.UTF_8),
                "--will-payload"))
        .addOption(
            Option.value(
                "QOS",
                "no will QoS",
                "QoS of the will: 0, 1 or 2 (default: 0).",
                word ->
                    qos =
                        Qos.of(Option.number(word, 0, 2, "Error: Invalid will QoS " + word + ".")),
                "--will-qos"))
        .addOption(
            Option.flag("The broker retains the will.", () -> retain = true, "--will-retain"));
  }

  private void topic(String word) {
    if (!Utf8.isValid(word)) {
      throw new UsageException("Error: Malformed UTF-8 in --will-topic argument.");
    }
    if (!Topics.isValidName(word)) {
      throw new UsageException(
          "Error: Invalid will topic '" + word + "', does it contain '+' or '#'?");
    }
    topic = word;
  }

  /**
   * The will, as MQTT says it; null when no topic was given.
   *
   * @param properties those of {@code -D will}; without a topic they are dropped in silence
   */
  Will toWill(Properties properties) {
    if (topic == null && payload != null) {
      throw new UsageException("Error: Will payload given, but no will topic given.");
    }
    if (topic == null && retain) {
      throw new UsageException("Error: Will retain given, but no will topic given.");
    }
    if (topic == null) {
      return null;
    }
    byte[] bytes = payload == null ? new byte[0] : payload;
    if (bytes.length > MAX_PAYLOAD) {
      throw new UsageException(
          "Error: Problem setting will: its payload has "
              + bytes.length
              + " bytes, at most 65535 are possible.");
    }
    return new Will(new Message(topic, bytes, qos, retain, properties));
  }
}
