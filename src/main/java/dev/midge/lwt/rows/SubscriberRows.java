package dev.midge.lwt.rows;

import static dev.midge.lwt.rows.TakeoverRows.LONG_EXPIRY;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Effect;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.peer.Watcher;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.lwt.row.Timing;
import dev.midge.lwt.row.Victim;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows about the subscribers whom a will reaches, and about many wills at once. */
final class SubscriberRows {
  private static final int MANY = 20;
  private static final int STORM = 200;
  private static final int GROUP = 3;
  private static final int ATTEMPTS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** The time in which a subscriber of a group may receive a second copy. */
  private static final Duration DUPLICATE_TIMEOUT = Duration.ofMillis(200);

  private SubscriberRows() {}

  static List<Row> all() {
    return List.of(
        Row.of(
                "to-absent",
                "4.1.0",
                "A will of QoS 1 waits for a subscriber who is away and whose session is kept.",
                "RST, subscriber away",
                "will on his return",
                SubscriberRows::toAbsent)
            .needing(Row.Need.QOS_1),
        Row.of(
                "to-itself",
                "3.1.2-8",
                "A client whose kept session subscribes to the topic of its will gets it on its"
                    + " return.",
                "RST, own subscription",
                "own will on return",
                SubscriberRows::toItself)
            .needing(Row.Need.QOS_1),
        Row.of(
                "to-group",
                "4.8.2",
                "A will goes to one member of a group that shares a subscription.",
                "RST, group of three",
                "will to one of them",
                SubscriberRows::toGroup)
            .onlyV5()
            .needing(Row.Need.SHARED_SUBSCRIPTIONS),
        Row.of(
            "to-many",
            "3.1.2-8",
            "A will goes to each subscriber.",
            "RST, 20 subscribers",
            "one copy each",
            SubscriberRows::toMany),
        Row.of(
            "storm",
            "3.1.2-8",
            "Clients that are reset together have their wills published, each of them.",
            "200 clients, RST",
            "200 wills",
            SubscriberRows::storm));
  }

