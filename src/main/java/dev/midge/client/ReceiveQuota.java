package dev.midge.client;

import dev.midge.client.LinkFailure.Kind;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import java.util.HashSet;
import java.util.Set;

/**
 * The messages of QoS 1 and 2 that one connection has brought and that are not acknowledged to the
 * end: no more than the Receive Maximum of CONNECT. Not for several threads at once.
 */
final class ReceiveQuota {
  private static final int NO_MAXIMUM = 65535;

  private final long maximum;
  private final Set<Integer> open = new HashSet<>();

  /**
   * @param connect the properties of CONNECT
   */
  ReceiveQuota(Properties connect) {
    maximum = connect.number(Property.RECEIVE_MAXIMUM, NO_MAXIMUM);
  }

  /**
   * A message has come.
   *
   * @throws LinkFailure when that is one too many
   */
  void take(int packetId) throws LinkFailure {
    if (open.add(packetId) && open.size() > maximum) { // [MQTT-3.3.4-9]
      throw new LinkFailure(
          Kind.PROTOCOL,
          "The broker has sent more messages of QoS 1 and 2 at once than Receive Maximum "
              + maximum
              + " allows.",
          ReasonCode.RECEIVE_MAXIMUM_EXCEEDED,
          null);
    }
  }

  /** The last acknowledgement of a message goes out. */
  void release(int packetId) {
    open.remove(packetId);
  }
}
