package dev.midge.client.job;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Removes retained messages from the broker ({@code --remove-retained}). Takes topics on the
 * listener's thread, which must not wait for a place in the inflight window; publishes on a thread
 * of its own.
 */
final class RetainedRemover {

  private static final byte[] NOTHING = {};

  private final SessionSender sender;
  private @Nullable ExecutorService thread;
  private int unfinished;
  private CompletableFuture<@Nullable Void> done = CompletableFuture.completedFuture(null);

  RetainedRemover(SessionSender sender) {
    this.sender = sender;
  }

  /** Publishes an empty retained message to that topic. */
  synchronized void clear(String topic) {
    if (unfinished++ == 0) {
      done = new CompletableFuture<>();
    }
    if (thread == null) {
      thread =
          Executors.newSingleThreadExecutor(
              task -> {
                Thread daemon = new Thread(task, "midge remove retained");
                daemon.setDaemon(true);
                return daemon;
              });
    }
    Message empty = Message.of(topic, NOTHING, Qos.AT_LEAST_ONCE, true);
    thread.execute(() -> publish(empty));
  }

  private void publish(Message empty) {
    try {
      sender.send(empty, false).whenComplete((delivery, failure) -> finished());
    } catch (ConnectionFailure refusal) {
      finished(); // The broker takes no such message.
    } catch (CancellationException over) {
      finished();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void finished() {
    CompletableFuture<@Nullable Void> last = null;
    synchronized (this) {
      if (--unfinished == 0) {
        last = done;
      }
    }
    if (last != null) {
      last.complete(null);
    }
  }

  /** Completes when the broker has acknowledged all. */
  synchronized CompletableFuture<@Nullable Void> done() {
    return done;
  }

  synchronized void close() {
    if (thread != null) {
      thread.shutdownNow();
    }
  }
}
