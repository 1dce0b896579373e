package dev.midge.broker.config.file;

import dev.midge.broker.config.PersistenceSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The keys of what is kept over a restart, as far as they were read. */
final class PersistenceDraft {
  boolean wanted;
  Path location = Path.of("");
  String file = "mosquitto.db";
  int autosaveInterval = 1800;
  boolean autosaveOnChanges;

  /** Returns null if nothing is kept. */
  @Nullable PersistenceSpec spec() throws BadValue {
    if (!wanted) {
      return null;
    }
    try {
      return new PersistenceSpec(location.resolve(file), autosaveInterval, autosaveOnChanges);
    } catch (InvalidPathException e) {
      throw BadValue.invalid("persistence_file", file);
    }
  }
}
