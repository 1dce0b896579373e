package dev.midge.lwt.peer;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;

/** Publishes messages and waits for what acknowledges them. */
public final class Publishing {
  private Publishing() {}

  /**
   * Publishes in QoS 0 or 1.
   *
   * @return the reason code of PUBACK; 0 in QoS 0
   * @throws ConnectionFailure when no acknowledgement comes in time
   */
  public static int publish(DrillClient client, Message message, Target target)
      throws ConnectionFailure, InterruptedException {
    if (message.qos() == Qos.AT_MOST_ONCE) {
      client.send(new Publish(message, false, 0));
      return 0;
    }
    int packetId = client.nextPacketId();
    client.send(new Publish(message, false, packetId));
    return acknowledged(client, packetId, target);
  }

  /** Waits for PUBACK of that message. */
  public static int acknowledged(DrillClient client, int packetId, Target target)
      throws ConnectionFailure, InterruptedException {
    Packet puback =
        client.await(
            PacketType.PUBACK,
            packet -> ((Ack) packet).packetId() == packetId,
            target.connectTimeout());
    if (puback == null) {
      throw client.isEnded()
          ? client.failure()
          : new ConnectionFailure(
              ConnectionFailure.Kind.SILENT,
              "no PUBACK within " + target.connectTimeout().toSeconds() + " s");
    }
    return ((Ack) puback).reasonCode();
  }
}
