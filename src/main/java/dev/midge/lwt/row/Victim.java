package dev.midge.lwt.row;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.DrillReader;
import dev.midge.lwt.peer.Failures;
import dev.midge.lwt.peer.PacketText;
import dev.midge.lwt.peer.Watcher;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;

/**
 * A client of a row before it is connected: its will, its session, its keep alive. Without another
 * word it has no will, and its session ends with its connection.
 */
public final class Victim {
  private final RowRun run;
  private final String role;
  private Will will;
  private boolean kept;
  private int expiry;
  private boolean resuming;
  private int keepAlive = Watcher.KEEP_ALIVE;
  private boolean quiet;
  private DrillReader.Sink sink = DrillReader.Sink.NONE;

  public Victim(RowRun run, String role) {
    this.run = run;
    this.role = role;
  }

  public Victim with(Will testament) {
    will = testament;
    return this;
  }

  /**
   * The broker is to keep the session.
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

  public Victim handing(DrillReader.Sink messages) {
    sink = messages;
    return this;
  }

  /** One of so many that the story does not name each. */
  public Victim quiet() {
    quiet = true;
    return this;
  }

  public String clientId() {
    return run.clientId(role);
  }

  public Connect connect() {
    boolean v5 = run.target().isV5();
    Properties properties =
        v5 && kept ? Properties.of(Property.SESSION_EXPIRY_INTERVAL, expiry) : Properties.NONE;
    return new Connect(
        run.target().version(),
        v5 ? !resuming : !kept,
        keepAlive,
        clientId(),
        will,
        run.target().username(),
        run.target().password(),
        properties);
  }

  /** Opens the transport alone. */
  public DrillClient reach() throws RowAborted {
    if (kept || will != null && will.message().retain()) {
      run.cleanup().session(clientId()); // before there is anything that could be left behind
    }
    if (will != null && will.message().retain()) {
      run.cleanup().retained(will.message().topic());
    }
    try {
      return run.adopt(
          DrillClient.open(run.target(), run.watchdog(), run.trace(), run.label(role), sink));
    } catch (ConnectionFailure e) {
      throw run.unable("could not connect", e);
    }
  }

  /**
   * Connects.
   *
   * @param behind sent in the same write as CONNECT
   * @throws RowAborted when the broker refuses: that breaks the rule
   */
  public DrillClient open(Packet... behind)
      throws ConnectionFailure, RowAborted, InterruptedException {
    try {
      return tryToOpen(behind);
    } catch (ConnectionFailure e) {
      if (e.kind() == ConnectionFailure.Kind.REFUSED) {
        throw new RowAborted(Finding.failed("CONNECT refused: " + Failures.words(e)));
      }
      if (e.kind() == ConnectionFailure.Kind.LOST && run.context().watcher().lost() == null) {
        throw new RowAborted(Finding.failed("the broker closes the connection on CONNECT"));
      }
      throw run.unable("could not connect", e);
    }
  }

  /**
   * The same for a row that can do something about a refusal.
   *
   * @throws ConnectionFailure when the broker refuses or hangs up
   */
  public DrillClient tryToOpen(Packet... behind)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = reach();
    client.connect(connect(), behind);
    if (!quiet) {
      run.tell(
          "connected as "
              + clientId()
              + (will == null ? "" : ", will " + PacketText.message(will.message()) + delay()));
    }
    run.watchdog().keepAlive(client);
    return client;
  }

  private String delay() {
    return will.delay().isZero() ? "" : " delay " + will.delay().toSeconds() + " s";
  }
}
