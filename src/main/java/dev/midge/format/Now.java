package dev.midge.format;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The time of printing, the same for all pieces of one message and read only if one asks. */
final class Now {
  private final @Nullable Clock clock;
  private @Nullable ZonedDateTime time;

  /**
   * @param clock null where the time is never asked for
   */
  Now(@Nullable Clock clock) {
    this.clock = clock;
  }

  /** Forgets the time: the next message has one of its own. */
  void forget() {
    time = null;
  }

  ZonedDateTime get() {
    ZonedDateTime now = time;
    if (now == null) {
      now = ZonedDateTime.now(Objects.requireNonNull(clock));
      time = now;
    }
    return now;
  }
}
