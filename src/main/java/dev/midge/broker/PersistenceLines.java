package dev.midge.broker;

import static dev.midge.text.TerminalEscapes.forLog;

import dev.midge.broker.BrokerEvent.Kind;
import dev.midge.broker.BrokerEvent.Level;
import dev.midge.broker.persist.PersistenceLog;

/** Writes the lines about the files with the broker's state. */
record PersistenceLines(EventLog log) implements PersistenceLog {

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
  public void orphaned(String file) {
    line(
        Level.WARNING,
        "Warning: the changes in " + forLog(file) + " are left out: their snapshot is gone.");
  }

  private void line(Level level, String text) {
    log.line(level, Kind.BROKER, text);
  }
}
