package dev.midge.lwt.row;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.DrillReader;
import dev.midge.lwt.peer.Watcher;
import dev.midge.mqtt.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes the sessions and the retained messages that one row may leave on the broker. Each is
 * noted before it comes into being, so that a drill that ends early leaves nothing either.
 */
public final class Cleanup {
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final DrillContext context;
  private final Set<String> sessions = new LinkedHashSet<>();
  private final Set<String> retained = new LinkedHashSet<>();

  Cleanup(DrillContext context) {
    this.context = context;
  }

  /** Notes the client id of a session that is kept, or of a client with a retained will. */
  public synchronized void session(String clientId) {
    sessions.add(clientId);
  }

  /** Notes the topic of a retained message. */
  public synchronized void retained(String topic) {
    retained.add(topic);
  }

  /** Makes the watcher ignore the messages that clear topics. */
  void closeInboxes(Watcher watcher) {
    topics().forEach(topic -> watcher.inbox(topic).close());
  }

  /**
   * Removes the sessions, and then the retained messages, for a session that ends may publish one.
   *
   * @return descriptions of those that could not be removed
   */
  public List<String> run() throws InterruptedException {
    List<String> left = new ArrayList<>();
    for (String clientId : sessions()) {
      if (!removeSession(clientId)) {
        left.add("the session of client id " + clientId);
      }
    }
    Set<String> topics = topics();
    if (!topics.isEmpty() && !clear(context, topics)) {
      topics.forEach(topic -> left.add("the retained message on " + topic));
    }
    return left;
  }

  private synchronized Set<String> sessions() {
    return new LinkedHashSet<>(sessions);
  }

  /** Returns all topics that may have had a retained message. */
  public synchronized Set<String> topics() {
    return new LinkedHashSet<>(retained);
  }

  /** Takes the session over and ends it: without an expiry it goes with its connection. */
  private boolean removeSession(String clientId) throws InterruptedException {
    try (DrillClient client = context.connect(clientId, DrillReader.Sink.NONE)) {
      client.endCleanly(END_LIMIT);
      return true;
    } catch (ConnectionFailure e) {
      return false;
    }
  }

  /**
   * Clears retained messages with empty ones [MQTT-3.3.1-6].
   *
   * @return false when the connection failed
   */
  public static boolean clear(DrillContext context, Set<String> topics)
      throws InterruptedException {
    try (DrillClient client = context.connectOwn("clear", DrillReader.Sink.NONE)) {
      for (String topic : topics) {
        Message empty = Message.of(topic, new byte[0], context.acknowledged(), true);
        client.publish(empty).await();
      }
      client.endCleanly(END_LIMIT);
      return true;
    } catch (ConnectionFailure e) {
      return false;
    }
  }
}
