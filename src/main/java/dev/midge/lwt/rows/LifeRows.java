package dev.midge.lwt.rows;

import static dev.midge.lwt.rows.DrillRows.ALL;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Effect;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.peer.Publishing;
import dev.midge.lwt.row.Finding;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.Timing;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Publish;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** The rows about several lives of one client, and about what it said before its end. */
final class LifeRows {
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  /** A broker may accept CONNECT and close the connection right after that. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private static final int MESSAGES = 300;

  /** As many as any broker takes that does not name a lower number. */
  private static final int MOST_IN_FLIGHT = 20;

  private LifeRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "replaced",
            "3.1.2-8",
            "Each connection has the will of its own CONNECT and no earlier one.",
            "clean end, other will, RST",
            "the new will only",
            ALL,
            Set.of(),
            LifeRows::replaced),
        new Row(
            "none-left",
            "3.1.2-10",
            "A will that was discarded does not come back with a connection that has none.",
            "clean end, no will, RST",
            "no will",
            ALL,
            Set.of(),
            LifeRows::noneLeft),
        new Row(
            "once",
            "3.1.2-8",
            "A will is published once, and a clean end later brings no other.",
            "RST, back, clean end",
            "exactly one will",
            ALL,
            Set.of(),
            LifeRows::once),
        new Row(
            "order",
            "4.6.0",
            "The will comes after the messages that its client has published before on the topic.",
            "300 messages, RST",
            "will behind them",
            ALL,
            Set.of(Row.Need.QOS_1),
            LifeRows::order),
        new Row(
            "wildcard-topic",
            "4.7.0-1",
            "A will topic is a topic name: one with a wildcard is refused.",
            "will topic a/#",
            "refused, nothing",
            ALL,
            Set.of(),
            LifeRows::wildcardTopic));
  }

  private static Finding replaced(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    run.connect(new Will(run.message("old", Qos.AT_MOST_ONCE, false))).endCleanly(END_LIMIT);
    Message other = run.message("new", Qos.AT_MOST_ONCE, false);
    return run.expect(other, run.atOnce(run.connect(new Will(other)).end(Effect.RESET)));
  }

  private static Finding noneLeft(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    run.connect(run.will()).endCleanly(END_LIMIT);
    return run.expectNothing(run.connect(null).end(Effect.RESET));
  }

  private static Finding once(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Finding will = run.expectWill(run.connect(run.will()).end(Effect.RESET));
    if (will.isFailed()) {
      return will;
    }
    DrillClient back = run.connect(run.will());
    long end = System.nanoTime();
    back.endCleanly(END_LIMIT);
    Finding rest = run.expectNothing(end);
    return rest.isFailed() ? will.and(Finding.failed("again: " + rest.seen())) : will;
  }

  private static Finding order(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Message will = run.message("offline", Qos.AT_LEAST_ONCE, false);
    DrillClient client = run.connect(new Will(will));
    int window = Math.min(MOST_IN_FLIGHT, run.context().receiveMaximum());
    Queue<Integer> inFlight = new ArrayDeque<>();
    for (int i = 1; i <= MESSAGES; i++) {
      if (inFlight.size() == window) {
        Publishing.acknowledged(client, inFlight.remove(), run.target());
      }
      Message message =
          Message.of(run.topic(), RowRun.bytes("message " + i), Qos.AT_LEAST_ONCE, false);
      int packetId = client.nextPacketId();
      client.send(new Publish(message, false, packetId));
      inFlight.add(packetId);
    }
    for (int packetId : inFlight) {
      Publishing.acknowledged(client, packetId, run.target());
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
      return Finding.failed(before + " messages and no will");
    }
    Duration after = arrival.since(end);
    if (before < MESSAGES) {
      return Finding.failed("will behind " + before + " of " + MESSAGES + " messages")
          .within(after, timing.bound());
    }
    Finding finding = Finding.ok("will behind " + before + " messages");
    return new Finding(timing.judge(after), finding.seen(), after, timing.bound(), null);
  }

  private static boolean isWill(Arrival arrival, Message will) {
    return arrival.message() != null && Arrays.equals(arrival.message().payload(), will.payload());
  }

  private static Finding wildcardTopic(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    String topic = run.topic() + "/#";
    Will will = new Will(Message.of(topic, RowRun.bytes("offline"), Qos.AT_MOST_ONCE, false));
    long end = System.nanoTime();
    try {
      DrillClient client = run.victim("v").with(will).tryToOpen();
      if (!client.awaitEnd(CLOSE_LIMIT)) {
        client.end(Effect.RESET);
        return Finding.failed("CONNECT is accepted");
      }
      Finding rest = run.expectNothing(end);
      return rest.isFailed() ? rest : Finding.ok("closed");
    } catch (ConnectionFailure refusal) {
      Finding rest = run.expectNothing(end);
      return rest.isFailed() ? rest : Finding.ok("refused");
    }
  }
}
