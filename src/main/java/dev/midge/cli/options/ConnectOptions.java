package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.cli.parse.BrokerUrl;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.ConnectSpec;
import dev.midge.client.EngineKind;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Will;
import dev.midge.net.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The options of every client: the broker, and the fields of CONNECT. */
public final class ConnectOptions {
  private static final Duration USUAL_WAIT = Duration.ofSeconds(30);

  private final boolean request;
  private final String invalidId;
  private final Compatibility compatibility;
  private final BrokerOptions broker;
  private final PasswordOptions login;
  private final VersionOption version;
  private final SessionOptions session;
  private final ConnectTimeout timeout;
  private final PropertyOptions properties;
  private final WillOptions will;
  private final EngineOption engine = new EngineOption();
  private final DisconnectOption disconnect = new DisconnectOption();
  private final ProcessContext context;

  /** Makes those of a command that only midge has. */
  public ConnectOptions(ProcessContext context) {
    this(context, MidgeCompatibility.INSTANCE, false, "Error: Invalid id and/or clean_session.");
  }

  /**
   * Makes those of a command that mosquitto has too.
   *
   * @param request whether the command asks and waits for an answer
   * @param invalidId mosquitto's line for an id that cannot be
   */
  public ConnectOptions(
      ProcessContext context, Compatibility compatibility, boolean request, String invalidId) {
    this.context = context;
    this.compatibility = compatibility;
    this.login = new PasswordOptions(compatibility, context.prompt());
    this.timeout = new ConnectTimeout(compatibility.explainsFailures());
    this.request = request;
    this.invalidId = invalidId;
    this.version = new VersionOption(compatibility.defaultVersion(request));
    this.broker = new BrokerOptions(compatibility, context.prompt());
    this.session = new SessionOptions(compatibility, version::requireV5);
    this.will = new WillOptions(compatibility);
    this.properties = new PropertyOptions(compatibility, version::requireV5);
  }

  /** Adds all options but {@code -L}. */
  public void addTo(OptionTable table) {
    addSharedTo(table);
    table.later(properties).later(will);
  }

  /** Adds the options that several commands may share: those that say where and who, in one. */
  private void addSharedTo(OptionTable table) {
    addBrokerTo(table);
    join(session, table);
    join(timeout, table);
    join(engine, table);
    join(disconnect, table);
  }

  /** Adds the options that a context may have: those that variables may give, and {@code -L}. */
  public void addContextTo(OptionTable table) {
    addSharedTo(table);
    addUrlTo(table, null);
  }

  /** Adds the options that say which broker, as which user, in which version. */
  public void addBrokerTo(OptionTable table) {
    join(broker, table);
    join(login, table);
    join(version, table);
  }

  /** Adds the options of how to connect, for a command that needs the session's no more. */
  public void addTimeoutAndEngineTo(OptionTable table) {
    join(timeout, table);
    join(engine, table);
  }

  private void join(OptionTable.Source own, OptionTable table) {
    table.later(own, compatibility.readsEnvironment());
  }

  /** Limits the time of a connection, unless the user does or mosquitto waits for ever. */
  public void limitTimeByDefault() {
    if (compatibility.explainsFailures()) {
      timeout.limitByDefault(USUAL_WAIT);
    }
  }

  /** Adds {@code -L}, whose topic and the argument's name are taken; null where it has no topic. */
  public void addUrlTo(OptionTable table, @Nullable BiConsumer<String, String> topic) {
    table.later(new BrokerOptions.Url(broker, login, topic));
  }

  /**
   * Makes the client id the beginning of the ids of many clients.
   *
   * @param option the one that says how many
   * @throws UsageException where one id is given for all
   */
  public void ofFleet(String option) {
    session.ofFleet(option);
  }

  /** Returns the limit of the time of a connection. */
  public ConnectTimeout timeout() {
    return timeout;
  }

  /** Returns the engine that the user wants; null where the command is to choose. */
  public @Nullable EngineKind engine() {
    return engine.kind();
  }

  /** Returns the properties of the packets. */
  public PropertyOptions properties() {
    return properties;
  }

  /** Tells whether the user named a broker, the way to it, or a user. */
  public boolean isBrokerGiven() {
    return broker.isGiven() || broker.isWayGiven() || login.isGiven();
  }

  /** Tells whether host, port or transport of a single broker are named. */
  public boolean isPlaceGiven() {
    return broker.isGiven() || broker.isWebSocket();
  }

  /** Has the words of a stronger source follow: they take the place of those so far. */
  public void overrule() {
    broker.overrule();
    session.overrule();
  }

