package dev.midge.broker.config.file;

import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.SocketFamily;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of a listener, but for its TLS. */
final class ListenerKeys {
  private static final String PORT_RANGE = "Error: Invalid 'port' value ({V}).";
  private static final ValueKind<Integer> PORT = ValueKind.number(1, 65535, PORT_RANGE);

  private ListenerKeys() {}

  static List<Key> all() {
    return List.of(
        new Key(
            "listener",
            Key.Scope.LISTENER,
            false,
            "port 1 to 65535, then an address of the machine; or 0 and a path",
            "",
            "Begins a listener: on a port of one address, or of all addresses, or on a unix socket.",
            ListenerKeys::begin),
        Key.broker(
            "port",
            PORT,
            "1883",
            "Old form of `listener`: the port of the one listener that has no `listener` line.",
            ListenerKeys::setDefaultPort),
        Key.broker(
                "bind_address",
                ValueKind.text().said("address"),
                "all",
                "Old form of `listener`: the address of the listener of `port`.",
                ListenerKeys::setDefaultAddress)
            .once(),
        Key.listener(
            "protocol",
            ListenerKeys.protocol(),
            "`mqtt`",
            "MQTT itself, or MQTT in WebSockets.",
            (listener, protocol) -> listener.protocol = protocol),
        Key.listener(
            "socket_domain",
            ValueKind.choice(Map.of("ipv4", SocketFamily.IPV4, "ipv6", SocketFamily.IPV6)),
            "both",
            "Listen on the addresses of one family only.",
            (listener, family) -> listener.family = family),
        Key.listener(
            "max_connections",
            ValueKind.limit(),
            "-1",
            "Connections at once; -1 for no limit.",
            (listener, count) -> listener.maxConnections = count),
        maxQos("max_qos"),
        maxQos("maximum_qos"),
        alias(
            "max_topic_alias",
            "Topic aliases that a client may use.",
            (listener, count) -> listener.maxTopicAlias = count),
        alias(
            "max_topic_alias_broker",
            "Topic aliases that the broker uses towards a client.",
            (listener, count) -> listener.maxTopicAliasBroker = count),
        Key.listener(
                "mount_point",
                mountPoint(),
                "",
                "Put before all topics of the listener's clients, and taken off what they get.",
                (listener, prefix) -> listener.mountPoint = prefix)
            .once(),
        Key.listener(
            "use_username_as_clientid",
            ValueKind.flag(),
            "`false`",
            "The user name takes the place of the client identifier.",
            (listener, yes) -> listener.usernameAsClientId = yes),
        Key.listener(
            "accept_protocol_versions",
            versions(),
            "3, 4, 5",
            "The versions of MQTT that are accepted: 3 for 3.1, 4 for 3.1.1, 5.",
            (listener, versions) -> listener.versions = versions),
        Key.listener(
            "websockets_origin",
            ValueKind.text().said("origin; may be repeated"),
            "any",
            "The pages that a browser may connect from.",
            (listener, origin) -> listener.origins.add(origin)),
        Key.listener(
                "listener_allow_anonymous",
                ValueKind.flag(),
                "`allow_anonymous`",
                "`allow_anonymous` of one listener.",
                (listener, yes) -> listener.allowAnonymous = yes)
            .onReload(),
        Key.listener(
                "listener_auto_id_prefix",
                SecurityKeys.prefix(),
                "`auto_id_prefix`",
                "`auto_id_prefix` of one listener.",
                (listener, prefix) -> listener.autoIdPrefix = prefix)
            .once());
  }

  private static Key maxQos(String name) {
    return Key.listener(
        name,
        ValueKind.number(0, 2, "Error: '{K}' must be between 0 and 2 inclusive."),
        "2",
        "The highest QoS of messages and subscriptions.",
        (listener, level) -> listener.maxQos = Qos.of(level));
  }

  private static Key alias(String name, String meaning, Key.Setter<ListenerDraft, Integer> setter) {
    return Key.listener(
        name,
        ValueKind.number(0, 65535, "Error: Invalid '{K}' value in configuration."),
        "10",
        meaning,
        setter);
  }

  private static void begin(Draft draft, String value) throws BadValue {
    String name = "listener port";
    if (value.isEmpty()) {
      throw BadValue.empty(name);
    }
    String first = ValueKind.firstWord(value);
    String second = ValueKind.firstWord(value.substring(first.length()).stripLeading());
    boolean alone = second.isEmpty() || second.startsWith("#"); // as mosquitto does
    if (ValueKind.integer(name, first) == 0) {
      if (alone) {
        throw new BadValue("Error: A listener with port 0 must provide a Unix socket path.");
      }
      ListenerDraft listener = new ListenerDraft(0);
      listener.path = ValueKind.path("listener", second);
      draft.begin(listener);
      return;
    }
    ListenerDraft listener = new ListenerDraft(PORT.read(name, first));
    listener.address = alone ? null : ValueKind.text().read("listener", second);
    draft.begin(listener);
  }

  private static void setDefaultPort(Draft draft, int port) {
    deprecated(draft, "port");
    ListenerDraft listener = draft.defaultListener();
    if (!listener.isFirst("port")) {
      draft.warnings.add(
          "Warning: Default listener port specified multiple times. Only the latest will be used.");
    }
    listener.port = port;
  }

  private static void setDefaultAddress(Draft draft, String address) {
    deprecated(draft, "bind_address");
    draft.defaultListener().address = address;
  }

  private static void deprecated(Draft draft, String name) {
    draft.warnings.add(
        "Warning: The '" + name + "' option is deprecated. Please use 'listener' instead.");
  }

  private static ValueKind<ListenerSpec.Protocol> protocol() {
    ValueKind<ListenerSpec.Protocol> known =
        ValueKind.choice(
            Map.of(
                "mqtt",
                ListenerSpec.Protocol.MQTT,
                "websockets",
                ListenerSpec.Protocol.WEBSOCKETS));
    return new ValueKind<>(
        known.words(),
        (key, value) -> {
          if (ValueKind.firstWord(value).equals("http_api")) {
            throw BadValue.refused(key + " http_api");
          }
          return known.read(key, value);
        });
  }

  private static ValueKind<String> mountPoint() {
    ValueKind<String> text = ValueKind.text();
    return new ValueKind<>(
        "text without `+` and `#`",
        (key, value) -> {
          if (value.indexOf('+') >= 0 || value.indexOf('#') >= 0) {
            throw BadValue.invalid(
                BadValue.INVALID + " Does it contain a wildcard character?", key, value);
          }
          return text.read(key, value);
        });
  }

  private static ValueKind<Set<ProtocolVersion>> versions() {
    return new ValueKind<>(
        "some of 3, 4, 5 with commas or blanks between",
        (key, value) -> {
          Set<ProtocolVersion> versions = EnumSet.noneOf(ProtocolVersion.class);
          for (String word : value.split("[ ,]+")) {
            versions.add(
                switch (word) {
                  case "3" -> ProtocolVersion.V3_1;
                  case "4" -> ProtocolVersion.V3_1_1;
                  case "5" -> ProtocolVersion.V5;
                  default -> throw BadValue.invalid(key, value);
                });
          }
          if (versions.isEmpty()) {
            throw BadValue.invalid(key, value);
          }
          return versions;
        });
  }
}
