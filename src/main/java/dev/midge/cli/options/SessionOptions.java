package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.NumberParser;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Will;
import dev.midge.text.Utf8;
import org.jspecify.annotations.Nullable;

/** The options for the client id and the session that the broker keeps. */
final class SessionOptions implements OptionTable.Source {
  private static final long NEVER_EXPIRES = 0xFFFFFFFFL;
  private static final int MAX_STRING = 65535;
  private static final String BOTH_IDS = "Error: -i and -I argument cannot be used together.";

  private final Compatibility compatibility;
  private final Runnable needsV5;
  private @Nullable String id;
  private @Nullable String idPrefix;
  private int keepAlive = 60;
  private boolean cleanStart = true;
  private int maxInflight = 20;
  private @Nullable Long expiry;
  private @Nullable String fleet;
  private boolean overruled;

  /**
   * Makes them.
   *
   * @param needsV5 called where a word makes the version MQTT 5
   */
  SessionOptions(Compatibility compatibility, Runnable needsV5) {
    this.compatibility = compatibility;
    this.needsV5 = needsV5;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.SESSION)
        .add(
            Option.value(
                "ID",
                "no id",
                "Client id; without it the broker makes one.",
                () -> refuseBeside(false),
                word -> id = word,
                "-i",
                "--id"))
        .add(
            Option.value(
                "PREFIX",
                "no id prefix",
                "Client id: this prefix and the process id.",
                () -> refuseBeside(true),
                word -> idPrefix = word,
                "-I",
                "--id-prefix"))
        .add(
            Option.value(
                "SECONDS",
                "no keepalive",
                "Keep alive, 5 to 65535 (default: 60).",
                word ->
                    keepAlive =
                        compatibility.number(
                            word,
                            5,
                            65535,
                            "Error: Invalid keepalive given, it must be between 5 and 65535 inclusive.",
                            ""),
                "-k",
                "--keepalive"))
        .add(
            Option.flag(
                "Keep the session when the connection ends (clean start off); needs -i.",
                () -> cleanStart = false,
                "-c",
                "--disable-clean-session"))
        .add(
            Option.value(
                    "SECONDS",
                    "no session expiry interval",
                    "How long the broker keeps the session after the connection has ended; -1 or ∞: for ever. Selects MQTT 5.",
                    this::expiry,
                    "-x",
                    "--session-expiry-interval")
                .lastNameOwn())
        .add(
            Option.value(
                    "N",
                    "Error: -M argument given but max_inflight not specified.",
                    "QoS 1 and 2 messages that may be unacknowledged at the same time (default: 20).",
                    word ->
                        maxInflight =
                            compatibility.number(
                                word,
                                1,
                                Integer.MAX_VALUE,
                                "Error: Maximum inflight messages must be greater than 0.",
                                ""),
                    "-M",
                    "--max-inflight")
                .lastNameOwn());
  }

  private void refuseBeside(boolean isPrefix) {
    if (overruled) {
      id = null;
      idPrefix = null;
      overruled = false;
    }
    if ((isPrefix ? id : idPrefix) != null) {
      throw new UsageException(BOTH_IDS);
    }
  }

  /** Lets the next client id take the place of the one so far, which a weaker source has given. */
  void overrule() {
    overruled = true;
  }

  private void expiry(String word) {
    needsV5.run();
    long seconds;
    try {
      seconds = word.equals("∞") ? NEVER_EXPIRES : NumberParser.strict(word);
    } catch (NumberFormatException e) {
      throw new UsageException("Error: session-expiry-interval not a number.");
    }
    if (seconds < -1 || seconds > NEVER_EXPIRES) {
      throw new UsageException("Error: session-expiry-interval out of range.");
    }
    expiry = seconds == -1 ? NEVER_EXPIRES : seconds;
  }

  /**
   * Makes the id the beginning of the ids of many clients, which their numbers follow.
   *
   * @param option the one that says how many
   */
  void ofFleet(String option) {
    fleet = option;
    if (id != null) {
      throw new UsageException(
          "Error: " + option + " gives each client an id of its own: --id-prefix in place of -i.");
    }
  }

  /**
   * Returns the client id as given; empty where none, or only its beginning, was. Of many clients
   * it is the beginning.
   */
  String givenId() {
    String given = given();
    return given == null ? "" : given;
  }

  private @Nullable String given() {
    return fleet == null ? id : idPrefix;
  }

  int keepAlive() {
    return keepAlive;
  }

  boolean cleanStart() {
    return cleanStart;
  }

  int maxInflight() {
    return maxInflight;
  }

  /** Checks that a session that outlives the connection has an id to find it by. */
  void check(ProtocolVersion version, Properties given) {
    if (version.isV5() && expiry(given) == NEVER_EXPIRES && given() == null) {
      throw new UsageException(
          "Error: You must provide a client id if you are using an infinite session expiry interval.",
          needed());
    }
    if (!version.isV5() && !cleanStart && given() == null) {
      throw new UsageException(
          "Error: You must provide a client id if you are using the -c option.", needed());
    }
  }

  /** Returns what gives the clients of a fleet their ids; a single one has -i. */
  private String needed() {
    return fleet == null ? "" : ": give the beginning of all by --id-prefix.";
  }

  /**
   * Returns the client id.
   *
   * @param complaint mosquitto's line for an empty id
   */
  String toClientId(ProtocolVersion version, String complaint) {
    if (id != null && id.isEmpty() || !cleanStart && id == null && idPrefix == null) {
      throw UsageException.setting(complaint, ": -c needs an id, and it must not be empty (-i).");
    }
    String clientId = clientId(version);
    if (!Utf8.isValid(clientId) || Utf8.length(clientId) > MAX_STRING) {
      throw UsageException.setting(
          "",
          "Error: Invalid id: it must be UTF-8 without control characters, at most 65535 bytes.");
    }
    return clientId;
  }

  private String clientId(ProtocolVersion version) {
    if (id != null) {
      return id;
    }
    if (fleet != null) {
      return idPrefix == null ? RandomClientId.prefix() : idPrefix;
    }
    if (idPrefix != null) {
      return idPrefix + ProcessHandle.current().pid();
    }
    return version == ProtocolVersion.V3_1 ? RandomClientId.make() : "";
  }

  /**
   * Returns the session expiry interval in seconds: that of -x; else a kept session never expires
   * and a clean one ends with the connection.
   */
  long expiry(Properties given) {
    if (expiry != null) {
      return expiry;
    }
    long property = given.number(Property.SESSION_EXPIRY_INTERVAL, -1);
    return property >= 0 ? property : cleanStart ? 0 : NEVER_EXPIRES;
  }

  /** Tells whether the session ends before a will is due. */
  boolean endsBefore(@Nullable Will testament, Properties given) {
    return testament != null && testament.delay().toSeconds() > expiry(given);
  }

  /**
   * Returns the properties of CONNECT: those of -D as given, then the session expiry, then the
   * receive maximum, as mosquitto orders them.
   */
  Properties toProperties(Properties given, int receiveMaximum) {
    Properties.Builder all = Properties.builder();
    Properties rest = expiry == null ? given : given.without(Property.SESSION_EXPIRY_INTERVAL);
    all.addAll(rest);
    if (!rest.has(Property.SESSION_EXPIRY_INTERVAL) && expiry(given) > 0) {
      all.add(Property.SESSION_EXPIRY_INTERVAL, expiry(given));
    }
    if (!rest.has(Property.RECEIVE_MAXIMUM)) {
      all.add(Property.RECEIVE_MAXIMUM, receiveMaximum);
    }
    return all.build();
  }
}
