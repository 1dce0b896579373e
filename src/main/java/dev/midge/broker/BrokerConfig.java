package dev.midge.broker;

import dev.midge.broker.core.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a broker is to run.
 *
 * @param ports to listen on, on the loopback addresses; 0 for a free one
 * @param log takes the events, on the broker's thread; they are made only for the levels that it
 *     wants
 * @param verbose whether packets (debug) and subscriptions are logged as well
 * @param limits what clients may do, and how much is kept for them
 * @param listeners further doors, or other ones
 */
public record BrokerConfig(
    List<Integer> ports,
    Consumer<BrokerEvent> log,
    boolean verbose,
    Limits limits,
    List<ListenerSpec> listeners) {

  public BrokerConfig {
    if (ports.isEmpty() && listeners.isEmpty()) {
      throw new IllegalArgumentException("a broker needs a port");
    }
    ports = List.copyOf(ports);
    listeners = List.copyOf(listeners);
  }

  /** With bare MQTT only. */
  public BrokerConfig(
      List<Integer> ports, Consumer<BrokerEvent> log, boolean verbose, Limits limits) {
    this(ports, log, verbose, limits, List.of());
  }

  /** With the limits that mosquitto has by default. */
  public BrokerConfig(List<Integer> ports, Consumer<BrokerEvent> log, boolean verbose) {
    this(ports, log, verbose, Limits.DEFAULT);
  }

  /** A silent broker on a free loopback port. */
  public static BrokerConfig onFreePort() {
    return new BrokerConfig(List.of(0), event -> {}, false);
  }

  /** The same with other limits. */
  public BrokerConfig withLimits(Limits other) {
    return new BrokerConfig(ports, log, verbose, other, listeners);
  }

  /** The same with one more door. */
  public BrokerConfig withListener(ListenerSpec listener) {
    List<ListenerSpec> more = new ArrayList<>(listeners);
    more.add(listener);
    return new BrokerConfig(ports, log, verbose, limits, more);
  }
}
