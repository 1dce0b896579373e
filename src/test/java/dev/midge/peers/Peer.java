package dev.midge.peers;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client library that others wrote, behind one small face in midge's own words. Scenarios use it
 * from one thread; what arrives comes by the library's threads.
 */
interface Peer extends AutoCloseable {
  /** Seconds for anything that should happen at once. */
  int LIMIT = 30;

  /** What the library said of the last CONNACK. */
  boolean sessionPresent();

  /** The properties of the last CONNACK, as far as the library shows them. */
  Properties connack();

  /**
   * Publishes. The future holds the reason code of the acknowledgement, 0 for QoS 0; it fails if
   * the library will never send the message.
   */
  CompletableFuture<Integer> publishing(Message message) throws Exception;

  /** Subscribes, and gives the reason codes. */
  List<Integer> subscribe(Properties properties, Subscription... subscriptions) throws Exception;

  /** Unsubscribes, and gives the reason codes; none in MQTT 3. */
  List<Integer> unsubscribe(String... filters) throws Exception;

  /** Says goodbye. */
  void disconnect(int reasonCode, Properties properties) throws Exception;

  /** Whether the library believes that it is connected. */
  boolean isConnected();

  /** Connects again, as before but for Clean Start; fails if that fails. */
  void reconnect(boolean cleanStart) throws Exception;

  /** What has arrived and how the connection ended. */
  Arrivals arrivals();

  @Override
  void close();

  /** Publishes and waits for the acknowledgement. */
  default int publish(Message message) throws Exception {
    return publishing(message).get(LIMIT, TimeUnit.SECONDS);
  }

  default int publish(String topic, String payload, Qos qos) throws Exception {
    return publish(message(topic, payload, qos));
  }

  static Message message(String topic, String payload, Qos qos) {
    return Message.of(topic, payload.getBytes(StandardCharsets.UTF_8), qos, false);
  }

  static Message retained(String topic, String payload) {
    return Message.of(topic, payload.getBytes(StandardCharsets.UTF_8), Qos.AT_LEAST_ONCE, true);
  }

  default List<Integer> subscribe(String filter, Qos qos) throws Exception {
    return subscribe(Properties.NONE, Subscription.of(filter, qos));
  }

  default void disconnect() throws Exception {
    disconnect(0, Properties.NONE);
  }

  /** The next message that arrives. */
  default Message next() {
    return arrivals().next();
  }

  /** The payloads of the next messages. */
  default List<String> payloads(int count) {
    List<String> payloads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      payloads.add(text(next()));
    }
    return payloads;
  }

  static String text(Message message) {
    return new String(message.payload(), StandardCharsets.UTF_8);
  }
}
