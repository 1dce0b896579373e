package dev.midge.client.paho;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.io.ConnackCheck;
import dev.midge.client.paho.cure.ReceiveCure;
import dev.midge.client.paho.cure.SessionPacketIds;
import dev.midge.client.state.InflightMessage;
import dev.midge.client.state.InflightWindow;
import dev.midge.client.state.PendingRequests;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Auth;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Unsuback;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Handles packets of the broker before Paho reads them: keeps the state of the session, ends the
 * connection where they break the rules, and has them cured. Only for the thread that reads.
 */
final class BrokerPackets {

  private final PahoState state;
  private final ClientEvents events;
  private final InflightWindow inflight;
  private final PendingRequests requests;
  private final SessionPacketIds ids;
  private final DeliveryOrder order;
  private final List<ReceiveCure> cures;

  BrokerPackets(
      PahoState state,
      ClientEvents events,
      PendingRequests requests,
      SessionPacketIds ids,
      DeliveryOrder order,
      List<ReceiveCure> cures) {
    this.state = state;
    this.events = events;
    this.inflight = state.inflight();
    this.requests = requests;
    this.ids = ids;
    this.order = order;
    this.cures = cures;
  }

  /** Returns whether the connection is over, and nothing to be handled any more. */
  boolean isOver() {
    return state.isOver();
  }

  /** The connection ends. */
  void fail(ConnectionFailure failure) {
    state.fail(failure);
  }

  /**
   * Handles a packet.
   *
   * @param shown takes what Paho is to read
   */
  void handle(Packet packet, Queue<Packet> shown)
      throws ConnectionFailure, IOException, InterruptedException {
    ConnackCheck.checkOrder(packet.type(), state.isConnected());
    switch (packet.type()) {
      case CONNACK -> {
        order.answerShown();
        show(packet, shown);
        state.connected((Connack) packet);
      }
      case PUBLISH -> {
        show(packet, shown);
        order.messageShown();
      }
      case PUBREL -> show(packet, shown);
      case PUBACK, PUBREC, PUBCOMP -> acknowledged((Ack) packet, shown);
      case SUBACK -> replied(((Suback) packet).packetId(), packet, shown);
      case UNSUBACK -> replied(((Unsuback) packet).packetId(), packet, shown);
      case PINGRESP -> state.pingAnswered();
      case DISCONNECT -> throw ConnectionFailures.disconnected((Disconnect) packet);
      case AUTH -> throw ConnectionFailures.authentication((Auth) packet);
      default -> throw ConnectionFailures.protocol();
    }
  }

  private void show(Packet packet, Queue<Packet> shown) throws ConnectionFailure {
    Packet cured = packet;
    Queue<Packet> after = new ArrayDeque<>(1);
    for (ReceiveCure cure : cures) {
      cured = cure.cureReceived(cured, after);
      if (cured == null) {
        return;
      }
    }
    shown.add(cured);
    shown.addAll(after);
  }

  private void acknowledged(Ack ack, Queue<Packet> shown) throws ConnectionFailure, IOException {
    int id = ack.packetId();
    if (requests.isOpen(id)) {
      throw ConnectionFailures.protocol();
    }
    InflightMessage message = inflight.answered(state.number(), ack);
    if (message == null) {
      if (ack.type() == PacketType.PUBREC) {
        answerUnknown(ack);
      }
    } else if (ack.type() == PacketType.PUBREC && !message.isAcknowledged()) {
      if (message.isSentBy(state.number())) { // Else the flow begins anew.
        show(ack, shown);
      }
    } else if (ids.knows(id)) {
      show(ack, shown);
    } else if (message.isAcknowledged() || message.isSentBy(state.number())) {
      inflight.complete(message); // Paho has not sent it, or only its PUBREL is of now.
    }
  }

  /** A message of a session before this one, perhaps: the broker waits for the end of its flow. */
  private void answerUnknown(Ack pubrec) throws IOException {
    events.unknown(pubrec);
    if (!ReasonCode.isFailure(pubrec.reasonCode())) {
      inflight.releasing(state.number(), pubrec.packetId());
      state.send(Ack.of(PacketType.PUBREL, pubrec.packetId()));
    }
  }

  private void replied(int id, Packet reply, Queue<Packet> shown)
      throws ConnectionFailure, InterruptedException {
    if (inflight.holds(id)) {
      throw ConnectionFailures.protocol();
    }
    if (ids.knows(id)) {
      state.keep(id, reply);
      order.awaitDelivered();
      order.answerShown();
      show(reply, shown);
    }
  }
}
