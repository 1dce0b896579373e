package dev.midge.client.paho.cure;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Cures that Paho loses the DUP flag of a message, the order of its properties and a payload format
 * indicator of 0: they are kept for the message that Paho delivers, which it does in order.
 */
public final class MessageDetails implements ReceiveCure {

  private final Queue<Details> kept = new ConcurrentLinkedQueue<>();

  private record Details(Properties properties, boolean dup) {}

  @Override
  public Packet cureReceived(Packet packet, Queue<Packet> after) {
    if (packet instanceof Publish publish) {
      kept.add(new Details(publish.message().properties(), publish.dup()));
    }
    return packet;
  }

  /**
   * Returns the next message with what Paho has lost of it. Called by the thread that Paho delivers
   * on, once for each message.
   *
   * @param message as Paho delivers it
   */
  public Publish restored(Message message, int packetId) {
    Details details = kept.remove();
    return new Publish(message.withProperties(details.properties()), details.dup(), packetId);
  }
}
