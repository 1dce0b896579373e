package dev.midge.client.paho.cure;

import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.io.ConnackCheck;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import java.util.Queue;

/**
 * Cures that Paho keeps nothing of a CONNACK that refuses but its number, knows none of MQTT 3, and
 * lets one pass that is against the rules: it is shown only those that let the client in.
 */
public final class CheckedConnack implements ReceiveCure {

  private final ConnectSpec spec;

  public CheckedConnack(ConnectSpec spec) {
    this.spec = spec;
  }

  @Override
  public Packet cureReceived(Packet packet, Queue<Packet> after) throws ConnectionFailure {
    if (packet instanceof Connack connack) {
      ConnackCheck.check(spec, connack);
    }
    return packet;
  }
}