  /**
   * Connects and subscribes; tries again where the broker closes the connection on SUBSCRIBE, as
   * some do that have not finished with CONNECT.
   */
  private static Watcher subscriber(RowRun run, Victim victim, String filter)
      throws ConnectionFailure, RowAborted, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Watcher watcher = new Watcher();
      DrillClient client = victim.handing(watcher).open();
      int code = watcher.on(client).subscribe(Subscription.of(filter, Qos.AT_LEAST_ONCE));
      if (code >= 0 && !ReasonCode.isFailure(code)) {
        return watcher;
      }
      if (code >= 0) {
        throw new RowAborted("a subscriber was refused: " + ReasonCode.text(code));
      }
      if (!client.isEnded() || attempt == ATTEMPTS) {
        throw new RowAborted("a subscriber got no SUBACK");
      }
    }
  }

  private static Message will(RowRun run) {
    return run.message("offline", run.context().acknowledged(), false);
  }

  private static ScriptResult toAbsent(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    subscriber(run, run.victim("s").kept(LONG_EXPIRY), run.topic()).client().endCleanly(LIMIT);
    long end = run.connect(new Will(will(run))).end(Effect.RESET);
    ScriptResult live = run.expect(will(run), run.atOnce(end));
    return live.isFailed() ? live : live.and(onReturn(run, run.victim("s")));
  }

  private static ScriptResult toItself(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Victim itself = run.victim("v").with(new Will(will(run))).kept(LONG_EXPIRY);
    long end = subscriber(run, itself, run.topic()).client().end(Effect.RESET);
    ScriptResult live = run.expect(will(run), run.atOnce(end));
    return live.isFailed() ? live : live.and(onReturn(run, run.victim("v")));
  }

  private static ScriptResult onReturn(RowRun run, Victim victim)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Watcher back = new Watcher();
    DrillClient client = victim.kept(LONG_EXPIRY).resuming().handing(back).open();
    Arrival arrival = back.inbox(run.topic()).take(LIMIT);
    client.endCleanly(LIMIT);
    return arrival == null
        ? ScriptResult.failed("nothing on return")
        : arrival.is(will(run))
            ? ScriptResult.ok("will on return")
            : ScriptResult.failed("on return: " + arrival.text());
  }

  private static ScriptResult toGroup(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    List<Watcher> group = new ArrayList<>();
    for (int i = 1; i <= GROUP; i++) {
      String filter = "$share/" + run.clientId("g") + "/" + run.topic();
      group.add(subscriber(run, run.victim("s" + i), filter));
    }
    long end = run.connect(new Will(will(run))).end(Effect.RESET);
    ScriptResult live = run.expect(will(run), run.atOnce(end));
    if (live.isFailed()) {
      return live;
    }
    int copies = count(run, group);
    return live.and(
        copies == 1
            ? ScriptResult.ok("one copy")
            : ScriptResult.failed(copies + " copies to a group of " + GROUP));
  }

  /** Counts the copies that arrive, waiting longer for the first than for one too many. */
  private static int count(RowRun run, List<Watcher> watchers)
      throws ConnectionFailure, RowAborted, InterruptedException {
    long first = System.nanoTime() + LIMIT.toNanos();
    int copies = 0;
    while (copies == 0 && System.nanoTime() < first) {
      for (Watcher watcher : watchers) {
        long soon = System.nanoTime() + DUPLICATE_TIMEOUT.toNanos();
        while (watcher.inbox(run.topic()).take(soon) != null) {
          copies++;
        }
      }
    }
    return copies;
  }

  private static ScriptResult toMany(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    List<Watcher> subscribers = new ArrayList<>();
    for (int i = 1; i <= MANY; i++) {
      subscribers.add(subscriber(run, run.victim("s" + i), run.topic()));
    }
    long end = run.connect(new Will(will(run))).end(Effect.RESET);
    ScriptResult live = run.expect(will(run), run.atOnce(end));
    if (live.isFailed()) {
      return live;
    }
    int without = 0;
    for (Watcher each : subscribers) {
      if (each.inbox(run.topic()).take(run.atOnce(end).deadline()) == null) {
        without++;
      }
    }
    int tooMany = 0;
    for (Watcher each : subscribers) {
      tooMany += each.inbox(run.topic()).takeRest().size();
    }
    return without + tooMany == 0
        ? ScriptResult.ok(MANY + " copies to " + MANY).withTime(live.after(), live.bound())
        : live.and(
            ScriptResult.failed(
                without + " subscribers without it, " + tooMany + " copies too many"));
  }

  private static ScriptResult storm(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Qos qos = run.context().acknowledged();
    List<DrillClient> clients = new ArrayList<>();
    for (int i = 1; i <= STORM; i++) {
      Message message = Message.of(run.topic(), RowRun.bytes("offline " + i), qos, false);
      clients.add(run.victim("v" + i).with(new Will(message)).quiet().open());
    }
    run.tell(STORM + " clients connected, each with a will");
    Map<String, Long> ends = new HashMap<>(); // Each will counts from the end of its own client.
    for (int i = 1; i <= STORM; i++) {
      ends.put("offline " + i, clients.get(i - 1).end(Effect.RESET));
    }
    Timing timing = run.atOnce(System.nanoTime());
    Duration last = Duration.ZERO;
    for (int count = 0; count < STORM; count++) {
      Arrival arrival = run.inbox().take(timing.deadline());
      if (arrival == null) {
        return ScriptResult.failed(count + " wills of " + STORM).withTime(null, timing.bound());
      }
      Message will = arrival.message();
      Long end = will == null ? null : ends.remove(new String(will.payload(), UTF_8));
      if (end == null) {
        return ScriptResult.failed(arrival.text() + " came twice, or is nobody's will")
            .withTime(null, timing.bound());
      }
      Duration after = arrival.since(end);
      last = after.compareTo(last) > 0 ? after : last;
    }
    return timing.judged(STORM + " wills of " + STORM, last);
  }
}
