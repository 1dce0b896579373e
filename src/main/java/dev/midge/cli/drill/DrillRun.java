package dev.midge.cli.drill;

import dev.midge.cli.options.ConnectTimeout;
import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.StopSignal;
import dev.midge.lwt.Drill;
import dev.midge.lwt.DrillRefused;
import dev.midge.lwt.DrillResult;
import dev.midge.lwt.DrillSpec;
import dev.midge.lwt.peer.Target;
import dev.midge.lwt.row.DrillListener;
import dev.midge.mqtt.packet.Connack;
import dev.midge.net.ClientChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One drill, on a thread of its own: its connection has a limit whatever blocks, and the user can
 * end it early.
 */
public final class DrillRun {
  /** The time that the drill may tidy up in after the user has ended it. */
  private static final int TIDYING_SECONDS = 15;

  private final Opening opening = new Opening();
  private final CompletableFuture<DrillResult> result = new CompletableFuture<>();
  private final StopSignal stop;
  private final ConnectTimeout timeout;
  private final ConnectTimeout.DelayListener delays;
  private final Drill drill;

  /**
   * Makes a run that is not started.
   *
   * @param delays hears of a connection that takes long
   */
  public DrillRun(
      Target target,
      DrillSpec spec,
      DrillListener listener,
      StopSignal stop,
      ConnectTimeout timeout,
      ConnectTimeout.DelayListener delays) {
    this.stop = stop;
    this.timeout = timeout;
    this.delays = delays;
    this.drill = new Drill(target, spec, listener, opening);
  }

  /** Notes how far the connection of the drill has come. */
  private static final class Opening implements ClientEvents {
    final CompletableFuture<Void> connected = new CompletableFuture<>();
    final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    volatile @Nullable ClientChannel channel;

    @Override
    public void connecting(ClientChannel to) {
      channel = to;
    }

    @Override
    public void connected(Connack connack, String clientId) {
      connected.complete(null);
    }

    @Override
    public void subscribed() {
      subscribed.complete(null);
    }
  }

  /** Tells whether a CONNACK has come. */
  public boolean hasConnected() {
    return opening.connected.isDone();
  }

  /**
   * Plays the drill.
   *
   * @return what was seen; null when the user ended it before there was anything to tell
   * @throws ConnectionFailure when the broker cannot be reached
   * @throws DrillRefused when it does not let us examine it
   */
  public @Nullable DrillResult play() throws ConnectionFailure, DrillRefused, InterruptedException {
    Thread worker = new Thread(this::work, "midge drill");
    worker.setDaemon(true);
    worker.start();
    try {
      awaitConnection();
      if (!isOver(CompletableFuture.anyOf(result, opening.subscribed, stop.requested()))) {
        delays.waitingFor("SUBACK");
      }
      await(CompletableFuture.anyOf(result, stop.requested()), null);
      if (!stop.isRequested()) {
        return result.get();
      }
      drill.stop();
      return tidied(hasConnected() ? TIDYING_SECONDS : 1);
    } catch (TimeoutException e) {
      drill.stop();
      throw timeout.failure();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  /**
   * Waits for the end of a drill that the user has ended: a connection that fails now is not told.
   */
  private @Nullable DrillResult tidied(int seconds)
      throws ExecutionException, InterruptedException {
    try {
      return result.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectionFailure || e.getCause() instanceof DrillRefused) {
        return null;
      }
      throw e;
    }
  }

  private void awaitConnection() throws ExecutionException, InterruptedException, TimeoutException {
    CompletableFuture<?> event =
        CompletableFuture.anyOf(result, opening.connected, stop.requested());
    Duration limit = timeout.limit();
    Duration late = Duration.ofMillis(ConnectTimeout.LATE_MILLIS);
    if (limit != null && limit.compareTo(late) <= 0) {
      await(event, limit);
    } else if (!isOver(event)) {
      delays.waitingFor(ConnectTimeout.awaited(opening.channel));
      await(event, limit == null ? null : limit.minus(late));
    }
  }

  /** Waits so long as a person waits without being told; returns false when it is late. */
  private static boolean isOver(CompletableFuture<?> event)
      throws ExecutionException, InterruptedException {
    try {
      event.get(ConnectTimeout.LATE_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static void await(CompletableFuture<?> event, @Nullable Duration limit)
      throws ExecutionException, InterruptedException, TimeoutException {
    if (limit == null) {
      event.get();
    } else {
      event.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Returns the failure of the connection or throws any other. The drill itself may have noticed
   * that the time is over: the message is the same.
   */
  private ConnectionFailure rethrown(@Nullable Throwable failure)
      throws DrillRefused, InterruptedException {
    if (failure instanceof ConnectionFailure link) {
      boolean late = link.kind() == ConnectionFailure.Kind.SILENT && timeout.isGiven();
      return late && !hasConnected() ? timeout.failure() : link;
    }
    if (failure instanceof DrillRefused refused) {
      throw refused;
    }
    if (failure instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw failure instanceof RuntimeException bug ? bug : new IllegalStateException(failure);
  }

  private void work() {
    try {
      result.complete(drill.run());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }
}
