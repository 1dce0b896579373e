package dev.midge.lwt.rows;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.lwt.row.Victim;
import dev.midge.mqtt.Will;
import java.time.Duration;
import java.util.List;

/** The rows in which a second connection takes over the client id of one that is open. */
final class TakeoverRows {
  /** In seconds; longer than the limit of a will that is due at once. */
  static final int LONG_DELAY = 20;

  static final int LONG_EXPIRY = 300;

  /** In seconds; short, since the drill waits for its end. */
  private static final int SEEN_DELAY = 4;

  private static final Duration CLOCKS = Duration.ofSeconds(2);

  private TakeoverRows() {}

  static List<Row> all() {
    return List.of(
        Row.of(
            "takeover",
            "3.1.4-3, 3.1.2-8",
            "A second connection with the same client id ends the first, whose will is published.",
            "same client id",
            "will",
            run -> expect(run, run.victim("v").with(run.will()), run.victim("v"))),
        Row.of(
            "takeover-kept",
            "3.1.4, 3.1.2.5",
            "A will without delay is due at a take-over also when the session goes on.",
            "same id, session goes on",
            "will",
            run ->
                expect(
                    run,
                    run.victim("v").with(run.will()).kept(LONG_EXPIRY),
                    run.victim("v").kept(LONG_EXPIRY).resuming())),
        Row.of(
                "takeover-expiry-0",
                "3.1.2-8",
                "A session of expiry 0 ends with its connection at a take-over, and its will is due in"
                    + " spite of a delay.",
                "same id, delay 20, expiry 0",
                "will at once",
                run ->
                    expect(
                        run,
                        run.victim("v").with(run.delayed(LONG_DELAY)),
                        run.victim("v").resuming()))
            .onlyV5(),
        Row.of(
                "takeover-clean-start",
                "3.1.2-8, 3.1.4-4",
                "A take-over with Clean Start 1 ends the old session, and its will is due in spite of a"
                    + " delay.",
                "same id, delay, Clean Start",
                "will at once",
                run ->
                    expect(
                        run,
                        run.victim("v").with(run.delayed(LONG_DELAY)).kept(LONG_EXPIRY),
                        run.victim("v").kept(LONG_EXPIRY)))
            .onlyV5(),
        Row.of(
                "takeover-resume",
                "3.1.3-9",
                "A delayed will is not published when the client takes its session over before the"
                    + " delay has passed.",
                "same id, delay, resumed",
                "no will",
                TakeoverRows::resume)
            .onlyV5());
  }

  private static ScriptResult expect(RowRun run, Victim first, Victim second)
      throws ConnectionFailure, RowAborted, InterruptedException {
    first.open();
    long end = System.nanoTime();
    second.open();
    return run.expectWill(end);
  }

  private static ScriptResult resume(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Will will = run.delayed(SEEN_DELAY);
    run.victim("v").with(will).kept(LONG_EXPIRY).open();
    long end = System.nanoTime();
    run.victim("v").kept(LONG_EXPIRY).resuming().open();
    return run.expectNothing(end, Duration.ofSeconds(SEEN_DELAY).plus(CLOCKS)); // [MQTT-3.1.3-9]
  }
}
