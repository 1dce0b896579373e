package dev.midge.cli.pipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Topics;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads the properties that a publisher may set. Topic aliases and subscription identifiers belong
 * to the connection on which the message was received, and are passed over like unknown names.
 */
final class RecordedProperties {
  private static final String IN_BASE64 = "_base64";
  private static final long MOST = 0xFFFF_FFFFL;

  private final JsonParser json;
  private final Values values;
  private final Properties.Builder properties = Properties.builder();
  private final Set<Property> seen = EnumSet.noneOf(Property.class);

  /**
   * @param json stands at the beginning of the object
   */
  RecordedProperties(JsonParser json, Values values) {
    this.json = json;
    this.values = values;
  }

  Properties read() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return Properties.NONE;
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw values.wrong("properties", "an object");
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      property(name);
    }
    return properties.build();
  }

  private void property(String name) throws IOException {
    boolean inBase64 = name.endsWith(IN_BASE64);
    String plain = inBase64 ? name.substring(0, name.length() - IN_BASE64.length()) : name;
    switch (plain.replace('_', '-')) {
      case "user-properties" -> userProperties(name);
      case "payload-format-indicator" ->
          add(Property.PAYLOAD_FORMAT_INDICATOR, name, values.number(name, 1));
      case "message-expiry-interval" ->
          add(Property.MESSAGE_EXPIRY_INTERVAL, name, values.number(name, MOST));
      case "content-type" -> add(Property.CONTENT_TYPE, name, values.mqttText(name));
      case "response-topic" -> {
        String topic = values.mqttText(name);
        if (!Topics.isValidName(topic)) {
          throw values.wrong(name, "a topic name");
        }
        add(Property.RESPONSE_TOPIC, name, topic);
      }
      case "correlation-data" ->
          add(Property.CORRELATION_DATA, name, values.binary(name, inBase64));
      default -> json.skipChildren();
    }
  }

  private void add(Property property, String name, Object value) throws IOException {
    values.once(seen.add(property), "\"" + name + "\"");
    properties.add(property, value);
  }

  /**
   * Takes them in the order in which they stand: as a list of pairs, or as mosquitto_sub has them,
   * as an object that may have a name more than once, or a list of objects.
   */
  private void userProperties(String name) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      pairs(name);
      return;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw noPair(name);
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        pairs(name);
        continue;
      }
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw noPair(name);
      }
      String key = half(name);
      properties.userProperty(key, half(name));
      if (json.nextToken() != JsonToken.END_ARRAY) {
        throw noPair(name);
      }
    }
  }

  private String half(String name) throws IOException {
    if (json.nextToken() != JsonToken.VALUE_STRING) {
      throw noPair(name);
    }
    return values.mqttText(name);
  }

  private IOException noPair(String name) throws IOException {
    return values.wrong(name, "a list of pairs [\"key\",\"value\"]");
  }

  private void pairs(String name) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = values.checked(name, json.currentName());
      json.nextToken();
      properties.userProperty(key, values.mqttText(name));
    }
  }
}
