package dev.midge.cli.parse;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Warns of options that have no effect beside the others. */
public final class IdleOptions {
  private IdleOptions() {}

  /**
   * Returns the warning; null where there are no such options.
   *
   * @param why follows "no effect"
   */
  public static @Nullable String warning(Collection<String> names, String why) {
    return names.isEmpty()
        ? null
        : "Warning: "
            + String.join(", ", names)
            + (names.size() == 1 ? " has" : " have")
            + " no effect"
            + why;
  }
}
