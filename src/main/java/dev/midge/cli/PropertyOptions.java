package dev.midge.cli;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Property.Place;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Stack;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code -D COMMAND NAME VALUE}: the properties of MQTT 5, collected by the packet that they are
 * for.
 */
final class PropertyOptions {
  private static final int MAX_BYTES = 65535;
  private static final String TOO_FEW =
      "Error: --property argument given but not enough arguments specified.";
  private static final String OTHER_PACKETS =
      " auth puback pubrec pubrel pubcomp suback unsuback connack ";

  private final Runnable onUse;
  private final Properties.Builder connect = Properties.builder();
  private final Properties.Builder publish = Properties.builder();
  private final Properties.Builder will = Properties.builder();
  private final Properties.Builder subscribe = Properties.builder();
  private final Properties.Builder unsubscribe = Properties.builder();
  private final Properties.Builder disconnect = Properties.builder();
  private boolean used;

  /** Tells by {@code onUse} that a property was given, which makes the version MQTT 5. */
  PropertyOptions(Runnable onUse) {
    this.onUse = onUse;
  }

  void addTo(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("-D", "--property")
            .paramLabel("COMMAND NAME VALUE")
            .description(
                "A property of CONNECT, PUBLISH, WILL, SUBSCRIBE, UNSUBSCRIBE or DISCONNECT, such as"
                    + " 'will will-delay-interval 5'; user-property takes a key and a value. Makes it MQTT 5.")
            .type(String.class)
            .arity("1")
            .hideParamSyntax(true)
            .hasInitialValue(false)
            .parameterConsumer(this::take)
            .build());
  }

  boolean isEmpty() {
    return !used;
  }

  Properties connect() {
    return connect.build();
  }

  Properties publish() {
    return publish.build();
  }

  Properties will() {
    return will.build();
  }

  Properties subscribe() {
    return subscribe.build();
  }

  Properties unsubscribe() {
    return unsubscribe.build();
  }

  Properties disconnect() {
    return disconnect.build();
  }

  private void take(Stack<String> words, ArgSpec option, CommandSpec spec) {
    if (words.size() < 3) {
      throw new UsageException(TOO_FEW);
    }
    String command = words.pop();
    String name = words.pop();
    Properties.Builder into = collected(command);
    if (into == null && !OTHER_PACKETS.contains(" " + command.toLowerCase(Locale.ROOT) + " ")) {
      throw new UsageException(
          "Error: Invalid command "
              + command
              + " given in --property argument: connect, publish, will, subscribe, unsubscribe and disconnect have"
              + " properties.");
    }
    Property property = Property.ofName(name);
    if (property == null) {
      throw new UsageException(
          "Error: Invalid property name " + name + " given in --property argument.");
    }
    boolean willReason = into == will && property == Property.REASON_STRING;
    int place = place(command);
    if (!property.allowedIn(place) || willReason) {
      throw new UsageException(
          "Error: " + name + " property not allowed for " + command + " in --property argument.");
    }
    if (into == null || into == publish && property == Property.SUBSCRIPTION_IDENTIFIER) {
      throw new UsageException(
          "Error: " + name + " property not supported for " + command + " in --property argument.");
    }
    Properties before = into.build();
    if (before.has(property) && property != Property.USER_PROPERTY) {
      throw new UsageException(
          "Error: Duplicate property "
              + property.propertyName()
              + " for "
              + command
              + " in --property argument.");
    }
    String first = words.pop();
    if (property == Property.USER_PROPERTY) {
      if (words.isEmpty()) {
        throw new UsageException(TOO_FEW);
      }
      into.userProperty(text(property, first), text(property, words.pop()));
    } else {
      into.add(property, value(property, first));
    }
    used = true;
    onUse.run();
  }

  private Properties.Builder collected(String command) {
    return switch (command.toLowerCase(Locale.ROOT)) {
      case "connect" -> connect;
      case "publish" -> publish;
      case "will" -> will;
      case "subscribe" -> subscribe;
      case "unsubscribe" -> unsubscribe;
      case "disconnect" -> disconnect;
      default -> null;
    };
  }

  private static int place(String command) {
    return switch (command.toLowerCase(Locale.ROOT)) {
      case "connect" -> Place.CONNECT;
      case "publish" -> Place.PUBLISH;
      case "will" -> Place.WILL;
      case "subscribe" -> Place.SUBSCRIBE;
      case "unsubscribe" -> Place.UNSUBSCRIBE;
      case "disconnect" -> Place.DISCONNECT;
      case "connack" -> Place.CONNACK;
      case "suback" -> Place.SUBACK;
      case "unsuback" -> Place.UNSUBACK;
      case "auth" -> Place.AUTH;
      default -> Place.ACK;
    };
  }

  private static Object value(Property property, String word) {
    return switch (property.type()) {
      case BYTE -> number(property, word, 1);
      case TWO_BYTE_INTEGER -> number(property, word, 65535);
      case FOUR_BYTE_INTEGER -> number(property, word, 0xFFFFFFFFL);
      case VARIABLE_BYTE_INTEGER -> number(property, word, 268435455);
      case BINARY -> binary(property, word);
      case UTF8_STRING, UTF8_STRING_PAIR -> text(property, word);
    };
  }

  private static Long number(Property property, String word, long most) {
    // Zero is forbidden where it could only be a mistake [MQTT-3.3.2-8] [MQTT-3.1.2-24] and the
    // like.
    long least =
        switch (property) {
          case TOPIC_ALIAS, RECEIVE_MAXIMUM, MAXIMUM_PACKET_SIZE, SUBSCRIPTION_IDENTIFIER -> 1;
          default -> 0;
        };
    try {
      long number = Long.parseLong(word);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one complaint.
    }
    throw new UsageException(
        "Error: Property value ("
            + word
            + ") out of range for property "
            + property.propertyName()
            + ": it must be from "
            + least
            + " to "
            + most
            + ".");
  }

  private static byte[] binary(Property property, String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_BYTES) {
      throw new UsageException(
          "Error: Property value too long for property " + property.propertyName() + ".");
    }
    return bytes;
  }

  private static String text(Property property, String word) {
    if (!Utf8.isValid(word) || Utf8.length(word) > MAX_BYTES) {
      throw new UsageException(
          "Error adding property "
              + property.propertyName()
              + ": it must be UTF-8 without control characters, at most 65535 bytes.");
    }
    if (property == Property.RESPONSE_TOPIC && !Topics.isValidName(word)) {
      throw new UsageException(
          "Error: Invalid response-topic '" + word + "', does it contain '+' or '#'?");
    }
    return word;
  }
}
