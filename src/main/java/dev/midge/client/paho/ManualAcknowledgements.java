package dev.midge.client.paho;

import dev.midge.client.io.MessageReceiver;
import dev.midge.client.paho.cure.ManualPubrec;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * Cures that Paho acknowledges a message when the callback returns, and never forgets one of QoS 2:
 * Paho is told to acknowledge, and by that to forget, when the message is printed or stored.
 */
final class ManualAcknowledgements implements MessageReceiver.Acknowledging {

  private static final int AT_LEAST_ONCE = 1;
  private static final int EXACTLY_ONCE = 2;

  private final PacketOutput output;
  private final ManualPubrec pubrecs;
  private @Nullable PahoClient client;

  ManualAcknowledgements(PacketOutput output, ManualPubrec pubrecs) {
    this.output = output;
    this.pubrecs = pubrecs;
  }

  /** Tells that client from now on. Before it connects. */
  void attach(PahoClient ofConnection) {
    ofConnection.setManualAcks(true);
    client = ofConnection;
  }

  @Override
  public void acknowledge(List<Ack> acks) throws IOException {
    PahoClient ofConnection = Objects.requireNonNull(client, "no client");
    output.acknowledging(acks.size());
    try {
      for (Ack ack : acks) {
        if (ack.type() == PacketType.PUBREC) {
          pubrecs.acknowledging(ack.packetId());
          ofConnection.messageArrivedComplete(ack.packetId(), EXACTLY_ONCE);
        } else {
          ofConnection.messageArrivedComplete(ack.packetId(), AT_LEAST_ONCE);
        }
      }
    } catch (MqttException e) {
      throw new IOException("Paho has given up the connection", e);
    }
  }
}
