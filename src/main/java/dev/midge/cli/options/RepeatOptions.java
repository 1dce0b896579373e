package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.source.MessageSource;
import dev.midge.mqtt.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The options that repeat the one payload of {@code pub}. */
public final class RepeatOptions implements OptionTable.Source {
  private static final double NANOS = 1e9;

  private final Compatibility compatibility;
  private long count = 1;
  private boolean given;
  private Duration delay = Duration.ZERO;

  /** Makes them, with the payload sent once. */
  public RepeatOptions(Compatibility compatibility) {
    this.compatibility = compatibility;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.MESSAGE)
        .add(
            Option.value(
                "N",
                "no count",
                compatibility.hasOwnNames()
                    ? "Send the message N times in all, or forever."
                    : "Send the message N times in all.",
                this::count,
                "--repeat"))
        .add(
            Option.value(
                "SECONDS",
                "no time",
                "Pause between the delivery of a message and the next message; fractions are allowed (default: 0).",
                this::delay,
                "--repeat-delay"));
  }

  private void count(String word) {
    given = true;
    count =
        compatibility.hasOwnNames() && word.equals("forever")
            ? Long.MAX_VALUE
            : compatibility.number(
                word,
                1,
                Integer.MAX_VALUE,
                "Error: --repeat argument must be >0.",
                ", a whole number or the word forever.");
  }

  private void delay(String word) {
    double seconds = compatibility.decimal(word);
    if (!(seconds >= 0 && seconds * NANOS <= Long.MAX_VALUE)) {
      throw new UsageException("Error: --repeat-delay argument must be >=0.0.");
    }
    delay = Duration.ofNanos((long) (seconds * NANOS));
  }

  /** Tells whether the user said how often. */
  public boolean isGiven() {
    return given;
  }

  /** Returns the time between the delivery of a message and the next. */
  public Duration delay() {
    return delay;
  }

  /** Returns the message as often as it is to be sent. */
  public MessageSource toSource(Message message) {
    return new MessageSource() {
      private long left = count;

      @Override
      public @Nullable Message next() {
        return left-- > 0 ? message : null;
      }

      @Override
      public boolean isOver() {
        return left <= 0;
      }

      @Override
      public boolean isStream() {
        return false;
      }
    };
  }
}
