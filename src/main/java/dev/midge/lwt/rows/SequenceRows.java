package dev.midge.lwt.rows;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Effect;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.peer.PacketClient;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.lwt.row.Timing;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** The rows about several connections of one client, and about its messages before its end. */
final class SequenceRows {
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  /** The time in which a broker may close the connection that it has accepted. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private static final int MESSAGES = 300;

  /** A window that any broker takes which names no lower receive maximum. */
  private static final int MOST_IN_FLIGHT = 20;

  private SequenceRows() {}

  static List<Row> all() {
    return List.of(
        Row.of(
            "replaced",
            "3.1.2-8",
            "Each connection has the will of its own CONNECT and no earlier one.",
            "clean end, other will, RST",
            "the new will only",
            SequenceRows::replaced),
        Row.of(
            "none-left",
            "3.1.2-10",
            "A will that was discarded does not come back with a connection that has none.",
            "clean end, no will, RST",
            "no will",
            SequenceRows::noneLeft),
        Row.of(
            "once",
            "3.1.2-8",
            "A will is published once, and a clean end later brings no other.",
            "RST, back, clean end",
            "exactly one will",
            SequenceRows::once),
        Row.of(
                "order",
                "4.6.0",
                "The will comes after the messages that its client has published before on the topic.",
                "300 messages, RST",
                "will behind them",
                SequenceRows::order)
            .needing(Row.Need.QOS_1),
        Row.of(
                "wildcard-topic",
                "4.7.0-1",
                "A will topic is a topic name: one with a wildcard is refused.",
                "will topic a/#",
                "refused, nothing",
                SequenceRows::wildcardTopic)
            .onlyByPackets());
  }

  private static ScriptResult replaced(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    run.connect(new Will(run.message("old", Qos.AT_MOST_ONCE, false))).endCleanly(END_LIMIT);
    Message other = run.message("new", Qos.AT_MOST_ONCE, false);
    return run.expect(other, run.atOnce(run.connect(new Will(other)).end(Effect.RESET)));
  }

  private static ScriptResult noneLeft(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    run.connect(run.will()).endCleanly(END_LIMIT);
    return run.expectNothing(run.victim("v").open().end(Effect.RESET));
  }

  private static ScriptResult once(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    ScriptResult will = run.expectWill(run.connect(run.will()).end(Effect.RESET));
    if (will.isFailed()) {
      return will;
    }
    DrillClient back = run.connect(run.will());
    long end = System.nanoTime();
    back.endCleanly(END_LIMIT);
    ScriptResult rest = run.expectNothing(end);
    return rest.isFailed() ? will.and(ScriptResult.failed("again: " + rest.seen())) : will;
  }

  private static ScriptResult order(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Message will = run.message("offline", Qos.AT_LEAST_ONCE, false);
    DrillClient client = run.connect(new Will(will));
    int window = Math.min(MOST_IN_FLIGHT, run.context().receiveMaximum());
    Queue<DrillClient.Acknowledgement> inFlight = new ArrayDeque<>();
    for (int i = 1; i <= MESSAGES; i++) {
      if (inFlight.size() == window) {
        inFlight.remove().await();
      }
      Message message =
          Message.of(run.topic(), RowRun.bytes("message " + i), Qos.AT_LEAST_ONCE, false);
      inFlight.add(client.publish(message));
    }
    for (DrillClient.Acknowledgement last : inFlight) {
      last.await();
    }
    long end = client.end(Effect.RESET);
    Timing timing = run.atOnce(end);
    int before = 0;
    Arrival arrival = run.inbox().take(timing.deadline());
    while (arrival != null && !isWill(arrival, will)) {
      before++;
      arrival = run.inbox().take(timing.deadline());
    }
    if (arrival == null) {
      return ScriptResult.failed(before + " messages and no will");
    }
    Duration after = arrival.since(end);
    if (before < MESSAGES) {
      return ScriptResult.failed("will behind " + before + " of " + MESSAGES + " messages")
          .withTime(after, timing.bound());
    }
    return timing.judged("will behind " + before + " messages", after);
  }

  private static boolean isWill(Arrival arrival, Message will) {
    return arrival.hasPayload(will.payload());
  }

  private static ScriptResult wildcardTopic(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    String topic = run.topic() + "/#";
    Will will = new Will(Message.of(topic, RowRun.bytes("offline"), Qos.AT_MOST_ONCE, false));
    long end = System.nanoTime();
    try {
      PacketClient client = run.packets(run.victim("v").with(will).tryToOpen());
      if (!client.awaitEnd(CLOSE_LIMIT)) {
        client.end(Effect.RESET);
        return ScriptResult.failed("CONNECT is accepted");
      }
      ScriptResult rest = run.expectNothing(end);
      return rest.isFailed() ? rest : ScriptResult.ok("closed");
    } catch (ConnectionFailure refusal) {
      ScriptResult rest = run.expectNothing(end);
      return rest.isFailed() ? rest : ScriptResult.ok("refused");
    }
  }
}
