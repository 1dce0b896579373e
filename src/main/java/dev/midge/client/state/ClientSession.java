package dev.midge.client.state;

import dev.midge.client.ConnectionFailure;
import org.jspecify.annotations.Nullable;

/**
 * Holds the client's half of the session state: for the life of one connection, or of several, one
 * after the other.
 */
public final class ClientSession {

  private final boolean lasting;
  private final PacketIds ids = new PacketIds();
  private final InflightWindow inflight;
  private final Qos2Receipts receipts = new Qos2Receipts();

  private ClientSession(boolean lasting, boolean withBroker) {
    this.lasting = lasting;
    this.inflight = new InflightWindow(ids, withBroker);
  }

  /** Returns the session of one connection only. */
  public static ClientSession ofOneConnection() {
    return new ClientSession(false, false);
  }

  /**
   * Returns the session of connections that replace one another, until {@link #close}. Messages
   * that are not delivered are sent again even if the broker has lost its half.
   */
  public static ClientSession lasting() {
    return new ClientSession(true, false);
  }

  /**
   * Returns the session of connections that replace one another, until {@link #close}, or until the
   * broker says that it has lost its half: then a new one begins [MQTT-3.2.2-5], and messages that
   * are not delivered are cancelled.
   */
  public static ClientSession ofBothHalves() {
    return new ClientSession(true, true);
  }

  public PacketIds ids() {
    return ids;
  }

  /** Returns the messages of QoS 1 and 2 that are sent. */
  public InflightWindow inflight() {
    return inflight;
  }

  /** Returns the messages of QoS 2 that were received. */
  public Qos2Receipts receipts() {
    return receipts;
  }

  /**
   * A connection of this session has ended.
   *
   * @param connection the number from {@link InflightWindow#attach}, or 0 if it never got one
   * @param why null when that was wanted
   */
  public void ended(int connection, @Nullable ConnectionFailure why) {
    inflight.detach(connection);
    if (!lasting) {
      inflight.end(why);
    }
  }

  /** Ends the session: the futures of messages that are not delivered are cancelled. */
  public void close() {
    inflight.end(null);
  }
}
