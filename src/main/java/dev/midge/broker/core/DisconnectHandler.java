package dev.midge.broker.core;

import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Disconnect;
import java.util.Set;

/** DISCONNECT of one connection: what the client may say, and what becomes of its will. */
final class DisconnectHandler {
  /** The reasons of MQTT 5, 3.14.2.1, that a client may give. */
  private static final Set<Integer> MAY_BE_SAID =
      Set.of(0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99);

  /** The reasons below 0x80 that MQTT 5, 2.4, has for any packet. */
  private static final Set<Integer> SUCCESSES =
      Set.of(0x00, 0x01, 0x02, 0x04, 0x10, 0x11, 0x18, 0x19);

  private static final int LAST_FAILURE = 0xA2;

  private final Router router;
  private final Client client;

  DisconnectHandler(Router router, Client client) {
    this.router = router;
    this.client = client;
  }

  void disconnect(Disconnect packet, long now) {
    router.observer.received(client.clientId(), packet);
    int reasonCode = packet.reasonCode();
    if (!MAY_BE_SAID.contains(reasonCode)) {
      client.fail(
          isDefined(reasonCode) ? ReasonCode.PROTOCOL_ERROR : ReasonCode.MALFORMED_PACKET,
          "DISCONNECT with reason " + reasonCode + ", which no client may give",
          now);
      return;
    }
    if (packet.properties().has(Property.SESSION_EXPIRY_INTERVAL)) {
      Session session = client.session();
      long seconds = packet.properties().number(Property.SESSION_EXPIRY_INTERVAL, 0);
      if (session.endsWithConnection() && seconds != 0) {
        client.fail(ReasonCode.PROTOCOL_ERROR, "session expiry raised from 0", now);
        return;
      }
      session.expiry = router.connectHandler.expiry(seconds);
    }
    boolean normal = reasonCode == ReasonCode.NORMAL_DISCONNECTION;
    client.end(
        normal ? DisconnectCause.NORMAL : DisconnectCause.WITH_WILL,
        now); // [MQTT-3.1.2-10] [MQTT-3.14.4-3]
  }

  private static boolean isDefined(int reasonCode) {
    return SUCCESSES.contains(reasonCode)
        || ReasonCode.isFailure(reasonCode) && reasonCode <= LAST_FAILURE;
  }
}
