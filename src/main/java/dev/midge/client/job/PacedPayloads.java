package dev.midge.client.job;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gives payloads with a pause between two, for a client that may come back meanwhile. */
final class PacedPayloads implements PayloadSource {
  private final PayloadSource source;
  private final Duration pause;
  private boolean begun;

  PacedPayloads(PayloadSource source, Duration pause) {
    this.source = source;
    this.pause = pause;
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    byte[] next = source.next();
    if (begun && next != null) {
      try {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
    begun = true;
    return next;
  }

  @Override
  public boolean isStream() {
    return false;
  }
}
