package dev.midge.cli;

import dev.midge.client.job.PayloadSource;
import java.time.Duration;

/** How often {@code pub} sends its one payload. */
final class RepeatOptions implements OptionSource {
  private static final double NANOS = 1e9;

  private final Manners manners;
  private int count = 1;
  private Duration delay = Duration.ZERO;

  RepeatOptions(Manners manners) {
    this.manners = manners;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .add(
            Option.value(
                "N",
                "no count",
                "Send the message N times in all.",
                word ->
                    count =
                        manners.number(
                            word, 1, Integer.MAX_VALUE, "Error: --repeat argument must be >0.", ""),
                "--repeat"))
        .add(
            Option.value(
                "SECONDS",
                "no time",
                "Time between the delivery of a message and the next; fractions are allowed (default: 0).",
                this::delay,
                "--repeat-delay"));
  }

  private void delay(String word) {
    double seconds = manners.decimal(word);
    if (!(seconds >= 0 && seconds * NANOS <= Long.MAX_VALUE)) {
      throw new UsageException("Error: --repeat-delay argument must be >=0.0.");
    }
    delay = Duration.ofNanos((long) (seconds * NANOS));
  }

  Duration delay() {
    return delay;
  }

  /** The payload as often as it is to be sent. */
  PayloadSource toSource(byte[] payload) {
    return new PayloadSource() {
      private int left = count;

      @Override
      public byte[] next() {
        return left-- > 0 ? payload : null;
      }

      @Override
      public boolean isStream() {
        return false;
      }
    };
  }
}
