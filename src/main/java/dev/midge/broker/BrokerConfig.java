package dev.midge.broker;

import dev.midge.broker.access.Security;
import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.fault.plan.FaultPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a broker.
 *
 * @param ports to listen on, on the loopback addresses; 0 for a free one
 * @param portSecurity who is let in at the ports, and may do what
 * @param log takes the events, on the broker's thread
 * @param verbose true if packets (debug) and subscriptions are logged as well
 * @param listeners further listeners
 * @param faults that happen to connections, and may be changed while the broker runs; null for none
 * @param file that it was read from, for the log; null for none
 * @param watcher is told of what happens; null for none
 * @param drivenTime the time of MQTT's rules, which stands still until {@link Broker#advance}; null
 *     for one that passes by itself
 */
public record BrokerConfig(
    List<Integer> ports,
    Security portSecurity,
    Consumer<BrokerEvent> log,
    boolean verbose,
    Limits limits,
    List<ListenerSpec> listeners,
    @Nullable FaultPlan faults,
    BrokerSettings settings,
    @Nullable Path file,
    @Nullable BrokerWatcher watcher,
    @Nullable Duration drivenTime) {

  public BrokerConfig {
    if (ports.isEmpty() && listeners.isEmpty()) {
      throw new IllegalArgumentException("a broker needs a port");
    }
    ports = List.copyOf(ports);
    listeners = List.copyOf(listeners);
  }

  /** Makes one without a watcher, whose time passes by itself. */
  public BrokerConfig(
      List<Integer> ports,
      Security portSecurity,
      Consumer<BrokerEvent> log,
      boolean verbose,
      Limits limits,
      List<ListenerSpec> listeners,
      @Nullable FaultPlan faults,
      BrokerSettings settings,
      @Nullable Path file) {
    this(ports, portSecurity, log, verbose, limits, listeners, faults, settings, file, null, null);
  }

  /** Makes one without faults. */
  public BrokerConfig(
      List<Integer> ports,
      Consumer<BrokerEvent> log,
      boolean verbose,
      Limits limits,
      List<ListenerSpec> listeners) {
    this(ports, Security.OPEN, log, verbose, limits, listeners, null, BrokerSettings.DEFAULT, null);
  }

  /** Makes one with MQTT over TCP only. */
  public BrokerConfig(
      List<Integer> ports, Consumer<BrokerEvent> log, boolean verbose, Limits limits) {
    this(ports, log, verbose, limits, List.of());
  }

  /** Makes one with the limits that mosquitto has by default. */
  public BrokerConfig(List<Integer> ports, Consumer<BrokerEvent> log, boolean verbose) {
    this(ports, log, verbose, Limits.DEFAULT);
  }

  /** Returns one for a broker on a free loopback port, without a log. */
  public static BrokerConfig onFreePort() {
    return new BrokerConfig(List.of(0), event -> {}, false);
  }

  /** Returns all listeners, those on its ports first. */
  List<ListenerSpec> allListeners() {
    List<ListenerSpec> all = new ArrayList<>();
    for (int port : ports) {
      all.add(ListenerSpec.tcp(port).withSecurity(portSecurity));
    }
    all.addAll(listeners);
    return all;
  }

  /** Returns a copy with other limits. */
  public BrokerConfig withLimits(Limits other) {
    return copy(draft -> draft.limits = other);
  }

  /** Returns a copy that lets other clients in at the ports, or lets them do something else. */
  public BrokerConfig withPortSecurity(Security other) {
    return copy(draft -> draft.portSecurity = other);
  }

  /** Returns a copy with one more listener. */
  public BrokerConfig withListener(ListenerSpec listener) {
    List<ListenerSpec> more = new ArrayList<>(listeners);
    more.add(listener);
    return copy(draft -> draft.listeners = more);
  }

  /** Returns a copy with faults. */
  public BrokerConfig withFaults(FaultPlan plan) {
    return copy(draft -> draft.faults = plan);
  }

  /** Returns a copy with other settings. */
  public BrokerConfig withSettings(BrokerSettings other) {
    return copy(draft -> draft.settings = other);
  }

  /** Returns a copy that tells in the log which file it was read from. */
  public BrokerConfig withFile(Path source) {
    return copy(draft -> draft.file = source);
  }

  /** Returns a copy whose events are told to a watcher. */
  public BrokerConfig withWatcher(BrokerWatcher other) {
    return copy(draft -> draft.watcher = other);
  }

  /**
   * Returns a copy whose time passes only when {@link Broker#advance} says so.
   *
   * @param from the time at its start: zero, or that at the end of the broker before, whose files
   *     it reads
   */
  public BrokerConfig withDrivenTime(Duration from) {
    return copy(draft -> draft.drivenTime = from);
  }

  private BrokerConfig copy(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.config();
  }

  /** A configuration that is being changed; its ports, log and {@code verbose} stay. */
  private static final class Draft {
    private final BrokerConfig original;
    private Security portSecurity;
    private Limits limits;
    private List<ListenerSpec> listeners;
    private @Nullable FaultPlan faults;
    private BrokerSettings settings;
    private @Nullable Path file;
    private @Nullable BrokerWatcher watcher;
    private @Nullable Duration drivenTime;

    Draft(BrokerConfig original) {
      this.original = original;
      this.portSecurity = original.portSecurity;
      this.limits = original.limits;
      this.listeners = original.listeners;
      this.faults = original.faults;
      this.settings = original.settings;
      this.file = original.file;
      this.watcher = original.watcher;
      this.drivenTime = original.drivenTime;
    }

    BrokerConfig config() {
      return new BrokerConfig(
          original.ports,
          portSecurity,
          original.log,
          original.verbose,
          limits,
          listeners,
          faults,
          settings,
          file,
          watcher,
          drivenTime);
    }
  }
}
