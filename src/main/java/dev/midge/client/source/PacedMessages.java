package dev.midge.client.source;

import dev.midge.mqtt.Message;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gives messages with a pause between two, for a client that may come back meanwhile. */
public final class PacedMessages implements MessageSource {
  private final MessageSource source;
  private final Duration pause;
  private boolean begun;

  public PacedMessages(MessageSource source, Duration pause) {
    this.source = source;
    this.pause = pause;
  }

  @Override
  public @Nullable Message next() throws IOException {
    if (begun && !source.isOver()) {
      try {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
    begun = true;
    return source.next();
  }

  @Override
  public boolean isStream() {
    return false;
  }
}
