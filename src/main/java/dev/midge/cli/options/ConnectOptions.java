package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.cli.parse.BrokerUrl;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionSource;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.RawArguments;
import dev.midge.client.ConnectSpec;
import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Will;
import dev.midge.net.Endpoint;
import dev.midge.text.Utf8;
import java.time.Duration;
import java.util.function.BiConsumer;

/** The options of every client: where the broker is, and what CONNECT says. */
public final class ConnectOptions {
  private static final int MAX_STRING = 65535;
  private static final Duration USUAL_WAIT = Duration.ofSeconds(30);

  private final boolean request;
  private final String invalidId;
  private final BrokerOptions broker;
  private final SessionOptions session;
  private final WillOptions will;
  private final Compatibility compatibility;
  private final PasswordOptions passwordOptions;
  private String username;
  private ProtocolVersion version;

  public final PropertyOptions properties;
  public final ConnectTimeout timeout;

  /** For commands that only midge has. */
  public ConnectOptions(ProcessContext context) {
    this(context, Compatibility.MIDGE, false, "Error: Invalid id and/or clean_session.");
  }

  /**
   * @param request whether the command asks and waits for an answer
   * @param invalidId mosquitto's line for an id that cannot be
   */
  public ConnectOptions(
      ProcessContext context, Compatibility compatibility, boolean request, String invalidId) {
    this.compatibility = compatibility;
    this.passwordOptions = new PasswordOptions(context, compatibility);
    this.timeout = new ConnectTimeout(compatibility.explains());
    this.request = request;
    this.invalidId = invalidId;
    this.version = compatibility.version(request);
    this.broker = new BrokerOptions(compatibility, context.prompt());
    this.session = new SessionOptions(compatibility, this::needV5);
    this.will = new WillOptions(compatibility);
    this.properties = new PropertyOptions(compatibility, this::needV5);
  }

  private void needV5() {
    version = ProtocolVersion.V5;
  }

  public void addTo(OptionTable table) {
    addBrokerTo(table);
    join(session, table);
    join(timeout, table);
    table.later(properties).later(will);
  }

  /** The options that say which broker, as which user, in which version; all that lwt needs. */
  public void addBrokerTo(OptionTable table) {
    join(broker, table);
    join(new Login(), table);
    join(passwordOptions, table);
    join(new Version(), table);
  }

  /** For a command that does not wait for ever, unless the user wants it; mosquitto's do. */
  public void waitsUsually() {
    if (compatibility.explains()) {
      timeout.waitsUsually(USUAL_WAIT);
    }
  }

  /** How long to try, for who needs no more than {@link #addBrokerTo}. */
  public void addTimeoutTo(OptionTable table) {
    join(timeout, table);
  }

  /** mosquitto has no variables for options. */
  private void join(OptionSource own, OptionTable table) {
    if (compatibility == Compatibility.MIDGE) {
      table.laterWithVariables(own);
    } else {
      table.later(own);
    }
  }

  private final class Login implements OptionSource {
    @Override
    public void addTo(OptionTable table) {
      table
          .under(OptionGroup.LOGIN)
          .add(
              Option.value(
                  "NAME",
                  "no username",
                  "User name.",
                  word -> username = word,
                  "-u",
                  "--username"));
    }
  }

  private final class Version implements OptionSource {
    @Override
    public void addTo(OptionTable table) {
      table
          .under(OptionGroup.CONNECTION)
          .add(
              Option.value(
                  "VERSION",
                  "no version",
                  "Version of MQTT: 5, 311 or 31 (default: " + named(version) + ").",
                  ConnectOptions.this::version,
                  "-V",
                  "--protocol-version"));
    }
  }

  /**
   * The option {@code -L}.
   *
   * @param topic takes the topic and the name of the argument that it stands in
   */
  public void addUrlTo(OptionTable table, BiConsumer<String, String> topic) {
    table.later(new Url(topic));
  }

  /** The option {@code -L} of a command that has no topic. */
  public void addUrlTo(OptionTable table) {
    table.later(new Url(null));
  }

  private final class Url implements OptionSource {
    private final BiConsumer<String, String> topic;

    /**
     * @param topic null for a URL without one
     */
    Url(BiConsumer<String, String> topic) {
      this.topic = topic;
    }

    @Override
    public void addTo(OptionTable table) {
      if (topic == null) {
        broker.addUrlTo(table, ConnectOptions.this::login);
      } else {
        broker.addUrlTo(table, ConnectOptions.this::login, topic);
      }
    }
  }

  private void login(String urlUsername, String urlPassword) {
    username = urlUsername == null ? username : urlUsername;
    if (urlPassword != null) {
      passwordOptions.set(urlPassword);
    }
  }

