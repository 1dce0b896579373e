package dev.midge.cli.command;

import dev.midge.cli.UsageException;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The properties of a request in MQTT 5. */
final class RequestProperties {
  private RequestProperties() {}

  /**
   * Returns the properties given, then the response topic, then correlation data.
   *
   * @param correlated whether there is correlation data if none is given
   */
  static Properties of(Properties given, String answersTo, boolean correlated) {
    if (given.has(Property.RESPONSE_TOPIC)) {
      throw UsageException.setting(
          "Error in PUBLISH properties: Duplicate response topic.", ": it is that of -e.");
    }
    Properties.Builder all =
        Properties.builder().addAll(given).add(Property.RESPONSE_TOPIC, answersTo);
    if (correlated && !given.has(Property.CORRELATION_DATA)) {
      // Letters and digits: those who answer by a script hand them on as text.
      String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
      all.add(Property.CORRELATION_DATA, random.getBytes(StandardCharsets.US_ASCII));
    }
    return all.build();
  }
}
