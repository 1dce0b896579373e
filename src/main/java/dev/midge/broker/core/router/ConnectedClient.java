package dev.midge.broker.core.router;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.delivery.OutgoingPackets;
import dev.midge.broker.core.session.Session;
import dev.midge.mqtt.ProtocolVersion;

/**
 * The state of a connection whose CONNECT was accepted.
 *
 * @param listener that the client has come in by
 * @param aliases the topic aliases that the client uses
 * @param isBridge true for another broker, which must not get back what it has sent
 */
record ConnectedClient(
    ProtocolVersion version,
    Session session,
    ListenerSettings listener,
    OutgoingPackets outgoing,
    IncomingAliases aliases,
    boolean isBridge) {

  Limits limits() {
    return listener.limits();
  }

  String clientId() {
    return session.clientId();
  }
}
