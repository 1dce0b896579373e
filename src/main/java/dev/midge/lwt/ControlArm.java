package dev.midge.lwt;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Effect;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.row.Finding;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.RowRun;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Will;
import java.time.Duration;
import java.util.Arrays;

/**
 * The proof of a red row: a plain will on the same topic, left by a reset right after it, must
 * reach the same watcher. Then the broker could have kept the rule and the drill would have seen
 * it.
 */
final class ControlArm {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private ControlArm() {}

  /** Returns the result of the red row, or that it was not examined. */
  static RowResult confirm(RowRun run, Finding finding) throws InterruptedException {
    String failure = play(run);
    if (failure == null) {
      return RowResult.of(
          run.row(), finding, RowResult.Control.OK, finding.reason(), run.trace().packets());
    }
    String reason = "the control failed: " + failure + " (seen before: " + finding.seen() + ")";
    return RowResult.of(
        run.row(),
        Finding.notExamined(reason),
        RowResult.Control.FAILED,
        reason,
        run.trace().packets());
  }

  /** Returns null when the control's message has come, else what was seen in its place. */
  private static String play(RowRun run) throws InterruptedException {
    boolean plainEnding = isPlainEnding(run.row());
    run.trace().event("control", "the control arm begins");
    run.tell("control arm: the same will by " + (isReset(run.row()) ? "FIN" : "RST"));
    try {
      if (await(run, leave(run))) {
        return null;
      }
      // Where the row itself is about such an end, an ordinary message shows that one would come.
      if (plainEnding && await(run, publish(run))) {
        return null;
      }
      return "nothing came of a will by " + (isReset(run.row()) ? "FIN" : "RST") + " either";
    } catch (RowAborted e) {
      return e.getMessage();
    } catch (ConnectionFailure e) {
      return run.unable("lost its connection", e).getMessage();
    }
  }

  private static boolean isReset(Row row) {
    return row.id().equals("reset");
  }

  private static boolean isPlainEnding(Row row) {
    return isReset(row) || row.id().equals("close");
  }

  private static Message leave(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Message message = run.message("control", run.context().acknowledged(), false);
    DrillClient client = run.victim("c").with(new Will(message)).open();
    client.end(isReset(run.row()) ? Effect.CLOSE : Effect.RESET);
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
            .take(
                seen ->
                    seen.message() != null
                        && Arrays.equals(seen.message().payload(), message.payload()),
                System.nanoTime() + LIMIT.toNanos());
    return arrival != null;
  }
}
