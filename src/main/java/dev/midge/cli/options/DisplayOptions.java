package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.ControllingTerminal;
import dev.midge.cli.console.FittedTopicScreen;
import dev.midge.cli.console.MessageRate;
import dev.midge.cli.console.Signals;
import dev.midge.cli.console.TopicScreen;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.job.MessageSink;
import dev.midge.format.Printer;
import dev.midge.mqtt.ReceivedMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code sub} that do something else than print each message where the one before
 * ended.
 */
public final class DisplayOptions implements OptionTable.Source {
  private final Compatibility compatibility;
  private double chance = 100;
  private boolean watch;
  private boolean rate;
  private @Nullable FittedTopicScreen screen;

  /** Makes them, with each message printed in turn. */
  public DisplayOptions(Compatibility compatibility) {
    this.compatibility = compatibility;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.OUTPUT)
        .add(
            Option.value(
                "PERCENT",
                "no chance",
                "Print about that percentage of the messages, 0.1 to 100.",
                this::chance,
                "--random-filter"))
        .add(
            Option.flag(
                "Show one line of the screen for each topic.", () -> watch = true, "-w", "--watch"))
        .add(
            Option.flag(
                "Print the number of messages per second instead of the messages.",
                () -> rate = true,
                "--message-rate"));
  }

  private void chance(String word) {
    chance = compatibility.decimal(word);
    if (!(chance >= 0.1 && chance <= 100)) {
      throw new UsageException("Error: --random-filter chance must be between 0.1-100.0");
    }
  }

  /** Tells whether each message is printed, where the one before ended. */
  public boolean isPlain() {
    return !isRandom() && !watch && !rate;
  }

  /** Tells whether chance decides which messages are printed. */
  public boolean isRandom() {
    return chance < 100;
  }

  /** Tells whether messages are counted only, which no selection changes. */
  public boolean isRate() {
    return rate;
  }

  /** Tells whether each topic has a line of the screen. */
  public boolean isWatch() {
    return watch && !rate;
  }

  /**
   * Returns the sink for messages.
   *
   * @param careful whether a person looks at the screen, who wants it back as it was
   */
  public MessageSink toSink(Printer printer, OutputStream out, String host, boolean careful) {
    if (rate) {
      return MessageRate.start(out);
    }
    if (watch) {
      if (!careful) {
        return TopicScreen.start(printer, this::isDrawn, out, host);
      }
      screen =
          new FittedTopicScreen(printer, this::isDrawn, out, host, ControllingTerminal::size)
              .start();
      Signals.tellResized(screen::drawAnew);
      Signals.tellContinued(screen::drawAnew);
      return screen;
    }
    return new MessageSink() {
      @Override
      public void accept(ReceivedMessage received) throws IOException {
        if (isDrawn()) {
          printer.print(received, out);
        }
      }

      @Override
      public void rest() throws IOException {
        out.flush();
      }
    };
  }

  /** Restores the terminal when no message comes any more. */
  public void end() {
    if (screen != null) {
      screen.end();
    }
  }

  private boolean isDrawn() {
    return !isRandom() || ThreadLocalRandom.current().nextDouble(100) < chance;
  }
}
