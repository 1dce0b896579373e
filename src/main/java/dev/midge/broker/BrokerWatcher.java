package dev.midge.broker;

import dev.midge.broker.inspect.Disconnection;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happens at a broker, on the broker's thread, which waits meanwhile: an
 * implementation must not block, nor wait for an answer of the same broker.
 */
public interface BrokerWatcher {

  /** The broker as its watcher uses it. */
  interface Host {
    /**
     * Has work done on the broker's thread, when the present packet has been handled. It may ask
     * this broker, and wait for the answer; the broker does nothing else meanwhile, so that it
     * should not wait for anything else. A broker that is stopping does not begin it.
     *
     * @param name the subject of the sentence that it has not returned
     */
    void later(String name, Runnable work);

    /**
     * Publishes a message of the broker's own.
     *
     * @see Inspector#publish
     */
    CompletableFuture<Boolean> publish(Message message);

    /**
     * Writes a line to the broker's log. Broker thread only.
     *
     * @param text a line without control characters
     */
    void remark(String text);
  }

  /** A broker has been made, and its thread begins next; the only call on another thread. */
  default void starting(Host broker) {}

  /** A client's CONNECT was accepted; CONNACK follows. */
  default void connected(String clientId, Connect connect) {}

  /**
   * A client's CONNECT was not accepted; {@link #refusedEnded} follows.
   *
   * @param clientId the one that CONNECT names
   * @param answer CONNACK; null if the connection ends without
   */
  default void refused(String clientId, Connect connect, @Nullable Connack answer) {}

  /**
   * A client asks for a subscription.
   *
   * @return the reason code of MQTT 5 with which SUBACK refuses it; 0 to grant it as usual
   */
  default int subscribing(String clientId, Subscription asked) {
    return 0;
  }

  /**
   * A client's PUBLISH has come, whose message it may publish.
   *
   * @return the reason code of MQTT 5 with which PUBACK or PUBREC refuses it, so that it is neither
   *     delivered nor retained, and the connection ends in MQTT 3; 0 to publish it as usual
   */
  default int publishing(String clientId, Message message) {
    return 0;
  }

  /** A client has a subscription, as granted; SUBACK follows. */
  default void subscribed(String clientId, Subscription subscription) {}

  /**
   * A packet has come from a client that is connected, also one that the broker refuses; a PUBLISH
   * has its topic in place of an alias, if the alias is known.
   */
  default void received(String clientId, Packet packet) {}

  /**
   * A packet goes to a client.
   *
   * @param clientId the client's address before there is an identifier, as with a refused CONNECT
   */
  default void sent(String clientId, Packet packet) {}

  /**
   * A message is published: by a client, as its will, or by {@link Inspector#publish}.
   *
   * @param publisher the client identifier; empty for the last
   */
  default void published(String publisher, Message message, boolean isWill) {}

  /**
   * A connection has ended.
   *
   * @param clientId null if CONNECT was never accepted
   */
  default void ended(@Nullable String clientId, Disconnection ending) {}

  /**
   * The connection of a client has ended whose CONNECT was not accepted; {@link #ended} is told
   * without the identifier.
   *
   * @param clientId the one that CONNECT names
   */
  default void refusedEnded(String clientId, Disconnection ending) {}
}
