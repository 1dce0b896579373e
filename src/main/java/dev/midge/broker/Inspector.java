package dev.midge.broker;

import dev.midge.broker.inspect.ClientState;
import dev.midge.broker.inspect.SessionSnapshot;
import dev.midge.broker.transport.BrokerLoop;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Topics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a broker while it runs. Each question is answered on the broker's thread, by values;
 * an answer fails with {@link IllegalStateException} once the broker has stopped. For any thread;
 * work of {@link #later} has its answers at once.
 */
public final class Inspector implements BrokerWatcher.Host {
  private final BrokerLoop loop;
  private final WatchedLog log;

  Inspector(BrokerLoop loop, WatchedLog log) {
    this.loop = loop;
    this.log = log;
  }

  /** Returns all sessions, those of connected clients and of absent ones, in no order. */
  public CompletableFuture<List<SessionSnapshot>> sessions() {
    return loop.ask((router, now) -> router.sessions(now));
  }

  /** Returns the session of a client, if there is one. */
  public CompletableFuture<Optional<SessionSnapshot>> session(String clientId) {
    return loop.ask((router, now) -> Optional.ofNullable(router.session(clientId, now)));
  }

  /**
   * Returns retained messages, in the order of their topics' levels.
   *
   * @param filter a valid topic filter
   * @param after the topic of the last one that is known already; null for the beginning
   * @param most how many at most: the broker does nothing else meanwhile
   */
  public CompletableFuture<List<Message>> retained(
      String filter, @Nullable String after, int most) {
    return loop.ask((router, now) -> router.retained(filter, after, most, now));
  }

  /** Tells whether {@link #publish} takes a message to that topic. */
  public static boolean canPublishTo(String topic) {
    return Topics.isValidName(topic) && !topic.startsWith("$");
  }

  /**
   * Publishes a message of the broker's own; its properties may include Message Expiry Interval.
   *
   * @return false if nobody has subscribed to its topic
   * @throws IllegalArgumentException when the topic is no valid name, or is under {@code $SYS} or
   *     {@code $share}
   */
  @Override
  public CompletableFuture<Boolean> publish(Message message) {
    if (!canPublishTo(message.topic())) {
      throw new IllegalArgumentException(
          "no message can be published to '" + message.topic() + "'");
    }
    return loop.ask(
        (router, now) -> router.publish(message, now) != ReasonCode.NO_MATCHING_SUBSCRIBERS);
  }

  /**
   * Disconnects a client as an administrator does; its will is due.
   *
   * @param reasonCode of MQTT 5's DISCONNECT
   * @return false if the client is not connected
   */
  public CompletableFuture<Boolean> disconnect(String clientId, int reasonCode) {
    return loop.ask((router, now) -> router.disconnect(clientId, reasonCode, now));
  }

  /**
   * Waits until a client is in a state, or has been for a moment at least. A caller who gives up
   * cancels the future. What the broker thread does with a question that is asked then is later
   * than what has changed the state.
   */
  public CompletableFuture<Boolean> await(String clientId, ClientState wanted) {
    CompletableFuture<Boolean> reached = new CompletableFuture<>();
    WatchedLog.Listener listener =
        new WatchedLog.Listener() {
          @Override
          public void happened(String id, ClientState state) {
            if (state == wanted && id.equals(clientId)) {
              reached.complete(true);
            }
          }

          @Override
          public void stopped() {
            reached.completeExceptionally(new IllegalStateException("the broker has stopped"));
          }
        };
    log.add(listener);
    reached.whenComplete((done, problem) -> log.remove(listener));
    session(clientId)
        .whenComplete(
            (session, problem) -> {
              if (problem != null) {
                reached.completeExceptionally(problem);
              } else if (wanted.holds(session.orElse(null))) {
                reached.complete(true);
              }
            });
    return reached;
  }

  @Override
  public void later(String name, Runnable work) {
    loop.later(name, work);
  }

  @Override
  public void remark(String text) {
    log.line(BrokerEvent.Level.NOTICE, BrokerEvent.Kind.OTHER, text);
  }

  /** Stops to accept connections: new ones wait in the system's queue. */
  public CompletableFuture<Boolean> pause() {
    return loop.pause(true);
  }

  /** Accepts connections again, those first that have waited. */
  public CompletableFuture<Boolean> resume() {
    return loop.pause(false);
  }
}
