package dev.midge.lwt.row;

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

/** A subscriber who comes when all is over, and sees what the broker has retained. */
public final class LateSubscriber {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Some brokers fetch retained messages on the side, behind what is published meanwhile. */
  private static final Duration ON_THE_SIDE = Duration.ofMillis(300);

  private LateSubscriber() {}

  /**
   * Subscribes and returns what is retained there.
   *
   * @param expecting whether something should be, which is then waited for
   */
  public static List<Arrival> look(RowRun run, String role, String topic, boolean expecting)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Watcher late =
        new Watcher(
            (from, words) -> {
              if (from.equals(topic)) {
                run.context().listener().received(run.row(), "late", from + " " + words);
              }
            });
    try (DrillClient client = run.victim(role).handing(late).open()) {
      late.on(client);
      String marker = run.topic("marker" + role);
      subscribe(late, marker, run);
      subscribe(late, topic, run);
      // What the late subscriber publishes itself comes after whatever was retained.
      run.publish(client, Message.empty(marker));
      late.inbox(marker).take(System.nanoTime() + LIMIT.toNanos());
      List<Arrival> all = new ArrayList<>();
      Duration patience = expecting ? LIMIT : ON_THE_SIDE;
      Arrival next = late.inbox(topic).take(System.nanoTime() + patience.toNanos());
      while (next != null) {
        all.add(next);
        next = late.inbox(topic).take(System.nanoTime() + ON_THE_SIDE.toNanos());
      }
      client.endCleanly(LIMIT);
      return all;
    }
  }

  private static void subscribe(Watcher late, String topic, RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    int code =
        late.subscribe(new Subscription(topic, Qos.EXACTLY_ONCE, false, false, 0), run.target());
    if (code < 0 || ReasonCode.isFailure(code)) {
      throw new RowAborted(
          code < 0
              ? "a late subscriber got no SUBACK"
              : "a late subscriber was refused: " + ReasonCode.text(code));
    }
  }

  public static String words(List<Arrival> seen) {
    if (seen.isEmpty()) {
      return "nothing";
    }
    StringBuilder words = new StringBuilder();
    for (Arrival arrival : seen) {
      words.append(words.length() == 0 ? "" : " and ").append(arrival.words());
    }
    return words.toString();
  }
}
