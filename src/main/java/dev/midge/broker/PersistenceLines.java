package dev.midge.broker;

import static dev.midge.text.TerminalEscapes.forLog;

import dev.midge.broker.BrokerEvent.Kind;
import dev.midge.broker.BrokerEvent.Level;
import dev.midge.broker.config.PersistenceSpec;
import dev.midge.broker.persist.PersistenceLog;
import dev.midge.broker.persist.StateStore;
import dev.midge.broker.transport.BrokerLoop;
import java.io.IOException;
import java.util.function.LongSupplier;

/** Writes the lines about the files with the broker's state. */
record PersistenceLines(EventLog log) implements PersistenceLog {

  /**
   * Restores the state that was kept, and keeps it from now on.
   *
   * @param wallMillis by which times go on while the broker is stopped
   * @throws IOException when it cannot be read
   */
  static StateStore keep(
      PersistenceSpec spec, EventLog log, BrokerLoop loop, LongSupplier wallMillis)
      throws IOException {
    StateStore store = StateStore.open(spec, new PersistenceLines(log), wallMillis);
    loop.keep(store);
    return store;
  }

  @Override
  public void saving(String file) {
    line(Level.INFORMATION, "Saving in-memory database to " + forLog(file) + ".");
  }

  @Override
  public void failed(String file, String why) {
    line(
        Level.ERROR,
        "Error: the state cannot be saved to "
            + forLog(file)
            + ": "
            + forLog(why)
            + ". The broker goes on, and tries again.");
  }

  @Override
  public void recovered(String file) {
    line(Level.NOTICE, "The state is saved to " + forLog(file) + " again.");
  }

  @Override
  public void torn(String file, long bytes) {
    line(
        Level.WARNING,
        "Warning: the last record of "
            + forLog(file)
            + " was written in part, and is left out ("
            + bytes
            + " bytes).");
  }

  @Override
  public void killed(int wills) {
    line(
        Level.NOTICE,
        "The broker was killed while "
            + (wills == 1 ? "1 client with a will was" : wills + " clients with a will were")
            + " connected: publishing "
            + (wills == 1 ? "it" : "them")
            + ", after the delay if there is one.");
  }

  @Override
  public void orphaned(String file) {
    line(
        Level.WARNING,
        "Warning: the changes in " + forLog(file) + " are left out: their snapshot is gone.");
  }

  private void line(Level level, String text) {
    log.line(level, Kind.BROKER, text);
  }
}
