package dev.midge.lwt.peer;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import java.util.List;

/** Sends PUBLISH and SUBSCRIBE and waits for their acknowledgements. */
public final class Requests {
  private Requests() {}

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
      throw client.isEnded() ? client.failure() : unanswered("PUBACK", target);
    }
    return ((Ack) puback).reasonCode();
  }

  /**
   * Subscribes and waits for SUBACK.
   *
   * @return the reason code, or -1 when no SUBACK came in time or before the end of the connection
   */
  public static int subscribe(DrillClient client, Subscription subscription, Target target)
      throws InterruptedException {
    int packetId = client.nextPacketId();
    try {
      client.send(new Subscribe(packetId, List.of(subscription), Properties.NONE));
    } catch (ConnectionFailure e) {
      return -1; // The caller finds the end of the connection.
    }
    Packet suback =
        client.await(
            PacketType.SUBACK,
            packet -> ((Suback) packet).packetId() == packetId,
            target.connectTimeout());
    return suback == null ? -1 : ((Suback) suback).reasonCodes().get(0);
  }

  /**
   * Sends PINGREQ and waits for PINGRESP.
   *
   * @throws ConnectionFailure when none comes in time
   */
  public static void ping(DrillClient client, Target target)
      throws ConnectionFailure, InterruptedException {
    client.send(Ping.REQUEST);
    if (client.await(PacketType.PINGRESP, packet -> true, target.connectTimeout()) == null) {
      throw client.isEnded() ? client.failure() : unanswered("PINGRESP", target);
    }
  }

  /** Returns the failure of a connection on which that packet has not come in time. */
  public static ConnectionFailure unanswered(String packet, Target target) {
    return new ConnectionFailure(
        ConnectionFailure.Kind.UNANSWERED,
        "No " + packet + " came within " + target.connectTimeout().toSeconds() + " s");
  }
}
