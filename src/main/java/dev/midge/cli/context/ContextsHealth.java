package dev.midge.cli.context;

import dev.midge.cli.UsageException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at the user's file of contexts, and changes nothing. */
public final class ContextsHealth {
  private ContextsHealth() {}

  /**
   * Returns the warning about the file; null where there is none, or no file.
   *
   * @throws UsageException for a file that cannot be used
   */
  public static @Nullable String warning(Map<String, String> environment) {
    ContextsFile file = ContextsFile.of(environment);
    file.read();
    return file.warning();
  }
}