  private static String named(ProtocolVersion version) {
    return version.isV5() ? "5" : "311";
  }

  private void version(String word) {
    switch (word) {
      case "5", "mqttv5" -> version = ProtocolVersion.V5;
      case "311", "mqttv311" -> version = ProtocolVersion.V3_1_1;
      case "31", "mqttv31" -> version = ProtocolVersion.V3_1;
      default ->
          throw new UsageException(
              "Error: Invalid protocol version argument given.",
              ": '" + word + "' is not one of 5, 311, 31.");
    }
  }

  /** Whether the user named a broker. */
  public boolean isBrokerGiven() {
    return broker.isGiven() || username != null || passwordOptions.isGiven();
  }

  /** Says whether host, port or way of a single broker are named. */
  public boolean isPlaceGiven() {
    return broker.isGiven() || broker.isWebSocket();
  }

  /** The broker of a URL, with the options that are not about one broker alone. */
  public Endpoint endpoint(BrokerUrl url) {
    return broker.toEndpoint(url);
  }

  public String host() {
    return broker.host();
  }

  /** What a failed connection was. */
  public ConnectAttempt attempt() {
    return new ConnectAttempt(endpoint(), version, timeout.hasConnected());
  }

  /** Where the broker is, as people are told. */
  public String place() {
    Endpoint endpoint = endpoint();
    return endpoint.transport() == Endpoint.Transport.UNIX
        ? endpoint.host()
        : ConnectAttempt.address(endpoint.host(), endpoint.port());
  }

  /** Returns the warning about the options for TLS; null for none. */
  public String tlsWarning() {
    return compatibility.warnsOfItsOwn() ? broker.tls.warning(broker.port()) : null;
  }

  public ProtocolVersion version() {
    return version;
  }

  public String username() {
    return username;
  }

  public byte[] password() {
    String password =
        passwordOptions.password(
            () ->
                "Password" + (username == null ? "" : " for " + username) + " at " + host() + ": ");
    return password == null ? null : RawArguments.bytes(password);
  }

  /** The password file, read by then, if others may read it too; null otherwise. */
  public String openPasswordFile() {
    return passwordOptions.openFile();
  }

  public Endpoint endpoint() {
    return broker.toEndpoint();
  }

  /**
   * Whether the words fit together.
   *
   * @throws UsageException when they contradict each other
   */
  public void check() {
    will.check();
    broker.tls.check();
    session.check(version, properties.connect());
    // A request drops those of its PUBLISH before MQTT 5; those of a will are the will's matter.
    if (!version.isV5() && properties.isAnyGiven(!request, !will.isGiven())) {
      throw new UsageException("Error: -D properties need MQTT 5, but -V says otherwise.");
    }
  }

  /**
   * What CONNECT is to say.
   *
   * @param receiveMaximum what the command can take at once, unless the user said otherwise
   * @throws UsageException for what cannot be said
   */
  public ConnectSpec toSpec(Fault fault, int receiveMaximum) {
    String clientId = session.toClientId(version, invalidId);
    Will testament = will.toWill(version.isV5(), properties);
    checkCredentials();
    Endpoint endpoint = broker.toEndpoint();
    properties.checkConnect();
    if (fault != null && fault.effect() == Effect.WILL && !version.isV5()) {
      throw new UsageException(
          "Error: --fault will needs MQTT 5: DISCONNECT carries no reason before.");
    }
    return new ConnectSpec(
        endpoint,
        version,
        clientId,
        session.cleanStart(),
        session.keepAlive(),
        username,
        password(),
        testament,
        version.isV5()
            ? session.toProperties(properties.connect(), receiveMaximum)
            : Properties.NONE,
        session.maxInflight(),
        fault);
  }

  /** Whether the broker will cut the delay of the will short, since the session ends before. */
  public boolean endsBefore(Will testament) {
    return version.isV5()
        && testament != null
        && testament.delay().toSeconds() > session.expiry(properties.connect());
  }

  /**
   * Whether the broker can be told who connects; asks for what is to be asked for.
   *
   * @throws UsageException when it cannot
   */
  public void checkCredentials() {
    broker.tls.unlock(broker.port());
    byte[] password = password();
    if (username == null && password != null && !version.isV5()
        || username != null && (!Utf8.isValid(username) || Utf8.length(username) > MAX_STRING)
        || password != null && password.length > MAX_STRING) {
      throw UsageException.setting(
          "Error: Problem setting username and/or password.",
          ": before MQTT 5 a password needs a user name, and each has at most 65535 bytes.");
    }
  }
}
