package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.RetryPolicy;
import dev.midge.mqtt.ReasonCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one job when and whether a connection is tried again that cannot be made or is lost:
 * as the user wants it, or else as the job usually does. For the thread of the job.
 */
final class Reconnect {

  static final long PAUSE_MILLIS = 1000;

  /** Stands for the pause of a job to which a loss is a failure. */
  static final long NEVER = -1;

  private static final int SERVER_UNAVAILABLE_V3 = 3;
  private static final int CONNECTION_RATE_EXCEEDED = 0x9F;

  private final ClientEvents events;
  private final @Nullable RetryPolicy policy;
  private final long usualPauseMillis;
  private boolean reached;
  private long tried;

  /**
   * @param usualPauseMillis where the user wants nothing else: before each try, which then are for
   *     ever once the broker was reached; {@link #NEVER} where there are none
   */
  Reconnect(ConnectSpec spec, ClientEvents events, long usualPauseMillis) {
    this.events = events;
    this.policy = spec.retry();
    this.usualPauseMillis = usualPauseMillis;
  }

  /** Returns whether the answer of the broker, or the user's own words, will be the same again. */
  static boolean isPermanent(ConnectionFailure failure) {
    return switch (failure.kind()) {
      case REFUSED, PROTOCOL, MALFORMED, AUTHENTICATION, QOS_NOT_SUPPORTED, OVERSIZE, MEMORY ->
          true;
      default -> false;
    };
  }

  /** Returns the same for a user who wants the first connection to be tried again too. */
  private static boolean isHopeless(ConnectionFailure failure) {
    return failure.kind() == Kind.REFUSED
        ? !isPassing(failure)
        : isPermanent(failure)
            || failure.kind() == Kind.INVALID
            || failure.kind() == Kind.PROXY_AUTHORISATION;
  }

  /** Returns whether CONNACK refuses because of the broker's state, and not of the client. */
  private static boolean isPassing(ConnectionFailure refusal) {
    return refusal.isOfV5()
        ? switch (refusal.code()) {
          case ReasonCode.SERVER_UNAVAILABLE, ReasonCode.SERVER_BUSY, CONNECTION_RATE_EXCEEDED ->
              true;
          default -> false;
        }
        : refusal.code() == SERVER_UNAVAILABLE_V3;
  }

  /**
   * Waits for CONNACK.
   *
   * @param enough waits no longer when that has come
   * @throws ConnectionFailure when the connection cannot be made, or not in the time of one try
   */
  void awaitConnack(Connection connection, CompletableFuture<?> enough)
      throws ConnectionFailure, InterruptedException {
    CompletableFuture<Object> late = lateness();
    try {
      ConnectionFailures.result(CompletableFuture.anyOf(connection.opened(), enough, late));
    } finally {
      reached |= connection.reached().isDone();
    }
    checkAnswer(connection, enough, late);
  }

  /** Completes with a failure when the time of one try is over; never if that has no limit. */
  CompletableFuture<Object> lateness() {
    CompletableFuture<Object> late = new CompletableFuture<>();
    if (policy != null && policy.limit() != null) {
      late.completeOnTimeout(
          ConnectionFailures.silent(policy.limit()),
          policy.limit().toMillis(),
          TimeUnit.MILLISECONDS);
    }
    return late;
  }

  /**
   * Looks, when CONNACK has come or is not waited for any more, whether that is because of the
   * time.
   *
   * @param enough what it is not waited for any longer for, beside
   * @param late of {@link #lateness}
   * @throws ConnectionFailure when the time of one try is over
   */
  void checkAnswer(
      Connection connection, CompletableFuture<?> enough, CompletableFuture<Object> late)
      throws ConnectionFailure {
    reached |= connection.reached().isDone();
    if (!connection.opened().isDone()
        && !enough.isDone()
        && late.getNow(null) instanceof ConnectionFailure silent) {
      throw silent;
    }
  }

  /** Begins the count anew, since CONNACK has come. */
  void connected() {
    tried = 0;
  }

  /**
   * Tells of a failure after which there is another try, unless the job has come to its end.
   *
   * @throws ConnectionFailure the same, where there is to be none
   */
  void failed(ConnectionFailure failure, CompletableFuture<?> end) throws ConnectionFailure {
    boolean again =
        policy == null
            ? reached && usualPauseMillis >= 0 && !isPermanent(failure)
            : tried < policy.most() && !isHopeless(failure);
    if (!again) {
      throw policy == null ? failure : failure.afterRetries(tried);
    }
    if (!end.isDone()) {
      events.retrying(failure);
    }
  }

  /** Waits before the next try, unless there is to be none. */
  void pause(CompletableFuture<?> end) throws InterruptedException {
    try {
      ConnectionFailures.result(nextTry(end));
    } catch (ConnectionFailure e) {
      throw new IllegalStateException(e); // Neither can fail.
    }
  }

  /** Completes when the next try is due, or when there is to be none. */
  CompletableFuture<Object> nextTry(CompletableFuture<?> end) {
    long millis =
        policy == null
            ? usualPauseMillis
            : policy.pauseMillis(tried, ThreadLocalRandom.current().nextDouble());
    tried++;
    return CompletableFuture.anyOf(due(millis), end);
  }

  /** Returns a future that completes after that time. */
  static CompletableFuture<Object> due(long millis) {
    return new CompletableFuture<>().completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
  }
}
