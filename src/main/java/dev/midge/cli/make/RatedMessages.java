package dev.midge.cli.make;

import dev.midge.client.source.MessageSource;
import dev.midge.client.source.Ticker;
import dev.midge.mqtt.Message;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Gives messages at an even rate: each is due at a time that is reckoned from the first, so that
 * small delays do not add up. What is late is given at once; but after a delay of more than one
 * interval, or of a tenth of a second where that is more, times are reckoned anew, so that a pause
 * of the input or of the broker is not followed by all that did not come meanwhile.
 */
final class RatedMessages implements MessageSource {
  private static final long MOST_LATE = 100_000_000;

  private final MessageSource source;
  private final double interval;
  private final double patience;
  private final Ticker clock;
  private long start;
  private long given;

  RatedMessages(MessageSource source, Rate rate) {
    this(source, rate, Ticker.SYSTEM);
  }

  RatedMessages(MessageSource source, Rate rate, Ticker clock) {
    this.source = source;
    this.interval = rate.interval();
    this.patience = Math.max(interval, MOST_LATE);
    this.clock = clock;
  }

  @Override
  public @Nullable Message next() throws IOException {
    Message message = source.next(); // First, so that the end of the input is seen at once.
    if (message == null) {
      return null;
    }
    if (given == 0 || clock.now() - due() > patience) {
      start = clock.now();
      given = 0;
    }
    if (left() > 0) {
      clock.sleepUntil(due());
    }
    given++;
    return message;
  }

  /** Returns whether a message is there and due; otherwise what was sent is written meanwhile. */
  @Override
  public boolean isReady() {
    return source.isReady() && left() <= 0;
  }

  private long left() {
    return due() - clock.now();
  }

  private long due() {
    return start + Math.round(given * interval);
  }

  /** Returns true: messages overtake acknowledgements, or these would decide the rate. */
  @Override
  public boolean isStream() {
    return true;
  }
}
