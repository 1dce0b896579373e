package dev.midge.lwt;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.peer.TracedPacket;
import dev.midge.lwt.row.Cleanup;
import dev.midge.lwt.row.Finding;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.Verdict;
import java.util.List;

/**
 * Plays one row on a thread of its own: its script, the control arm when it is red, the cleaning.
 */
final class RowPlayer {
  private final RowRun run;
  private final Thread thread;
  private volatile RowResult result;
  private volatile boolean stopped;
  private volatile List<String> left = List.of();

  RowPlayer(RowRun run) {
    this.run = run;
    this.thread = new Thread(this::play, "midge lwt row " + run.row().id());
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

  /** Waits until the row is over, or only waits. */
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
    judged(RowResult.of(run.row(), Finding.notExamined(reason), null, reason, List.of()));
    return this;
  }

  private void judged(RowResult judgement) {
    result = judgement;
    run.context().listener().judged(judgement);
  }

  private void play() {
    try {
      judged(examine());
      run.closeInboxes();
      run.closeClients();
      left = run.cleanup().run();
    } catch (InterruptedException e) {
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
    Row row = run.row();
    String skipped = Skipping.reason(row, run.context());
    if (skipped != null) {
      return RowResult.of(row, Finding.skipped(skipped), null, skipped, List.of());
    }
    Finding finding = script();
    if (!finding.isFailed()) {
      boolean ok = finding.verdict() == Verdict.OK || finding.verdict() == Verdict.SKIPPED;
      List<TracedPacket> trace = ok ? List.of() : run.trace().packets();
      return RowResult.of(row, finding, null, finding.reason(), trace);
    }
    run.onlyWaits("the control arm of " + row.id());
    return ControlArm.confirm(run, finding);
  }

  private Finding script() throws InterruptedException {
    try {
      return run.row().script().play(run);
    } catch (RowAborted e) {
      return unlessStopped(e.finding());
    } catch (ConnectionFailure e) {
      return unlessStopped(run.unable("lost its connection", e).finding());
    }
  }

  private Finding unlessStopped(Finding finding) throws InterruptedException {
    if (stopped) {
      throw new InterruptedException();
    }
    return finding;
  }

  /** Says whether a topic is one of this row in this pass. */
  boolean owns(String topic) {
    return run.owns(topic);
  }

  /** Notes what the watcher has received. */
  void heard(String topic, String words) {
    run.trace().add("watcher", TracedPacket.Direction.RECEIVED, "PUBLISH '" + topic + "' " + words);
    run.context().listener().received(run.row(), "watcher", topic + " " + words);
  }

  /** Returns what the row could not remove, in words; of use once it is over. */
  List<String> left() {
    return left;
  }

  /** Looks whether anything more has come while the other rows were played. */
  RowResult lookAgain() {
    List<Arrival> more = run.unexpected();
    boolean wasWell =
        result.verdict() == Verdict.OK
            || result.verdict() == Verdict.LATE
            || result.verdict() == Verdict.EARLY;
    if (more.isEmpty() || !wasWell) {
      return result;
    }
    Finding finding =
        Finding.failed(result.seen() + ", and later " + more.get(0).words())
            .within(result.after(), result.bound());
    judged(
        RowResult.of(
            result.row(), finding, null, "seen at the end of the drill", run.trace().packets()));
    return result;
  }
}
