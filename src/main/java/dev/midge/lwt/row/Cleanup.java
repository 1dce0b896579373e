package dev.midge.lwt.row;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.DrillReader;
import dev.midge.lwt.peer.PacketTrace;
import dev.midge.lwt.peer.Publishing;
import dev.midge.lwt.peer.Watcher;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.packet.Connect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Knows what one row may leave on the broker, and removes it. Everything is noted before it comes
 * into being, so that a drill that is broken off leaves nothing either.
 */
public final class Cleanup {
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final DrillContext context;
  private final Set<String> sessions = new LinkedHashSet<>();
  private final Set<String> retained = new LinkedHashSet<>();

  public Cleanup(DrillContext context) {
    this.context = context;
  }

  /** A session of that client id, or a client with a retained will, is going to be there. */
  public synchronized void session(String clientId) {
    sessions.add(clientId);
  }

  /** A retained message is going to be there. */
  public synchronized void retained(String topic) {
    retained.add(topic);
  }

  /** Returns all topics that may have had a retained message. */
  public Set<String> everything() {
    return topics();
  }

  /** Passes over what the cleaning makes the watcher see: the messages that clear topics. */
  public void closeInboxes(Watcher watcher) {
    topics().forEach(topic -> watcher.inbox(topic).close());
  }

  /**
   * Removes the sessions, and then the retained messages, for a session that ends may publish one.
   *
   * @return what could not be removed
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

  private synchronized Set<String> topics() {
    return new LinkedHashSet<>(retained);
  }

  /** Takes the session over and ends it: without an expiry it goes with its connection. */
  private boolean removeSession(String clientId) throws InterruptedException {
    Connect connect = Watcher.connect(context.target(), clientId);
    try (DrillClient client = connected(context, connect)) {
      client.endCleanly(END_LIMIT);
      return true;
    } catch (ConnectionFailure e) {
      return false;
    }
  }

  /** Clears retained messages with empty ones [MQTT-3.3.1-6]. */
  public static boolean clear(DrillContext context, Set<String> topics)
      throws InterruptedException {
    Connect connect = Watcher.connect(context.target(), context.clientPrefix() + "clear");
    try (DrillClient client = connected(context, connect)) {
      for (String topic : topics) {
        Message empty = Message.of(topic, new byte[0], context.acknowledged(), true);
        Publishing.publish(client, empty, context.target());
      }
      client.endCleanly(END_LIMIT);
      return true;
    } catch (ConnectionFailure e) {
      return false;
    }
  }

  private static DrillClient connected(DrillContext context, Connect connect)
      throws ConnectionFailure, InterruptedException {
    DrillClient client =
        DrillClient.open(
            context.target(),
            context.watchdog(),
            new PacketTrace(),
            "cleanup",
            DrillReader.Sink.NONE);
    try {
      return client.connect(connect);
    } catch (ConnectionFailure | InterruptedException e) {
      client.close();
      throw e;
    }
  }
}
