package dev.midge.lwt.row;

import dev.midge.lwt.peer.Target;
import dev.midge.lwt.peer.Watchdog;
import dev.midge.lwt.peer.Watcher;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import java.time.Duration;

/**
 * What all rows of a pass share.
 *
 * @param clientPrefix before the client ids of the pass: letters and digits
 * @param patience how long a will that silence brings about may be late
 */
public record DrillContext(
    Target target,
    Watcher watcher,
    Watchdog watchdog,
    DrillListener listener,
    String clientPrefix,
    Duration patience) {

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

  public boolean isRetainAvailable() {
    return offered(Property.RETAIN_AVAILABLE, 1) == 1;
  }

  public boolean hasSharedSubscriptions() {
    return offered(Property.SHARED_SUBSCRIPTION_AVAILABLE, 1) == 1;
  }

  /** Returns how many messages of QoS 1 may be on their way to the broker. */
  public int receiveMaximum() {
    return (int) offered(Property.RECEIVE_MAXIMUM, 65_535);
  }

  public long maximumPacketSize() {
    return offered(Property.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE);
  }
}
