package dev.midge.lwt.rows;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Effect;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.lwt.row.Verdict;
import dev.midge.lwt.row.Victim;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The rows in which only the keep alive shows the broker that the client is gone. */
final class KeepAliveRows {
  /** In seconds; the first one that the broker accepts is used, to be quick. */
  private static final int[] KEEP_ALIVES = {2, 5, 10, 30, 60};

  private static final int LONG_KEEP_ALIVE = 3600;
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(200);

  private KeepAliveRows() {}

  static List<Row> all() {
    return List.of(
        Row.of(
            "freeze",
            "3.1.2-22",
            "A client that is silent for 1.5 times its keep alive counts as gone, and its will is"
                + " published.",
            "silence",
            "by 1.5 × keep alive",
            KeepAliveRows::freeze),
        Row.of(
            "freeze-downstream",
            "3.1.2-22",
            "What the broker sends to a silent client is no sign of its life.",
            "silence, messages to it",
            "by 1.5 × keep alive",
            KeepAliveRows::freezeDownstream),
        Row.of(
                "freeze-half-packet",
                "3.1.2-22",
                "A small packet that is never completed is no sign of life.",
                "half a packet, silence",
                "by 1.5 × keep alive",
                KeepAliveRows::freezeHalfPacket)
            .onlyByPackets(),
        Row.of(
                "server-keep-alive",
                "3.1.2-21",
                "Where the broker sends a Server Keep Alive, that one counts.",
                "silence",
                "by 1.5 × its own",
                KeepAliveRows::serverKeepAlive)
            .onlyV5());
  }

  private static ScriptResult freeze(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = connect(run, victim -> victim);
    return isTooLong(run, client) ? tooLong(client) : silence(run, client);
  }

  /**
   * Connects with the shortest keep alive that the broker takes.
   *
   * @param way says more of the client
   */
  static DrillClient connect(RowRun run, UnaryOperator<Victim> way)
      throws ConnectionFailure, RowAborted, InterruptedException {
    for (int seconds : KEEP_ALIVES) {
      try {
        return way.apply(run.victim("v").with(run.will()).keepAlive(seconds)).tryToOpen();
      } catch (ConnectionFailure e) {
        if (e.kind() != ConnectionFailure.Kind.REFUSED
            || seconds == KEEP_ALIVES[KEEP_ALIVES.length - 1]) {
          throw run.unable("could not connect", e);
        }
      }
    }
    throw new IllegalStateException("the last keep alive returned or threw");
  }

  static boolean isTooLong(RowRun run, DrillClient client) {
    long silence = client.keepAlive() * 3 / 2;
    return silence == 0 || silence > run.context().arrivalTimeout().toSeconds();
  }

  static ScriptResult tooLong(DrillClient client) {
    long seconds = client.keepAlive();
    String more = seconds == 0 ? "" : "; --patience " + (seconds * 3 / 2 + 1) + " waits for it";
    return ScriptResult.skipped("the broker wants a keep alive of " + seconds + " s" + more);
  }

  private static ScriptResult silence(RowRun run, DrillClient client)
      throws ConnectionFailure, RowAborted, InterruptedException {
    long lastPacket = client.lastSent();
    client.end(Effect.FREEZE);
    return await(run, client, lastPacket);
  }

  static ScriptResult await(RowRun run, DrillClient client, long lastPacket)
      throws ConnectionFailure, RowAborted, InterruptedException {
    run.tell("is silent, keep alive " + client.keepAlive() + " s");
    run.onlyWaits("1.5 × keep alive of " + run.rowId());
    ScriptResult result = run.expect(run.message(), run.silence(lastPacket, client.keepAlive()));
    boolean asExpected = result.verdict() == Verdict.OK && client.keepAlive() == KEEP_ALIVES[0];
    return asExpected ? result : result.withReason("keep alive " + client.keepAlive() + " s");
  }

  private static ScriptResult freezeDownstream(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = connect(run, victim -> victim);
    if (isTooLong(run, client)) {
      return tooLong(client);
    }
    String downstream = run.topic("downstream");
    Qos qos = run.context().acknowledged();
    if (client.subscribe(Subscription.of(downstream, qos)) < 0) {
      throw new RowAborted("no SUBACK came");
    }
    DrillClient publisher = run.victim("f").open();
    long lastPacket = client.lastSent();
    client.end(Effect.FREEZE);
    Thread thread = new Thread(new Publisher(publisher, downstream, qos), "midge lwt publisher");
    thread.setDaemon(true);
    thread.start();
    try {
      return await(run, client, lastPacket);
    } finally {
      thread.interrupt();
    }
  }

  /** Publishes to the silent client, in QoS 0 and QoS 1 by turns, until it is interrupted. */
  private record Publisher(DrillClient client, String topic, Qos qos) implements Runnable {
    @Override
    public void run() {
      try {
        for (int i = 0; ; i++) {
          Qos next = i % 2 == 0 ? Qos.AT_MOST_ONCE : qos;
          Message message = Message.of(topic, RowRun.bytes("down " + i), next, false);
          client.publish(message);
          Thread.sleep(BETWEEN_MESSAGES.toMillis());
        }
      } catch (ConnectionFailure | InterruptedException e) {
        // The row is over.
      }
    }
  }

  private static ScriptResult freezeHalfPacket(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = connect(run, victim -> victim);
    if (isTooLong(run, client)) {
      return tooLong(client);
    }
    long lastPacket = client.lastSent();
    run.packets(client).sendBytes(HalfPublish.bytes(run), "half a PUBLISH");
    client.end(Effect.FREEZE);
    return await(run, client, lastPacket).and(HalfPublish.expectNone(run));
  }

  private static ScriptResult serverKeepAlive(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.victim("v").with(run.will()).keepAlive(LONG_KEEP_ALIVE).open();
    if (!client.connack().properties().has(Property.SERVER_KEEP_ALIVE)) {
      return ScriptResult.skipped("the broker sends no Server Keep Alive");
    }
    return isTooLong(run, client) ? tooLong(client) : silence(run, client);
  }
}
