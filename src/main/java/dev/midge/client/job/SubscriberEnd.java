package dev.midge.client.job;

import dev.midge.client.state.Qos2Receipts;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds how a subscriber ends: what decides it first, and when the end has come. For several
 * threads.
 */
final class SubscriberEnd {
  private static final long PATIENCE_MILLIS = 3000;

  private final CompletableFuture<JobResult> ending = new CompletableFuture<>();
  private final Qos2Receipts receipts;
  private final RetainedRemover remover;
  private final MessageSink sink;
  private volatile boolean decided;
  private volatile boolean broken;

  SubscriberEnd(Qos2Receipts receipts, RetainedRemover remover, MessageSink sink) {
    this.receipts = receipts;
    this.remover = remover;
    this.sink = sink;
  }

  /** Completes when the end has come, with its reason. */
  CompletableFuture<JobResult> future() {
    return ending;
  }

  boolean hasCome() {
    return ending.isDone();
  }

  /** Returns whether no message is taken any more. */
  boolean isDecided() {
    return decided || ending.isDone();
  }

  /** Returns whether messages cannot be written any more. */
  boolean isBroken() {
    return broken;
  }

  /**
   * No message is taken any more; the end comes when all that was taken is dealt with, and the
   * broker has removed what it had to, and has sent PUBREL for what was taken, which is waited for
   * only so long.
   */
  void decide(JobResult how) {
    decided = true;
    sink.settled().whenComplete((all, failure) -> settled(how));
  }

  private void settled(JobResult how) {
    CompletableFuture<@Nullable Void> released = receipts.settled();
    if (!released.isDone()) {
      released.completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
    remover.done().thenCompose(cleared -> released).thenRun(() -> ending.complete(how));
  }

  /** No message is taken any more; the end comes when all that was taken is dealt with. */
  void timeOver() {
    decided = true;
    sink.settled().whenComplete((all, failure) -> ending.complete(JobResult.TIMED_OUT));
  }

  /** Comes at once; messages that could not be written are not acknowledged. */
  void outputFailed() {
    broken = true;
    decided = true;
    ending.complete(JobResult.OUTPUT_CLOSED);
  }
}
