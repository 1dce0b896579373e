package dev.midge.lwt.rows;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Effect;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.row.LateSubscriber;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Will;
import java.util.List;

/** The rows about retained wills, which late subscribers receive. */
final class RetainedRows {
  private RetainedRows() {}

  static List<Row> all() {
    return List.of(
        Row.of(
                "retained",
                "3.1.2-15, 3.3.1-8",
                "A retained will is kept for late subscribers; a live copy has no retain flag.",
                "retained will, RST",
                "will, and retained",
                RetainedRows::retained)
            .needing(Row.Need.RETAIN),
        Row.of(
                "retained-replaces",
                "3.3.1-5",
                "A retained will replaces the retained message on its topic.",
                "\"online\", retained will, RST",
                "will alone retained",
                RetainedRows::replaces)
            .needing(Row.Need.RETAIN),
        Row.of(
                "retained-clears",
                "3.3.1-6",
                "An empty retained will removes the retained message on its topic.",
                "\"online\", empty will, RST",
                "nothing retained",
                RetainedRows::clears)
            .needing(Row.Need.RETAIN));
  }

  private static ScriptResult retained(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    return cut(run, run.message("offline", run.context().acknowledged(), true));
  }

  private static ScriptResult replaces(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    online(run);
    return cut(run, run.message("offline", run.context().acknowledged(), true));
  }

  /** Retains the message that the will is to replace or to clear. */
  private static void online(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Message online = run.message("online", run.context().acknowledged(), true);
    DrillClient device = run.victim("p").open();
    run.publish(device, online);
    ScriptResult live = run.expect(live(online), run.atOnce(System.nanoTime()));
    if (live.isFailed()) {
      throw new RowAborted("the retained message before the will did not arrive: " + live.seen());
    }
  }

  private static Message live(Message message) {
    return Message.of(message.topic(), message.payload(), message.qos(), false);
  }

  private static ScriptResult cut(RowRun run, Message will)
      throws ConnectionFailure, RowAborted, InterruptedException {
    long end = run.connect(new Will(will)).end(Effect.RESET);
    ScriptResult live = run.expect(live(will), run.atOnce(end)); // [MQTT-3.3.1-9]
    if (live.isFailed()) {
      return live;
    }
    List<Arrival> late = LateSubscriber.look(run, "l", run.topic(), true);
    boolean asExpected = late.size() == 1 && late.get(0).is(will);
    return live.and(
        asExpected
            ? ScriptResult.ok("retained")
            : ScriptResult.failed("late: " + LateSubscriber.text(late)));
  }

  private static ScriptResult clears(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    online(run);
    Message empty = Message.of(run.topic(), new byte[0], run.context().acknowledged(), true);
    long end = run.connect(new Will(empty)).end(Effect.RESET);
    ScriptResult live = run.expect(live(empty), run.atOnce(end));
    if (live.isFailed()) {
      return live;
    }
    List<Arrival> late = LateSubscriber.look(run, "l", run.topic(), false);
    return live.and(
        late.isEmpty()
            ? ScriptResult.ok("nothing retained")
            : ScriptResult.failed("late: " + LateSubscriber.text(late)));
  }
}
