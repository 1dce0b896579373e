package dev.midge.cli;

import dev.midge.client.ConnectSpec;
import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Utf8;
import dev.midge.mqtt.Will;
import dev.midge.wire.Endpoint;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;

/** The options of every client: where the broker is, and what CONNECT says. */
final class ConnectOptions {
  static final int DEFAULT_PORT = 1883;
  private static final long NEVER_EXPIRES = 0xFFFFFFFFL;
  private static final int MAX_STRING = 65535;

  private String host = "localhost";
  private int port = DEFAULT_PORT;
  private String bindAddress;
  private String id;
  private String idPrefix;
  private String username;
  private String password;
  private int keepAlive = 60;
  private boolean cleanStart = true;
  private int maxInflight = 20;
  private Long sessionExpiry;
  private ProtocolVersion version = ProtocolVersion.V5;
  private boolean brokerGiven;

  final PropertyOptions properties = new PropertyOptions(() -> version = ProtocolVersion.V5);

  void addTo(CommandSpec spec) {
    addBrokerTo(spec);
    spec.addOption(
            Option.value(
                "ID",
                "no id",
                "Client id; without it the broker makes one.",
                this::id,
                "-i",
                "--id"))
        .addOption(
            Option.value(
                "PREFIX",
                "no id prefix",
                "Client id: this prefix and the process id.",
                this::idPrefix,
                "-I",
                "--id-prefix"))
        .addOption(
            Option.value(
                "SECONDS",
                "no keepalive",
                "Keep alive, 5 to 65535 (default: 60).",
                word ->
                    keepAlive =
                        Option.number(
                            word,
                            5,
                            65535,
                            "Error: Invalid keepalive given, it must be between 5 and 65535 inclusive."),
                "-k",
                "--keepalive"))
        .addOption(
            Option.flag(
                "Keep the session when the connection ends (clean start off); needs -i.",
                () -> cleanStart = false,
                "-c",
                "--disable-clean-session"))
        .addOption(
            Option.value(
                "SECONDS",
                "no session expiry interval",
                "How long the broker keeps the session after the connection; -1 or ∞ for ever. Makes it MQTT 5.",
                this::sessionExpiry,
                "-x",
                "--session-expiry-interval"))
        .addOption(
            Option.value(
                "N",
                "max_inflight not",
                "QoS 1 and 2 messages on their way at once (default: 20).",
                word ->
                    maxInflight =
                        Option.number(
                            word,
                            1,
                            65535,
                            "Error: Maximum inflight messages must be a number from 1 to 65535, not '"
                                + word
                                + "'."),
                "-M",
                "--max-inflight"));
    properties.addTo(spec);
  }

  /** The options that say which broker, as which user, in which version; all that lwt needs. */
  void addBrokerTo(CommandSpec spec) {
    spec.addOption(
            Option.value(
                "HOST",
                "no host",
                "The broker's name or address (default: localhost).",
                this::host,
                "-h",
                "--host"))
        .addOption(
            Option.value(
                "PORT",
                "no port",
                "The broker's port, 1 to 65535 (default: 1883).",
                word -> {
                  port =
                      Option.number(
                          word,
                          1,
                          65535,
                          "Error: Invalid port given: " + word + ", it must be from 1 to 65535.");
                  brokerGiven = true;
                },
                "-p",
                "--port"))
        .addOption(
            Option.value(
                "ADDRESS",
                "no address",
                "Local address or name to connect from.",
                word -> bindAddress = word,
                "-A",
                "--bind-address"))
        .addOption(
            Option.value(
                "NAME", "no username", "User name.", word -> username = word, "-u", "--username"))
        .addOption(
            Option.value(
                "PASSWORD", "no password", "Password.", word -> password = word, "-P", "--pw"))
        .addOption(
            Option.value(
                "VERSION",
                "no version",
                "Version of MQTT: 5, 311 or 31 (default: 5).",
                this::version,
                "-V",
                "--protocol-version"));
  }

  private void host(String word) {
    if (word.isEmpty()) {
      throw new UsageException("Error: -h argument given but no host specified.");
    }
    host = word;
    brokerGiven = true;
  }

  private void id(String word) {
    if (idPrefix != null) {
      throw new UsageException("Error: -i and -I argument cannot be used together.");
    }
    id = word;
  }

  private void idPrefix(String word) {
    if (id != null) {
      throw new UsageException("Error: -i and -I argument cannot be used together.");
    }
    idPrefix = word;
  }

  private void version(String word) {
    switch (word) {
      case "5", "mqttv5" -> version = ProtocolVersion.V5;
      case "311", "mqttv311" -> version = ProtocolVersion.V3_1_1;
      case "31", "mqttv31" -> version = ProtocolVersion.V3_1;
      default ->
          throw new UsageException(
              "Error: Invalid protocol version argument given: '"
                  + word
                  + "' is not one of 5, 311, 31.");
    }
  }