  /** Returns how many passwords were given so far; the last counts. */
  public int passwordsGiven() {
    return login.given();
  }

  /** Returns where a password goes, for people. */
  public String wire() {
    return broker.wire();
  }

  /** Returns the broker of a URL, with the options that are not about one broker alone. */
  public Endpoint endpoint(BrokerUrl url) {
    return broker.toEndpoint(url);
  }

  /**
   * Returns what to connect to.
   *
   * @throws UsageException for what cannot be connected to
   */
  public Endpoint endpoint() {
    return broker.toEndpoint();
  }

  /** Returns the broker's name or address. */
  public String host() {
    return broker.host();
  }

  /** Returns what was tried, for messages about a failed connection. */
  public ConnectAttempt attempt() {
    return new ConnectAttempt(endpoint(), version(), timeout.hasConnected());
  }

  /** Returns address and port of the broker, or the path of its socket, for people. */
  public String place() {
    return attempt().name();
  }

  /** Returns the warnings about options without effect, and of {@code --insecure}. */
  public List<String> warnings() {
    return compatibility.hasOwnWarnings() ? broker.warnings() : List.of();
  }

  /**
   * Returns the warnings about options for TLS where the URLs of an option say whether it is
   * spoken.
   *
   * @param wanted whether one of the URLs says TLS
   */
  public List<String> warnings(String option, boolean wanted) {
    String warning = broker.tls().warning(option, wanted);
    return warning == null ? List.of() : List.of(warning);
  }

  /** Returns the version of MQTT. */
  public ProtocolVersion version() {
    return version.version();
  }

  /** Returns the user name; null where none was given. */
  public @Nullable String username() {
    return login.username();
  }

  /**
   * Returns the password; null where none was given. Asks, or reads the password file, once.
   *
   * @throws UsageException when the password cannot be had
   */
  public byte @Nullable [] password() {
    return login.password(host());
  }

  /** Returns the password file, read by then, if others may read it too; null otherwise. */
  public @Nullable String openPasswordFile() {
    return login.readableByOthers();
  }

  /**
   * Checks that the options fit together.
   *
   * @throws UsageException when they contradict each other
   */
  public void check() {
    will.check();
    broker.tls().check();
    session.check(version(), properties.connect());
    // A request drops those of its PUBLISH before MQTT 5; those of a will are the will's matter.
    if (!version().isV5() && properties.isAnyGiven(!request, !will.isGiven())) {
      throw new UsageException("Error: -D properties need MQTT 5, but -V says otherwise.");
    }
  }

  /**
   * Checks all that can be checked before there is a command: no question is asked, and no command
   * run.
   *
   * @throws UsageException for what cannot be
   */
  public void checkAhead() {
    check();
    endpoint();
    session.toClientId(version(), invalidId);
    disconnect.reason(version());
    if (!login.isFetched()) {
      login.check(version(), host());
    }
  }

  /**
   * Checks that the broker can be told who connects; asks for what is to be asked for.
   *
   * @throws UsageException when it cannot
   */
  public void checkCredentials() {
    broker.tls().unlock(broker.port());
    login.check(version(), host());
  }

  /**
   * Returns the fields of CONNECT and the way to the broker.
   *
   * @param fault planned for the connections
   * @param inputEnded whether standard input has ended before the client connects; null where it is
   *     not read
   * @param receiveMaximum the number of messages that the command takes at once, unless the user
   *     said otherwise
   * @throws UsageException for what cannot be said
   */
  public ConnectSpec toSpec(FaultOptions fault, @Nullable Boolean inputEnded, int receiveMaximum) {
    boolean v5 = version().isV5();
    String clientId = session.toClientId(version(), invalidId);
    Will testament = will.toWill(v5, properties);
    checkCredentials();
    Endpoint endpoint = broker.toEndpoint();
    properties.checkConnect();
    boolean known = v5 || !clientId.isEmpty();
    return new ConnectSpec(
        endpoint,
        version(),
        clientId,
        session.cleanStart(),
        session.keepAlive(),
        username(),
        password(),
        testament,
        v5 ? session.toProperties(properties.connect(), receiveMaximum) : Properties.NONE,
        session.maxInflight(),
        fault.toFaults(
            session.givenId(), known, version(), inputEnded, line -> context.err().println(line)),
        disconnect.reason(version()),
        engine.kind(),
        null);
  }

  /**
   * Tells whether the broker will cut the delay of the will short, since the session ends before.
   */
  public boolean endsBefore(@Nullable Will testament) {
    return version().isV5() && session.endsBefore(testament, properties.connect());
  }
}
