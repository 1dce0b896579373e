package dev.midge.client.paho.cure;

import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Cures that Paho counts packet identifiers anew with each client object and takes none from
 * outside: a message that a later connection sends again has to keep its identifier [MQTT-4.4.0-1].
 * On the wire are those of the session.
 */
public final class SessionPacketIds implements SendCure, ReceiveCure {

  private final Map<Integer, Integer> ofSession = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> ofPaho = new ConcurrentHashMap<>();

  @Override
  public Packet cureSent(Packet packet, Original original) {
    int id = original.packetId();
    if (packet instanceof Publish publish) {
      if (publish.packetId() != 0) {
        bind(publish.packetId(), id);
      }
      return new Publish(publish.message(), publish.dup(), id);
    }
    if (packet instanceof Subscribe subscribe) {
      bind(subscribe.packetId(), id);
      return new Subscribe(id, subscribe.subscriptions(), subscribe.properties());
    }
    if (packet instanceof Unsubscribe unsubscribe) {
      bind(unsubscribe.packetId(), id);
      return new Unsubscribe(id, unsubscribe.filters(), unsubscribe.properties());
    }
    if (packet instanceof Ack ack && ack.type() == PacketType.PUBREL) {
      int same = ofSession.getOrDefault(ack.packetId(), ack.packetId());
      return new Ack(ack.type(), same, ack.reasonCode(), ack.properties());
    }
    return packet;
  }

  private void bind(int paho, int session) {
    ofSession.put(paho, session);
    ofPaho.put(session, paho);
  }

  /** Returns whether Paho waits for an answer to that packet of the session. Any thread. */
  public boolean knows(int packetId) {
    return ofPaho.containsKey(packetId);
  }

  @Override
  public @Nullable Packet cureReceived(Packet packet, Queue<Packet> after) {
    if (packet instanceof Ack ack && ack.type() != PacketType.PUBREL) {
      boolean last = ack.type() != PacketType.PUBREC || ReasonCode.isFailure(ack.reasonCode());
      Integer id = last ? unbind(ack.packetId()) : ofPaho.get(ack.packetId());
      return id == null ? null : new Ack(ack.type(), id, ack.reasonCode(), ack.properties());
    }
    if (packet instanceof Suback suback) {
      Integer id = unbind(suback.packetId());
      return id == null ? null : new Suback(id, suback.reasonCodes(), suback.properties());
    }
    if (packet instanceof Unsuback unsuback) {
      Integer id = unbind(unsuback.packetId());
      return id == null ? null : new Unsuback(id, unsuback.reasonCodes(), unsuback.properties());
    }
    return packet;
  }

  private @Nullable Integer unbind(int session) {
    Integer paho = ofPaho.remove(session);
    if (paho != null) {
      ofSession.remove(paho);
    }
    return paho;
  }
}
