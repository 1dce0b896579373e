package dev.midge.cli.options;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code --control} and {@code --no-control}: where a broker or proxy takes commands. */
public final class ControlOptions implements OptionTable.Source {
  private @Nullable Path path;
  private boolean none;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.CONTROL)
        .add(
            Option.value(
                    "PATH",
                    "no socket path",
                    "Take the commands of midge ctl at this unix socket (default: PORT.sock in"
                        + " $XDG_RUNTIME_DIR/midge or /tmp/midge-UID).",
                    word -> path = path(word),
                    "--control")
                .own())
        .add(Option.flag("Take no commands.", () -> none = true, "--no-control").own());
  }

  /** Returns the path of a word of the user's. */
  public static Path path(String word) {
    try {
      BrokerOptions.toEndpoint(word); // It is as long as a unix socket's path may be.
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw new UsageException("Error: --control: " + e.getMessage());
    }
  }

  /** Returns the path that the user has named; null for the default. */
  public @Nullable Path path() {
    return path;
  }

  /** Tells whether there is no control; a path that is named as well is a mistake. */
  public boolean isOff() {
    if (none && path != null) {
      throw new UsageException("Error: --control and --no-control exclude each other.");
    }
    return none;
  }
}
