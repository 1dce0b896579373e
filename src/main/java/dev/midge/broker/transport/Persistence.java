package dev.midge.broker.transport;

import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.router.Router;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the router's state beyond the end of the broker. The changes of each turn of the loop have
 * a number; packets are written only when the changes before them are safe. Broker thread only.
 */
public interface Persistence {

  /** The loop and its surroundings. */
  interface Loop {
    Timers timers();

    long now();

    /** Has work done on the broker's thread, from any thread. */
    void post(Runnable work);

    /** Returns the settings of a listener; null if there is none of that name. */
    @Nullable ListenerSettings listener(String name);
  }

  /**
   * Restores the state, before the first connection.
   *
   * @throws IOException when it cannot be read
   */
  void begin(Router router, Loop loop) throws IOException;

  /** Hands on the changes since the last call; before packets are written. */
  void commit();

  /** Tells whether there are changes that are not safe, handed on or not. */
  boolean hasUnsafe();

  /** Returns the number of the changes that were handed on last. */
  long handedOn();

  /** Returns the number of the last changes that are as safe as they are to be. */
  long safe();

  /** Saves all after the router has stopped, waits until that is done, and ends. */
  void stop();

  /** Waits until all that was handed on is written, and ends; does nothing a second time. */
  void end();
}
