package dev.midge.lwt;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox;
import dev.midge.lwt.peer.PacketTrace;
import dev.midge.lwt.peer.Publishing;
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

/** Subscribes once more at the end of the drill, and removes what is still retained. */
final class Leftovers {
  private static final Duration BARRIER = Duration.ofSeconds(3);
  private static final Duration ON_THE_SIDE = Duration.ofMillis(200);

  private Leftovers() {}

  /**
   * Looks at the topics of the drill.
   *
   * @return the retained messages that could not be removed, in words
   */
  static List<String> find(DrillContext context, Set<String> topics) throws InterruptedException {
    if (topics.isEmpty() || context.watcher().lost() != null) {
      return List.of();
    }
    Set<String> retained = look(context, topics);
    if (!retained.isEmpty()) {
      Cleanup.clear(context, retained);
      retained = look(context, topics);
    }
    List<String> words = new ArrayList<>();
    retained.forEach(topic -> words.add("the retained message on " + topic));
    return words;
  }

  private static Set<String> look(DrillContext context, Set<String> topics)
      throws InterruptedException {
    Target target = context.target();
    Set<String> found = new HashSet<>();
    Watcher watcher = new Watcher((topic, words) -> {});
    try (DrillClient client =
        DrillClient.open(target, context.watchdog(), new PacketTrace(), "last", watcher)) {
      client.connect(Watcher.connect(target, context.clientPrefix() + "last"));
      watcher.on(client);
      String marker = target.prefix() + "control/marker";
      watcher.subscribe(Subscription.of(target.prefix() + "#", Qos.AT_MOST_ONCE), target);
      Publishing.publish(client, Message.empty(marker), target);
      watcher.inbox(marker).take(System.nanoTime() + BARRIER.toNanos());
      long side = System.nanoTime() + ON_THE_SIDE.toNanos();
      for (String topic : topics) {
        Inbox.Arrival arrival = watcher.inbox(topic).take(side);
        if (arrival != null && arrival.message() != null && arrival.message().retain()) {
          found.add(topic);
        }
      }
      client.leave();
    } catch (ConnectionFailure e) {
      // A broker that cannot be asked is not accused of keeping something.
    }
    return found;
  }
}
