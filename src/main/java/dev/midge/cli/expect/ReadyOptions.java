package dev.midge.cli.expect;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** {@code --ready-file} and {@code --ready-fd}: tells a script when messages can come. */
public final class ReadyOptions implements OptionTable.Source {
  private final String when;
  private @Nullable ReadySignal file;
  private @Nullable ReadySignal descriptor;

  /**
   * Makes one.
   *
   * @param when the help on the moment, such as "once all subscriptions are granted"
   */
  public ReadyOptions(String when) {
    this.when = when;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.OUTPUT)
        .add(
            Option.value(
                    "FILE",
                    "no file",
                    "Create FILE "
                        + when
                        + "; it holds the process id. An old one is removed first.",
                    word -> file = new ReadyFile(word),
                    "--ready-file")
                .own())
        .add(
            Option.value(
                    "N",
                    "no descriptor",
                    "Write the process id, as a line, to the open descriptor N " + when + ".",
                    word -> descriptor = new ReadyDescriptor(word),
                    "--ready-fd")
                .own());
  }

  /**
   * Checks that no signal is wanted.
   *
   * @param needed the option without which there is none
   * @throws UsageException where one is
   */
  public void checkAbsent(String needed) {
    if (file != null || descriptor != null) {
      throw new UsageException(
          "Error: " + (file != null ? "--ready-file" : "--ready-fd") + " needs " + needed + ".");
    }
  }

  /**
   * Prepares for the signal: removes an old file. To be called before a connection is made.
   *
   * @throws UsageException where it cannot be given
   */
  public void prepare() {
    if (file != null) {
      file.prepare();
    }
    if (descriptor != null) {
      descriptor.prepare();
    }
  }

  /**
   * Gives the signal, each time again: only the first counts. For any thread.
   *
   * @param failed takes the beginning of a line and the reason where it cannot be given
   */
  public synchronized void signal(BiConsumer<String, IOException> failed) {
    ReadySignal first = file;
    ReadySignal second = descriptor;
    file = null;
    descriptor = null;
    give(first, failed);
    give(second, failed);
  }

  private static void give(@Nullable ReadySignal signal, BiConsumer<String, IOException> failed) {
    if (signal != null) {
      try {
        signal.give();
      } catch (IOException e) {
        failed.accept(signal.problem(), e);
      }
    }
  }
}
