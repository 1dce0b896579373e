package dev.midge.cli.exec;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.text.Utf8;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a message into the environment of its command. Data of a message goes nowhere else: none
 * of it becomes part of the command's text. The beginning of each name is fixed, so that no user
 * property can be taken for another variable.
 */
final class CommandEnvironment {
  private static final String PREFIX = "MQTT_";
  private static final String USER_PROPERTY = PREFIX + "USER_PROPERTY_";

  /** In bytes; Linux takes 128 KiB for one variable. */
  static final int MOST_PAYLOAD = 64 * 1024;

  /** In characters of names and values; the system takes only so much for all variables. */
  static final int MOST_USER_PROPERTIES = 64 * 1024;

  private final Map<String, String> variables;
  private int userProperties;

  private CommandEnvironment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** Puts the variables of a message in the place of those of another one. */
  static void write(ReceivedMessage received, Map<String, String> variables) {
    variables.keySet().removeIf(CommandEnvironment::isOurs);
    new CommandEnvironment(variables).write(received);
  }

  /** Tells whether midge may have set the variable: where it runs in a command of its own. */
  private static boolean isOurs(String name) {
    if (!name.startsWith(PREFIX)) {
      return false;
    }
    return name.startsWith(USER_PROPERTY)
        || switch (name.substring(PREFIX.length())) {
          case "TOPIC", "QOS", "RETAIN", "DUP", "PACKET_ID", "PAYLOAD", "PAYLOAD_LENGTH" -> true;
          default -> isProperty(name.substring(PREFIX.length()).replace('_', '-'));
        };
  }

  private static boolean isProperty(String name) {
    Property property = Property.ofName(name);
    return property != null && property.allowedIn(Property.Place.PUBLISH);
  }

  private void write(ReceivedMessage received) {
    Message message = received.message();
    put(PREFIX + "TOPIC", message.topic());
    put(PREFIX + "QOS", String.valueOf(message.qos().level()));
    put(PREFIX + "RETAIN", message.retain() ? "1" : "0");
    put(PREFIX + "DUP", received.dup() ? "1" : "0");
    if (message.qos() != Qos.AT_MOST_ONCE) {
      put(PREFIX + "PACKET_ID", String.valueOf(received.packetId()));
    }
    put(PREFIX + "PAYLOAD_LENGTH", String.valueOf(message.payload().length));
    if (message.payload().length <= MOST_PAYLOAD) {
      String text = Utf8.strictly(message.payload());
      if (text != null) {
        put(PREFIX + "PAYLOAD", text);
      }
    }
    message.properties().entries().forEach(this::property);
  }

  private void property(Properties.Entry entry) {
    if (entry.value() instanceof Properties.Pair pair) {
      userProperty(pair);
      return;
    }
    String name = PREFIX + upper(entry.property().propertyName()).replace('-', '_');
    String value =
        entry.value() instanceof byte[] bytes
            ? HexFormat.of().formatHex(bytes)
            : String.valueOf(entry.value());
    // A message has an identifier for each of the subscriptions that it came for.
    String before = variables.get(name);
    put(name, before == null ? value : before + " " + value);
  }

  /** Keeps the first of several user properties whose names lead to the same variable. */
  private void userProperty(Properties.Pair pair) {
    StringBuilder name = new StringBuilder(USER_PROPERTY);
    for (char c : pair.key().toCharArray()) {
      boolean plain = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      name.append(plain ? c : '_');
    }
    String variable = upper(name.toString());
    int length = variable.length() + pair.value().length();
    if (!variables.containsKey(variable) && userProperties + length <= MOST_USER_PROPERTIES) {
      userProperties += length;
      put(variable, pair.value());
    }
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  /** Leaves out what no variable can hold. */
  private void put(String name, String value) {
    if (value.indexOf(0) < 0) {
      variables.put(name, value);
    }
  }
}
