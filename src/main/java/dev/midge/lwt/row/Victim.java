package dev.midge.lwt.row;

import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.EngineKind;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.DrillReader;
import dev.midge.lwt.peer.FailureText;
import dev.midge.lwt.peer.PacketText;
import dev.midge.lwt.peer.Target;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Will;
import org.jspecify.annotations.Nullable;

/**
 * A client of a row before it is connected: its will, its session, its keep alive. Unless it is
 * told otherwise it has no will, and its session ends with its connection.
 */
public final class Victim {
  private final RowClients clients;
  private final String role;
  private @Nullable Will will;
  private boolean kept;
  private int expiry;
  private boolean resuming;
  private int keepAlive = DrillClient.KEEP_ALIVE;
  private boolean quiet;
  private boolean throughNetwork;
  private DrillReader.Sink sink = DrillReader.Sink.NONE;

  Victim(RowClients clients, String role) {
    this.clients = clients;
    this.role = role;
  }

  public Victim with(Will other) {
    will = other;
    return this;
  }

  /**
   * Asks the broker to keep the session.
   *
   * @param seconds the Session Expiry Interval of MQTT 5; before, sessions are kept for ever
   */
  public Victim kept(int seconds) {
    kept = true;
    expiry = seconds;
    return this;
  }

  /** Goes on with the session that is there, if there is one: Clean Start 0, Clean Session 0. */
  public Victim resuming() {
    resuming = true;
    return this;
  }

  public Victim keepAlive(int seconds) {
    keepAlive = seconds;
    return this;
  }

  /** Connects through the network that can fail, and not to the broker itself. */
  public Victim throughNetwork() {
    throughNetwork = true;
    return this;
  }

  /** Hands the messages of the connection to that sink. */
  public Victim handing(DrillReader.Sink messages) {
    sink = messages;
    return this;
  }

  /** Reports no connection to the listener, since the row has hundreds. */
  public Victim quiet() {
    quiet = true;
    return this;
  }

  private String clientId() {
    return clients.clientId(role);
  }

  /** Returns the words for its engine, such as {@code " through paho"}; none for packets. */
  public String through() {
    EngineKind engine = clients.engine(role);
    return engine == null ? "" : " through " + engine.word();
  }

  /** Returns the CONNECT of this client. */
  public ConnectSpec spec() {
    DrillContext context = clients.context();
    FaultyNetwork network = throughNetwork ? context.network() : null;
    Target target = network == null ? context.target() : context.target().at(network.endpoint());
    boolean v5 = target.isV5();
    Properties properties =
        v5 && kept ? Properties.of(Property.SESSION_EXPIRY_INTERVAL, expiry) : Properties.NONE;
    return target.connect(clientId(), v5 ? !resuming : !kept, keepAlive, will, properties);
  }

  /**
   * Connects.
   *
   * @throws RowAborted when the broker refuses, which breaks the rule, or cannot be reached
   */
  public DrillClient open() throws RowAborted, InterruptedException {
    try {
      return tryToOpen();
    } catch (ConnectionFailure e) {
      if (e.kind() == ConnectionFailure.Kind.REFUSED) {
        throw RowAborted.failed("CONNECT refused: " + FailureText.of(e));
      }
      if (e.kind() == ConnectionFailure.Kind.LOST && clients.context().watcher().lost() == null) {
        throw RowAborted.failed("the broker closes the connection on CONNECT");
      }
      throw clients.unable("could not connect", e);
    }
  }

  /**
   * Connects, for a row that handles a refusal itself.
   *
   * @throws ConnectionFailure when the broker refuses or closes the connection
   */
  public DrillClient tryToOpen() throws ConnectionFailure, RowAborted, InterruptedException {
    noteForCleanup();
    DrillClient client = clients.connect(role, spec(), sink);
    if (!quiet) {
      String withWill =
          will == null ? "" : ", will " + PacketText.message(will.message()) + delay(will);
      clients.listener().client("connected" + through() + " as " + clientId() + withWill);
    }
    return client;
  }

  /** Notes a session or a retained message before it can come into being. */
  private void noteForCleanup() {
    boolean retained = will != null && will.message().retain();
    if (kept || retained) {
      clients.cleanup().session(clientId());
    }
    if (will != null && retained) {
      clients.cleanup().retained(will.message().topic());
    }
  }

  private static String delay(Will will) {
    return will.delay().isZero() ? "" : " delay " + will.delay().toSeconds() + " s";
  }
}
