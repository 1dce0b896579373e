package dev.midge.lwt;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.peer.TracedPacket;
import dev.midge.lwt.row.Cleanup;
import dev.midge.lwt.row.DrillContext;
import dev.midge.lwt.row.DrillListener;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.lwt.row.Timing;
import dev.midge.lwt.row.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Plays one row on a thread of its own: its script, the control arm when it is red, the clean-up.
 */
final class RowPlayer {
  private final Row row;
  private final RowRun run;
  private final DrillListener listener;
  private final Thread thread;
  private volatile @Nullable RowResult result;
  private volatile boolean stopped;
  private volatile List<String> left = List.of();
  private volatile long begun;
  private volatile long ended;

  RowPlayer(Row row, DrillContext context, int pass, DrillListener listener) {
    this.row = row;
    DrillContext ofRow = row.byPackets() ? context.byPackets() : context;
    this.run = new RowRun(row.id(), ofRow, pass, listener.forRow(row));
    this.listener = listener;
    this.thread = new Thread(this::play, "midge lwt row " + row.id());
    thread.setDaemon(true);
  }

  /** Returns the topic of the row's will. */
  String topic() {
    return run.topic();
  }

  Cleanup cleanup() {
    return run.cleanup();
  }

  void start() {
    thread.start();
  }

  /** Waits until the row is over or only waits itself. */
  void awaitTurn() throws InterruptedException {
    run.awaitTurn();
  }

  void join() throws InterruptedException {
    thread.join();
  }

  /** Ends the row without a judgement. */
  void stop() {
    stopped = true;
    thread.interrupt();
    run.abandon();
  }

  RowPlayer notExamined(String reason) {
    judged(RowResult.notExamined(row, reason));
    return this;
  }

  private void judged(RowResult judgement) {
    result = judgement;
    listener.judged(judgement);
  }

  private void play() {
    begun = System.nanoTime();
    try {
      judged(examine());
      ended = System.nanoTime();
      run.closeInboxes();
      run.closeClients();
      left = run.cleanup().run();
    } catch (InterruptedException e) {
      Thread.interrupted(); // Whoever says goodbye may have to wait.
      run.abandon(); // Again, for a client that has come since the drill was stopped.
      if (result == null) {
        notExamined("the drill was ended");
      }
    } catch (RuntimeException e) {
      // A bug of the drill must not look like one of the broker.
      notExamined("the drill failed: " + e);
    } finally {
      run.closeClients();
      run.done();
    }
  }

  private RowResult examine() throws InterruptedException {
    String skipped = SkipReason.of(row, run.context());
    if (skipped != null) {
      return RowResult.of(row, ScriptResult.skipped(skipped), null, List.of());
    }
    ScriptResult script = script();
    if (script.isFailed()) {
      run.onlyWaits("the control arm of " + row.id());
      return ControlArm.confirm(row, run, script);
    }
    boolean ok = script.verdict() == Verdict.OK || script.verdict() == Verdict.SKIPPED;
    List<TracedPacket> trace = ok ? List.of() : run.trace().packets();
    return RowResult.of(row, script, null, trace);
  }

  private ScriptResult script() throws InterruptedException {
    try {
      return row.script().play(run);
    } catch (RowAborted e) {
      return unlessStopped(e.result());
    } catch (ConnectionFailure e) {
      return unlessStopped(run.unable("lost its connection", e).result());
    }
  }

  private ScriptResult unlessStopped(ScriptResult script) throws InterruptedException {
    if (stopped) {
      throw new InterruptedException();
    }
    return script;
  }

  /** Returns whether a topic is one of this row in this pass. */
  boolean owns(String topic) {
    return run.owns(topic);
  }

  /** Notes a message that the watcher has received. */
  void received(String topic, String text) {
    run.trace().add("watcher", TracedPacket.Direction.RECEIVED, "PUBLISH '" + topic + "' " + text);
    run.tellReceived("watcher", topic + " " + text);
  }

  /** Returns descriptions of what the row could not remove; of use once it is over. */
  List<String> left() {
    return left;
  }

  /**
   * Returns for how long this process stood still while the row was played, where that puts its
   * verdict in doubt; zero where it does not. A will that came at once is there all the same.
   */
  Duration doubt(Standstills standstills) {
    RowResult judged = result();
    boolean atOnce = judged.bound() == null || judged.bound().compareTo(Timing.AT_ONCE) <= 0;
    boolean certain =
        ended == 0
            || judged.verdict() == Verdict.SKIPPED
            || judged.verdict() == Verdict.OK && atOnce;
    return certain ? Duration.ZERO : standstills.longest(begun, ended);
  }

  /** Returns the result, which says where a standstill of this process puts it in doubt. */
  RowResult result(Standstills standstills) {
    RowResult judged = result();
    Duration standstill = doubt(standstills);
    if (standstill.isZero() || judged.verdict() == Verdict.OK) {
      return judged;
    }
    String why = "midge stood still for " + Timing.seconds(standstill) + " meanwhile";
    return judged.withReason(judged.reason() == null ? why : judged.reason() + "; " + why);
  }

  /** Returns the row that is played. */
  Row row() {
    return row;
  }

  private RowResult result() {
    return Objects.requireNonNull(result, "the row is not over");
  }

  /** Judges the row again by the messages that have come while the other rows were played. */
  void lookAgain() {
    RowResult first = result();
    List<Arrival> more = run.unexpected();
    boolean arrived =
        first.verdict() == Verdict.OK
            || first.verdict() == Verdict.LATE
            || first.verdict() == Verdict.EARLY;
    if (more.isEmpty() || !arrived) {
      return;
    }
    ScriptResult failed =
        ScriptResult.failed(first.seen() + ", and later " + more.get(0).text())
            .withTime(first.after(), first.bound())
            .withReason("seen at the end of the drill");
    judged(RowResult.of(row, failed, null, run.trace().packets()));
  }
}
