package dev.midge.lwt.row;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.DrillReader;
import dev.midge.lwt.peer.PacketClient;
import dev.midge.lwt.peer.PacketTrace;
import dev.midge.lwt.peer.Target;
import dev.midge.lwt.peer.Watchdog;
import dev.midge.lwt.peer.Watcher;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds the parts of a drill that all its rows share.
 *
 * @param number random, a part of all client ids of the drill
 * @param arrivalTimeout how late a will may be that the broker owes for silence or a delay, before
 *     it counts as lost
 * @param network between some clients and the broker; null for none
 */
public record DrillContext(
    Target target,
    Watcher watcher,
    Watchdog watchdog,
    int number,
    Duration arrivalTimeout,
    @Nullable FaultyNetwork network) {

  private static final int RADIX = 36;

  /** Returns the same for a row that is played by packets alone. */
  public DrillContext byPackets() {
    return new DrillContext(target.byPackets(), watcher, watchdog, number, arrivalTimeout, network);
  }

  private long offered(Property property, long absent) {
    return watcher.client().connack().properties().number(property, absent);
  }

  /** Returns the highest QoS that the broker offers and granted to the watcher. */
  public Qos maximumQos() {
    return Qos.of((int) Math.min(offered(Property.MAXIMUM_QOS, 2), watcher.granted().level()));
  }

  /** Returns QoS 1, or 0 where the broker has no more. */
  public Qos acknowledged() {
    return maximumQos().min(Qos.AT_LEAST_ONCE);
  }

  /** Returns whether the broker supports retained messages. */
  public boolean isRetainAvailable() {
    return offered(Property.RETAIN_AVAILABLE, 1) == 1;
  }

  /** Returns whether the broker supports shared subscriptions. */
  public boolean hasSharedSubscriptions() {
    return offered(Property.SHARED_SUBSCRIPTION_AVAILABLE, 1) == 1;
  }

  /** Returns the number of messages of QoS 1 that the broker takes before it acknowledges one. */
  public int receiveMaximum() {
    return (int) offered(Property.RECEIVE_MAXIMUM, 65_535);
  }

  /** Returns the size of the largest packet that the broker takes, in bytes. */
  public long maximumPacketSize() {
    return offered(Property.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE);
  }

  /**
   * Returns the beginning of the client ids of a pass: at most nine letters and digits.
   *
   * @param pass counted from 1; 0 for the clients of the drill itself
   */
  public String clientPrefix(int pass) {
    return "lwt" + Integer.toString(number + pass, RADIX);
  }

  /** Connects a client of the drill itself, which belongs to no row. */
  public PacketClient connectOwn(String name, DrillReader.Sink sink)
      throws ConnectionFailure, InterruptedException {
    return connect(clientPrefix(0) + name, sink);
  }

  /** Connects a client that has no will and whose session ends with its connection. */
  PacketClient connect(String clientId, DrillReader.Sink sink)
      throws ConnectionFailure, InterruptedException {
    PacketClient client = PacketClient.open(target, watchdog, new PacketTrace(), clientId, sink);
    try {
      return client.connect(target.connect(clientId, null));
    } catch (ConnectionFailure | InterruptedException e) {
      client.close();
      throw e;
    }
  }
}