  private void sessionExpiry(String word) {
    version = ProtocolVersion.V5;
    if (word.equals("∞")) {
      sessionExpiry = NEVER_EXPIRES;
      return;
    }
    long seconds;
    try {
      seconds = Long.decode(word);
    } catch (NumberFormatException e) {
      throw new UsageException("Error: session-expiry-interval not a number.");
    }
    if (seconds < -1 || seconds > NEVER_EXPIRES) {
      throw new UsageException("Error: session-expiry-interval out of range.");
    }
    sessionExpiry = seconds == -1 ? NEVER_EXPIRES : seconds;
  }

  /** Whether the user named a broker. */
  boolean isBrokerGiven() {
    return brokerGiven || username != null || password != null;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  ProtocolVersion version() {
    return version;
  }

  String username() {
    return username;
  }

  byte[] password() {
    return password == null ? null : password.getBytes(StandardCharsets.UTF_8);
  }

  Endpoint endpoint() {
    return new Endpoint(host, port, bindAddress);
  }

  /**
   * What CONNECT is to say.
   *
   * @param receiveMaximum what the command can take at once, unless the user said otherwise
   * @throws UsageException when the words contradict each other
   */
  ConnectSpec toSpec(WillOptions will, Fault fault, int receiveMaximum) {
    checkSession();
    checkCredentials();
    if (!version.isV5() && !properties.isEmpty()) {
      throw new UsageException("Error: -D properties need MQTT 5, but -V says otherwise.");
    }
    if (fault != null && fault.effect() == Effect.WILL && !version.isV5()) {
      throw new UsageException(
          "Error: --fault will needs MQTT 5: DISCONNECT carries no reason before.");
    }
    Will testament = will.toWill(properties.will());
    return new ConnectSpec(
        endpoint(),
        version,
        clientId(),
        cleanStart,
        keepAlive,
        username,
        password(),
        testament,
        version.isV5() ? connectProperties(receiveMaximum) : Properties.NONE,
        maxInflight,
        fault);
  }

  /** Whether the broker will cut the delay of the will short, since the session ends before. */
  boolean endsBefore(Will will) {
    return version.isV5() && will != null && will.delay().toSeconds() > expiry();
  }

  private void checkSession() {
    if (version.isV5() && expiry() == NEVER_EXPIRES && id == null) {
      throw new UsageException(
          "Error: You must provide a client id if you are using an infinite session expiry interval.");
    }
    if (!version.isV5() && !cleanStart && id == null) {
      throw new UsageException(
          "Error: You must provide a client id if you are using the -c option.");
    }
    if (id != null && id.isEmpty() || !cleanStart && id == null && idPrefix == null) {
      throw new UsageException(
          "Error: Invalid id and/or clean_session: -c needs an id that is not empty (-i).");
    }
    if (!Utf8.isValid(clientId()) || Utf8.length(clientId()) > MAX_STRING) {
      throw new UsageException(
          "Error: Invalid id: it must be UTF-8 without control characters, at most 65535 bytes.");
    }
  }

  void checkCredentials() {
    if (username == null && password != null && !version.isV5()
        || username != null && (!Utf8.isValid(username) || Utf8.length(username) > MAX_STRING)
        || password != null && password().length > MAX_STRING) {
      throw new UsageException(
          "Error: Problem setting username and/or password: before MQTT 5 a password needs a user name, and each has"
              + " at most 65535 bytes.");
    }
  }

  private String clientId() {
    if (id != null) {
      return id;
    }
    if (idPrefix != null) {
      return idPrefix + ProcessHandle.current().pid();
    }
    return version == ProtocolVersion.V3_1 ? RandomClientId.make() : "";
  }

  /** -x decides; else a kept session never expires and a clean one ends with the connection. */
  private long expiry() {
    if (sessionExpiry != null) {
      return sessionExpiry;
    }
    long given = properties.connect().number(Property.SESSION_EXPIRY_INTERVAL, -1);
    return given >= 0 ? given : cleanStart ? 0 : NEVER_EXPIRES;
  }

  /**
   * Those of -D as given, then the session expiry, then the receive maximum, as mosquitto orders
   * them.
   */
  private Properties connectProperties(int receiveMaximum) {
    Properties.Builder all = Properties.builder();
    Properties given = properties.connect();
    if (sessionExpiry != null) {
      given = given.without(Property.SESSION_EXPIRY_INTERVAL);
    }
    all.addAll(given);
    if (!given.has(Property.SESSION_EXPIRY_INTERVAL) && expiry() > 0) {
      all.add(Property.SESSION_EXPIRY_INTERVAL, expiry());
    }
    if (!given.has(Property.RECEIVE_MAXIMUM)) {
      all.add(Property.RECEIVE_MAXIMUM, receiveMaximum);
    }
    return all.build();
  }
}
