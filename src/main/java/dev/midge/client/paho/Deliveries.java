package dev.midge.client.paho;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.io.MessageReceiver;
import dev.midge.client.paho.cure.MessageDetails;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Publish;
import java.io.IOException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/**
 * Hands the messages that Paho delivers to the listener, and has them acknowledged when no other is
 * there yet. For several threads, one at a time.
 */
final class Deliveries {

  private final MessageReceiver receiver;
  private final MessageDetails details;
  private final DeliveryOrder order;
  private final PahoState state;
  private final Runnable onQuiet;
  private boolean over;

  /**
   * @param onQuiet run when the listener is not called any more
   */
  Deliveries(
      MessageReceiver receiver,
      MessageDetails details,
      DeliveryOrder order,
      PahoState state,
      Runnable onQuiet) {
    this.receiver = receiver;
    this.details = details;
    this.order = order;
    this.state = state;
    this.onQuiet = onQuiet;
  }

  /** Paho delivers a message, on its callback thread. */
  void arrived(String topic, MqttMessage ofPaho) throws ConnectionFailure, IOException {
    Message message =
        new Message(
            topic,
            ofPaho.getPayload(),
            Qos.of(ofPaho.getQos()),
            ofPaho.isRetained(),
            Properties.NONE);
    Publish publish = details.restored(message, ofPaho.getId());
    try {
      deliver(publish);
    } finally {
      order.messageDelivered();
    }
    if (order.isIdle()) {
      idle();
    }
  }

  private synchronized void deliver(Publish publish) throws ConnectionFailure, IOException {
    if (!over && !state.isOver()) {
      receiver.received(publish);
    }
  }

  /** No other message is there yet. */
  synchronized void idle() throws IOException {
    if (!over) {
      receiver.idle();
    }
  }

  /** Delivers nothing any more. */
  void end() {
    synchronized (this) {
      try {
        receiver.idle();
      } catch (IOException e) {
        // The connection is over.
      }
      over = true;
    }
    onQuiet.run();
  }
}
