package dev.midge.lwt;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox;
import dev.midge.lwt.peer.Target;
import dev.midge.lwt.peer.Watcher;
import dev.midge.lwt.row.Cleanup;
import dev.midge.lwt.row.DrillContext;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Subscribes once more at the end of the drill, and removes the messages that are retained. */
final class Leftovers {
  private static final Duration MARKER_LIMIT = Duration.ofSeconds(3);

  /** Some brokers send retained messages after those that are published meanwhile. */
  private static final Duration RETAINED_LIMIT = Duration.ofMillis(200);

  private Leftovers() {}

  /**
   * Clears the topics of the drill.
   *
   * @return descriptions of the retained messages that could not be removed
   */
  static List<String> find(DrillContext context, Set<String> topics) throws InterruptedException {
    if (topics.isEmpty() || context.watcher().lost() != null) {
      return List.of();
    }
    Set<String> retained = retained(context, topics);
    if (!retained.isEmpty()) {
      Cleanup.clear(context, retained);
      retained = retained(context, topics);
    }
    List<String> left = new ArrayList<>();
    retained.forEach(topic -> left.add("the retained message on " + topic));
    return left;
  }

  private static Set<String> retained(DrillContext context, Set<String> topics)
      throws InterruptedException {
    Target target = context.target();
    Set<String> found = new HashSet<>();
    Watcher watcher = new Watcher();
    try (DrillClient client = context.connectOwn("last", watcher)) {
      watcher.on(client).subscribe(Subscription.of(target.prefix() + "#", Qos.AT_MOST_ONCE));
      String marker = target.prefix() + "control/marker";
      client.publish(Message.empty(marker)).await();
      watcher.inbox(marker).take(MARKER_LIMIT);
      long deadline = System.nanoTime() + RETAINED_LIMIT.toNanos();
      for (String topic : topics) {
        Inbox.Arrival arrival = watcher.inbox(topic).take(deadline);
        if (arrival != null && arrival.message() != null && arrival.message().retain()) {
          found.add(topic);
        }
      }
      client.leave();
    } catch (ConnectionFailure e) {
      // A broker that cannot be asked is not reported to keep a message.
    }
    return found;
  }
}
