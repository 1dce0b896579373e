package dev.midge.lwt.row;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.peer.Watcher;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Subscribes after the end of a row, and receives the messages that the broker has retained. */
public final class LateSubscriber {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Some brokers send retained messages after those that are published meanwhile. */
  private static final Duration RETAINED_LIMIT = Duration.ofMillis(300);

  private LateSubscriber() {}

  /**
   * Subscribes and returns the retained messages on a topic.
   *
   * @param expecting whether a message should be there, for which the subscriber waits longer
   */
  public static List<Arrival> look(RowRun run, String role, String topic, boolean expecting)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Watcher late =
        new Watcher(
            (from, text) -> {
              if (from.equals(topic)) {
                run.tellReceived("late", from + " " + text);
              }
            },
            ClientEvents.NONE);
    try (DrillClient client = run.victim(role).handing(late).open()) {
      late.on(client);
      String marker = run.topic("marker" + role);
      subscribe(late, marker);
      subscribe(late, topic);
      // The broker sends this message after the retained ones.
      run.publish(client, Message.empty(marker));
      late.inbox(marker).take(LIMIT);
      List<Arrival> all = new ArrayList<>();
      Duration first = expecting ? LIMIT : RETAINED_LIMIT;
      Arrival next = late.inbox(topic).take(first);
      while (next != null) {
        all.add(next);
        next = late.inbox(topic).take(RETAINED_LIMIT);
      }
      client.endCleanly(LIMIT);
      return all;
    }
  }

  private static void subscribe(Watcher late, String topic)
      throws ConnectionFailure, RowAborted, InterruptedException {
    int code = late.subscribe(new Subscription(topic, Qos.EXACTLY_ONCE, false, false, 0));
    if (code < 0 || ReasonCode.isFailure(code)) {
      throw new RowAborted(
          code < 0
              ? "a late subscriber got no SUBACK"
              : "a late subscriber was refused: " + ReasonCode.text(code));
    }
  }

  /** Returns a description of the messages. */
  public static String text(List<Arrival> seen) {
    if (seen.isEmpty()) {
      return "nothing";
    }
    StringBuilder text = new StringBuilder();
    for (Arrival arrival : seen) {
      text.append(text.length() == 0 ? "" : " and ").append(arrival.text());
    }
    return text.toString();
  }
}
