package dev.midge.broker;

import java.util.List;
import java.util.function.Consumer;

/**
 * How a broker is to run.
 *
 * @param ports to listen on, on the loopback addresses; 0 for a free one
 * @param log takes the events, on the broker's thread; they are made only for the levels that it
 *     wants
 * @param verbose whether packets (debug) and subscriptions are logged as well
 */
public record BrokerConfig(List<Integer> ports, Consumer<BrokerEvent> log, boolean verbose) {

  /** A silent broker on a free loopback port. */
  public static BrokerConfig onFreePort() {
    return new BrokerConfig(List.of(0), event -> {}, false);
  }
}
