package dev.midge.lwt.rows;

import static dev.midge.lwt.rows.TakeoverRows.LONG_DELAY;
import static dev.midge.lwt.rows.TakeoverRows.LONG_EXPIRY;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Effect;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.peer.Watcher;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows about kept sessions and the Will Delay Interval. */
final class DelayRows {
  private static final int DELAY = 2;
  private static final Duration LATE = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private DelayRows() {}

  static List<Row> all() {
    return List.of(
        Row.of(
                "kept",
                "3.1.2-8",
                "A will without delay is published at once when the connection ends, and the kept"
                    + " session stays.",
                "kept session, RST",
                "will, session stays",
                DelayRows::kept)
            .needing(Row.Need.QOS_1),
        Row.of(
                "delay",
                "3.1.3-9",
                "A will with a delay is published when the delay has passed, and not before.",
                "delay 2, RST",
                "will after 2 s",
                DelayRows::delay)
            .onlyV5(),
        Row.of(
                "delay-resume",
                "3.1.3-9",
                "A delayed will is never published when the client resumes its session in time.",
                "delay 2, RST, resumed",
                "no will",
                DelayRows::resume)
            .onlyV5(),
        Row.of(
                "delay-clean-start",
                "3.1.2-8",
                "A client that comes back with Clean Start 1 ends its old session, whose delayed will"
                    + " is due.",
                "delay, RST, Clean Start",
                "will at once",
                DelayRows::cleanStart)
            .onlyV5(),
        Row.of(
                "delay-expiry",
                "3.1.3-9",
                "A session that expires before the delay of its will has passed has the will published"
                    + " then.",
                "delay 20, expiry 2, RST",
                "will after 2 s",
                DelayRows::expiry)
            .onlyV5(),
        Row.of(
                "delay-expiry-0",
                "3.1.2-8",
                "A session of expiry 0 ends with its connection, and its will is due in spite of a"
                    + " delay.",
                "delay 20, expiry 0, RST",
                "will at once",
                run -> run.expectWill(run.connect(run.delayed(LONG_DELAY)).end(Effect.RESET)))
            .onlyV5());
  }

  private static ScriptResult kept(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    String later = run.topic("later");
    DrillClient client = run.victim("v").with(run.will()).kept(LONG_EXPIRY).open();
    if (client.subscribe(Subscription.of(later, Qos.AT_LEAST_ONCE)) < 0) {
      throw new RowAborted("no SUBACK came");
    }
    ScriptResult will = run.expectWill(client.end(Effect.RESET));
    if (will.isFailed()) {
      return will;
    }
    DrillClient other = run.victim("p").open();
    run.publish(other, Message.of(later, RowRun.bytes("meanwhile"), Qos.AT_LEAST_ONCE, false));
    Watcher back = new Watcher();
    DrillClient resumed = run.victim("v").kept(LONG_EXPIRY).resuming().handing(back).open();
    if (run.target().version() != ProtocolVersion.V3_1
        && !resumed.connack().sessionPresent()) { // [MQTT-3.2.2-3]
      return will.and(ScriptResult.failed("the session was gone"));
    }
    Arrival meanwhile = back.inbox(later).take(LIMIT);
    resumed.endCleanly(LIMIT);
    return will.and(
        meanwhile == null
            ? ScriptResult.failed("the session lost a message")
            : ScriptResult.ok("message"));
  }

  /** Skips a row whose session the broker keeps for a shorter time; null for no such session. */
  private static @Nullable ScriptResult shortened(DrillClient client, int needed) {
    long expiry =
        client.connack().properties().number(Property.SESSION_EXPIRY_INTERVAL, LONG_EXPIRY);
    return expiry > needed
        ? null
        : ScriptResult.skipped("the broker keeps sessions for " + expiry + " s at most");
  }

  private static ScriptResult delay(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.victim("v").with(run.delayed(DELAY)).kept(LONG_EXPIRY).open();
    ScriptResult skipped = shortened(client, DELAY);
    if (skipped != null) {
      return skipped;
    }
    long end = client.end(Effect.RESET);
    run.onlyWaits("the delay of " + run.rowId());
    return run.expect(run.message(), run.after(end, DELAY));
  }

  private static ScriptResult resume(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.victim("v").with(run.delayed(DELAY)).kept(LONG_EXPIRY).open();
    ScriptResult skipped = shortened(client, DELAY);
    if (skipped != null) {
      return skipped;
    }
    long end = client.end(Effect.RESET);
    DrillClient back = run.victim("v").kept(LONG_EXPIRY).resuming().open();
    if (!back.connack().sessionPresent()) {
      return ScriptResult.failed("the session was gone");
    }
    return run.expectNothing(end, Duration.ofSeconds(DELAY).plus(LATE)); // [MQTT-3.1.3-9]
  }

  private static ScriptResult cleanStart(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.victim("v").with(run.delayed(LONG_DELAY)).kept(LONG_EXPIRY).open();
    client.end(Effect.RESET);
    long back = System.nanoTime();
    run.victim("v").kept(LONG_EXPIRY).open();
    return run.expectWill(back);
  }

  private static ScriptResult expiry(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.victim("v").with(run.delayed(LONG_DELAY)).kept(DELAY).open();
    long expiry = client.connack().properties().number(Property.SESSION_EXPIRY_INTERVAL, DELAY);
    if (expiry != DELAY) {
      return ScriptResult.skipped("the broker sets a session expiry of " + expiry + " s");
    }
    long end = client.end(Effect.RESET);
    run.onlyWaits("the session expiry of " + run.rowId());
    return run.expect(run.message(), run.after(end, DELAY));
  }
}
