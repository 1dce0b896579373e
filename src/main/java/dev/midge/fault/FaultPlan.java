package dev.midge.fault;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The faults of a process, which may be added and cleared while connections are open. It answers;
 * whoever asks carries out. For several threads.
 */
public final class FaultPlan {
  private final FaultSide side;
  private final long seed;
  private final LongSupplier clock;
  private final long start;
  private final Consumer<FaultEvent> listener;
  private final List<PlannedFault> faults = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> connections = new HashMap<>();
  private int added;

  /**
   * @param seed decides all that chance decides: with the same seed the same happens
   * @param listener hears of each fault that was carried out, on the thread that did
   */
  public FaultPlan(FaultSide side, long seed, Consumer<FaultEvent> listener) {
    this(side, seed, System::nanoTime, listener);
  }

  /**
   * @param clock nanoseconds
   */
  public FaultPlan(FaultSide side, long seed, LongSupplier clock, Consumer<FaultEvent> listener) {
    this.side = side;
    this.seed = seed;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.listener = listener;
  }

  /** Adds a fault. Connections that are open count from now on. */
  public synchronized PlannedFault add(Fault fault) {
    PlannedFault planned = new PlannedFault(++added, fault, side, clock.getAsLong());
    faults.add(planned);
    return planned;
  }

  /** Returns the faults that are not cleared, in the order of their numbers. */
  public List<PlannedFault> faults() {
    return faults.stream().filter(fault -> !fault.isCleared()).collect(Collectors.toList());
  }

  /** Clears a fault; returns false when there is none of that number. */
  public boolean clear(int number) {
    for (PlannedFault planned : faults) {
      if (planned.number() == number) {
        planned.clear();
        return faults.remove(planned);
      }
    }
    return false;
  }

  /** Clears all faults. */
  public void clearAll() {
    faults.forEach(PlannedFault::clear);
    faults.clear();
  }

  /** Returns whether there is nothing to ask for; as cheap as a read of a field. */
  public boolean isEmpty() {
    return faults.isEmpty();
  }

  /** Returns whether chance decides something, so that the seed is worth a line. */
  public boolean isRandom() {
    return faults.stream().anyMatch(planned -> planned.fault().isRandom());
  }

  public long seed() {
    return seed;
  }

  public FaultSide side() {
    return side;
  }

  /**
   * Returns the faults of a new connection.
   *
   * @param address stands for the client until its identifier is known
   */
  public ConnectionFaults open(String address) {
    return new ConnectionFaults(this, address);
  }

  /** Tells the listener that a fault was carried out on that connection; returns what it told. */
  public FaultEvent carriedOut(ConnectionFaults connection, Due due) {
    FaultEvent event =
        new FaultEvent(
            Duration.ofNanos(clock.getAsLong() - start),
            due.planned().fault().text(),
            due.effects().stream().map(Effect::text).collect(Collectors.joining("+")),
            due.moment(),
            connection.name(),
            connection.number());
    listener.accept(event);
    return event;
  }

  List<PlannedFault> live() {
    return faults;
  }

  long now() {
    return clock.getAsLong();
  }

  /** Returns the number of the connection among those of that client, from 1. */
  synchronized int numberOf(String client) {
    return connections.merge(client, 1, Integer::sum);
  }

  /**
   * Returns a number from 0 (inclusive) to 1 (exclusive) that depends on nothing but the seed and
   * the words, so that it does not matter which of two threads asks first.
   */
  double chance(Object... words) {
    long hash = seed;
    for (Object word : words) {
      String text = String.valueOf(word);
      for (int i = 0; i < text.length(); i++) {
        hash = mix(hash + text.charAt(i) + 1);
      }
      hash = mix(hash ^ 0x9E3779B97F4A7C15L);
    }
    return (hash >>> 11) * 0x1.0p-53;
  }

  /** The mixing step of SplitMix64. */
  private static long mix(long number) {
    long z = (number ^ number >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
