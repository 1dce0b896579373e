package dev.midge.broker.core.router;

import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.session.Session;
import dev.midge.broker.core.session.Sessions;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Disconnect;
import java.util.Set;

/** Handles DISCONNECT of clients. Router thread only. */
record DisconnectHandler(BrokerObserver observer, Sessions sessions) {
  /** The reason codes of MQTT 5, 3.14.2.1, that a client may send. */
  private static final Set<Integer> ALLOWED =
      Set.of(0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99);

  /** The reason codes below 0x80 that MQTT 5, 2.4, has for any packet. */
  private static final Set<Integer> SUCCESSES =
      Set.of(0x00, 0x01, 0x02, 0x04, 0x10, 0x11, 0x18, 0x19);

  private static final int LAST_FAILURE = 0xA2;

  /** Returns the cause with which the connection ends, which decides about the will. */
  DisconnectCause disconnect(ConnectedClient client, Disconnect packet) throws ProtocolViolation {
    observer.received(client.clientId(), packet);
    int reasonCode = packet.reasonCode();
    if (!ALLOWED.contains(reasonCode)) {
      throw new ProtocolViolation(
          isDefined(reasonCode) ? ReasonCode.PROTOCOL_ERROR : ReasonCode.MALFORMED_PACKET,
          "DISCONNECT with reason " + reasonCode + ", which no client may give");
    }
    if (packet.properties().has(Property.SESSION_EXPIRY_INTERVAL)) {
      Session session = client.session();
      long seconds = packet.properties().number(Property.SESSION_EXPIRY_INTERVAL, 0);
      if (session.endsWithConnection() && seconds != 0) {
        throw new ProtocolViolation(ReasonCode.PROTOCOL_ERROR, "session expiry raised from 0");
      }
      sessions.expiry(session, seconds);
    }
    return reasonCode == ReasonCode.NORMAL_DISCONNECTION
        ? DisconnectCause.NORMAL
        : DisconnectCause.WITH_WILL; // [MQTT-3.1.2-10] [MQTT-3.14.4-3]
  }

  private static boolean isDefined(int reasonCode) {
    return SUCCESSES.contains(reasonCode)
        || ReasonCode.isFailure(reasonCode) && reasonCode <= LAST_FAILURE;
  }
}
