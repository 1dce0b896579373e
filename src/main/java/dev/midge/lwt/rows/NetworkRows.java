package dev.midge.lwt.rows;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.Moment;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.lwt.row.Timing;
import dev.midge.lwt.row.Verdict;
import dev.midge.mqtt.Message;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The rows that need a network between client and broker, which fails while both are well. They are
 * played by the drill's own packets: the client goes on to ping whatever it does not hear.
 */
public final class NetworkRows {
  private static final Duration FOR_EVER = Duration.ofHours(1);
  private static final Duration LATENCY = Duration.ofMillis(500);
  private static final int BYTES_PER_SECOND = 1024;
  private static final int LARGE = 3 * BYTES_PER_SECOND;
  private static final int SLOW_KEEP_ALIVE = 5;

  /** The large message takes 3 s; after that it is lost. */
  private static final Duration LARGE_BOUND = Duration.ofSeconds(8);

  private static final Duration LARGE_LOST = Duration.ofSeconds(20);

  private NetworkRows() {}

  /** Returns the rows, which are skipped where there is no such network. */
  public static List<Row> all() {
    return List.of(
        row(
            "blackout-short",
            "A network that carries nothing for less than the keep alive leaves the connection, and"
                + " the will, as they are.",
            "blackout of half the keep alive",
            "none; after a reset will",
            NetworkRows::shortBlackout),
        row(
            "blackout-long",
            "A network that carries nothing for longer than 1.5 times the keep alive takes the"
                + " client away, and its will is published.",
            "blackout without an end",
            "by 1.5 × keep alive",
            NetworkRows::longBlackout),
        row(
            "half-open-in",
            "A client that hears nothing any more, and still sends, counts as present.",
            "nothing reaches the client",
            "none; after a reset will",
            NetworkRows::halfOpenIn),
        row(
            "half-open-out",
            "A client that hears everything, and of which nothing is heard, counts as gone after"
                + " 1.5 times the keep alive.",
            "nothing leaves the client",
            "by 1.5 × keep alive",
            NetworkRows::halfOpenOut),
        row(
            "latency",
            "Latency of half a second in each direction is no reason for a will.",
            "latency of 500 ms",
            "none; after a reset will",
            NetworkRows::latency),
        row(
            "slow-link",
            "A large message that is slow to come is no reason for a will before 1.5 times the keep"
                + " alive.",
            "1 KB/s, a message of 3 KB",
            "message; after a reset will",
            NetworkRows::slowLink));
  }

  private static Row row(
      String id, String rule, String ending, String expected, Row.Script script) {
    return Row.of(id, "3.1.2-22", rule, ending, expected, script)
        .onlyByPackets()
        .needing(Row.Need.NETWORK);
  }

  private static ScriptResult shortBlackout(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    return staysThere(
        run, client -> new Effect.Blackout(Duration.ofMillis(client.keepAlive() * 500)));
  }

  private static ScriptResult halfOpenIn(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    return staysThere(run, client -> new Effect.Freeze(Direction.IN));
  }

  private static ScriptResult latency(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    return staysThere(run, client -> new Effect.Delay(LATENCY, Duration.ZERO));
  }

  /** Depends on the keep alive of the client. */
  private interface NetworkEffect {
    Effect of(DrillClient client);
  }

  /** A fault that the client survives; only its end by a reset brings the will. */
  private static ScriptResult staysThere(RowRun run, NetworkEffect effect)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = KeepAliveRows.connect(run, victim -> victim.throughNetwork());
    if (KeepAliveRows.isTooLong(run, client)) {
      return KeepAliveRows.tooLong(client);
    }
    long start = System.nanoTime();
    fail(run, effect.of(client));
    Duration silence = Duration.ofMillis(client.keepAlive() * 1500).plusSeconds(1);
    ScriptResult none = run.expectNothing(start, silence);
    if (none.isFailed()) {
      return none;
    }
    return run.expectWill(client.end(Effect.RESET)); // It was there, and it had its will.
  }

  private static ScriptResult longBlackout(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    return goesAway(run, new Effect.Blackout(FOR_EVER));
  }

  private static ScriptResult halfOpenOut(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    return goesAway(run, new Effect.Freeze(Direction.OUT));
  }

  private static ScriptResult goesAway(RowRun run, Effect effect)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = KeepAliveRows.connect(run, victim -> victim.throughNetwork());
    if (KeepAliveRows.isTooLong(run, client)) {
      return KeepAliveRows.tooLong(client);
    }
    long lastPacket = client.lastSent();
    fail(run, effect);
    return KeepAliveRows.await(run, client, lastPacket);
  }

  private static ScriptResult slowLink(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client =
        run.victim("v").with(run.will()).throughNetwork().keepAlive(SLOW_KEEP_ALIVE).open();
    long keepAlive = client.keepAlive();
    if (keepAlive > 0 && keepAlive < SLOW_KEEP_ALIVE) {
      return ScriptResult.skipped("the broker wants a keep alive of " + keepAlive + " s");
    }
    byte[] payload = new byte[LARGE];
    Arrays.fill(payload, (byte) 'x');
    Message large = Message.of(run.topic("large"), payload, run.context().acknowledged(), false);
    run.inbox(large.topic()); // Before it can come.
    fail(run, new Effect.Throttle(BYTES_PER_SECOND));
    long start = System.nanoTime();
    run.onlyWaits("the large message of " + run.rowId());
    DrillClient.Acknowledgement acknowledgement = client.publish(large);
    ScriptResult whole =
        run.expect(
            large, new Timing(start, Duration.ZERO, Verdict.FAILED, LARGE_BOUND, LARGE_LOST));
    if (whole.isFailed()) {
      return whole;
    }
    acknowledgement.await();
    return run.expectWill(client.end(Effect.RESET));
  }

  private static void fail(RowRun run, Effect effect) throws RowAborted, InterruptedException {
    run.network().fail(run.clientId("v"), new Fault(effect, new Moment.Connected()));
    run.tell("has a network with " + effect.text());
    run.trace().event("network", effect.text());
  }
}
