package dev.midge.lwt;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Effect;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Will;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Confirms a red row: a plain will on the same topic, brought about by a reset right after it, must
 * reach the same watcher. That shows that the drill would have seen a broker that keeps the rule.
 */
final class ControlArm {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private ControlArm() {}

  /** Returns the result of the row: red, or not examined when the control arm fails. */
  static RowResult confirm(Row row, RowRun run, ScriptResult red) throws InterruptedException {
    String failure = play(row, run);
    if (failure == null) {
      return RowResult.of(row, red, RowResult.Control.OK, run.trace().packets());
    }
    String reason = "the control failed: " + failure + " (seen before: " + red.seen() + ")";
    return RowResult.of(
        row, ScriptResult.notExamined(reason), RowResult.Control.FAILED, run.trace().packets());
  }

  /** Returns null when the control's message has come, else a description of the failure. */
  private static @Nullable String play(Row row, RowRun run) throws InterruptedException {
    Effect effect = row.id().equals("reset") ? Effect.CLOSE : Effect.RESET;
    String how = effect == Effect.CLOSE ? "FIN" : "RST";
    run.trace().event("control", "the control arm begins");
    run.tell("control arm: the same will by " + how);
    try {
      if (await(run, leave(run, effect))) {
        return null;
      }
      // Where the row itself is about such an end, an ordinary message takes the place of the will.
      if (isPlainEnding(row) && await(run, publish(run))) {
        return null;
      }
      return "nothing came of a will by " + how + " either";
    } catch (RowAborted e) {
      return e.getMessage();
    } catch (ConnectionFailure e) {
      return run.unable("lost its connection", e).getMessage();
    }
  }

  private static boolean isPlainEnding(Row row) {
    return row.id().equals("reset") || row.id().equals("close");
  }

  private static Message leave(RowRun run, Effect effect)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Message message = run.message("control", run.context().acknowledged(), false);
    DrillClient client = run.victim("c").with(new Will(message)).open();
    client.end(effect);
    return message;
  }

  private static Message publish(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Message message = run.message("ordinary", run.context().acknowledged(), false);
    run.publish(run.victim("c2").open(), message);
    return message;
  }

  private static boolean await(RowRun run, Message message)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Arrival arrival =
        run.inbox()
            .take(seen -> seen.hasPayload(message.payload()), System.nanoTime() + LIMIT.toNanos());
    return arrival != null;
  }
}
