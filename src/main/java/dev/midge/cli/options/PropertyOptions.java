package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Property.Place;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Stack;
import org.jspecify.annotations.Nullable;

/**
 * {@code -D COMMAND NAME VALUE}: the properties of MQTT 5, collected by the packet that they are
 * for.
 */
public final class PropertyOptions implements OptionTable.Source {
  private static final String TOO_FEW =
      "Error: --property argument given but not enough arguments specified.";
  private static final String OTHER_PACKETS =
      " auth puback pubrec pubrel pubcomp suback unsuback connack ";

  private final Compatibility compatibility;
  private final Runnable needsV5;
  private final Properties.Builder connect = Properties.builder();
  private final Properties.Builder publish = Properties.builder();
  private final Properties.Builder will = Properties.builder();
  private final Properties.Builder subscribe = Properties.builder();
  private final Properties.Builder unsubscribe = Properties.builder();
  private final Properties.Builder disconnect = Properties.builder();
  private @Nullable UsageException flawOfConnect;
  private @Nullable String flawOfWill;

  /**
   * Makes empty ones.
   *
   * @param needsV5 told that a property was given, which makes the version MQTT 5
   */
  public PropertyOptions(Compatibility compatibility, Runnable needsV5) {
    this.compatibility = compatibility;
    this.needsV5 = needsV5;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.PROPERTIES)
        .add(
            new Option(
                new String[] {"-D", "--property"},
                "COMMAND NAME VALUE",
                "A property of CONNECT, PUBLISH, WILL, SUBSCRIBE, UNSUBSCRIBE or DISCONNECT, such as 'will will-delay-interval 5'; user-property takes a key and a value. Selects MQTT 5.",
                new Taker(),
                Option.VARIABLE_ARITY));
  }

  private final class Taker implements Option.Counting {
    @Override
    public void handle(Stack<String> following) {
      take(following);
    }

    @Override
    public int count(List<String> following) {
      boolean isPair =
          following.size() > 1 && Property.ofName(following.get(1)) == Property.USER_PROPERTY;
      return isPair ? 4 : 3;
    }
  }

  /**
   * Tells whether there are any, apart from those for PUBLISH or for the will if these do not
   * count.
   */
  boolean isAnyGiven(boolean countPublish, boolean countWill) {
    return !connect().isEmpty()
        || countPublish && !publish().isEmpty()
        || countWill && !will().isEmpty()
        || !subscribe().isEmpty()
        || !unsubscribe().isEmpty()
        || !disconnect().isEmpty();
  }

  Properties connect() {
    return connect.build();
  }

  /** Returns the properties of PUBLISH. */
  public Properties publish() {
    return publish.build();
  }

  Properties will() {
    return will.build();
  }

  /** Returns the properties of SUBSCRIBE. */
  public Properties subscribe() {
    return subscribe.build();
  }

  /** Returns the properties of UNSUBSCRIBE. */
  public Properties unsubscribe() {
    return unsubscribe.build();
  }

  /** Returns the properties of DISCONNECT. */
  public Properties disconnect() {
    return disconnect.build();
  }

  /** Checks that CONNECT can be made with its properties. */
  void checkConnect() {
    if (flawOfConnect != null) {
      throw flawOfConnect;
    }
  }

  /** Checks that the will can be made with its properties. */
  void checkWill(String complaint) {
    if (flawOfWill != null) {
      throw UsageException.setting(complaint, flawOfWill);
    }
  }

  private void take(Stack<String> words) {
    if (words.size() < 3) {
      throw new UsageException(TOO_FEW);
    }
    String command = words.pop();
    String name = words.pop();
    Properties.Builder collected = collected(command);
    Property property = allowed(command, name, collected);
    Properties.Builder into = Objects.requireNonNull(collected); // Else nothing is allowed.
    String first = words.pop();
    boolean duplicate = property != Property.USER_PROPERTY && into.build().has(property);
    if (property == Property.USER_PROPERTY) {
      if (words.isEmpty()) {
        throw new UsageException(TOO_FEW);
      }
      into.userProperty(
          PropertyValue.text(property, first), PropertyValue.text(property, words.pop()));
    } else {
      Object value = PropertyValue.parse(property, first, compatibility);
      if (!duplicate) {
        into.add(property, value);
      }
      judge(into, command, property, value, duplicate);
    }
    needsV5.run();
  }

  /**
   * Returns the property.
   *
   * @throws UsageException where that command may not have it
   */
  private Property allowed(String command, String name, Properties.@Nullable Builder into) {
    if (into == null && !OTHER_PACKETS.contains(" " + command.toLowerCase(Locale.ROOT) + " ")) {
      throw new UsageException(
          "Error: Invalid command " + command + " given in --property argument.",
          ": connect, publish, will, subscribe, unsubscribe and disconnect have properties.");
    }
    Property property = Property.ofName(name);
    if (property == null) {
      throw new UsageException(
          "Error: Invalid property name " + name + " given in --property argument.");
    }
    boolean overlooked =
        into == will
            && property == Property.REASON_STRING
            && compatibility.allowsReasonStringInWill();
    if (!property.allowedIn(place(command)) && !overlooked) {
      throw new UsageException(
          "Error: " + name + " property not allowed for " + command + " in --property argument.");
    }
    if (into == null || into == publish && property == Property.SUBSCRIPTION_IDENTIFIER) {
      String text =
          "Error: " + name + " property not supported for " + command + " in --property argument.";
      throw command.equalsIgnoreCase("connack")
          ? new UsageException("", text)
          : new UsageException(text);
    }
    return property;
  }

  /**
   * Notes a flaw that mosquitto finds only when it makes the packet: for CONNECT and the will it is
   * told at that time, for the others at once.
   */
  private void judge(
      Properties.Builder into, String command, Property property, Object value, boolean duplicate) {
    String flaw =
        duplicate
            ? "duplicate property " + property.propertyName() + " for " + command
            : PropertyValue.flaw(property, value);
    if (flaw == null) {
      return;
    }
    if (into == will) {
      flawOfWill = flawOfWill == null ? ": " + flaw + "." : flawOfWill;
    } else if (into != connect) {
      throw new UsageException("Error: Invalid --property argument: " + flaw + ".");
    } else if (flawOfConnect == null) {
      flawOfConnect =
          UsageException.setting(
              duplicate
                  ? "Unable to connect (Duplicate property in property list)."
                  : "Unable to connect (A network protocol error occurred when communicating with the broker).",
              ": " + flaw + ".");
    }
  }

  private Properties.@Nullable Builder collected(String command) {
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
}
