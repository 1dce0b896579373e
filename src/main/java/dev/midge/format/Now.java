package dev.midge.format;

import java.time.Clock;
import java.time.ZonedDateTime;

/** The time of printing, the same for all pieces of one message and read only if one asks. */
final class Now {
  private final Clock clock;
  private ZonedDateTime time;

  Now(Clock clock) {
    this.clock = clock;
  }

  /** The next message has a time of its own. */
  void forget() {
    time = null;
  }

  ZonedDateTime get() {
    if (time == null) {
      time = ZonedDateTime.now(clock);
    }
    return time;
  }
}
