package dev.midge.client;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A source whose reader need not wait any more once the link has ended: it is read on a thread that
 * can be left behind. For {@link Publisher}'s thread.
 */
final class Abandonable implements PayloadSource {

  private final PayloadSource source;
  private final Link link;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "midge input");
            thread.setDaemon(true);
            return thread;
          });

  Abandonable(PayloadSource source, Link link) {
    this.source = source;
    this.link = link;
  }

  /**
   * @throws CancellationException when the link ends meanwhile
   */
  @Override
  public byte[] next() throws IOException {
    CompletableFuture<byte[]> line = new CompletableFuture<>();
    reader.execute(
        () -> {
          try {
            line.complete(source.next());
          } catch (IOException | RuntimeException e) {
            line.completeExceptionally(e);
          }
        });
    link.over().thenRun(() -> line.cancel(false));
    try {
      return line.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  @Override
  public boolean isStream() {
    return source.isStream();
  }
}
