package dev.midge.fault.plan;

import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.Moment;
import dev.midge.fault.Target;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.packet.PacketType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers, for one connection, which faults are due. It is told what happens, in the order in which
 * it happens in each direction, before it takes effect; it never calls anybody. For several
 * threads.
 */
public final class ConnectionFaults {
  /** A time that never comes. */
  public static final long NEVER = FaultCounters.NEVER;

  private final PlanState plan;
  // Where there is no fault, as in most tests, there is nothing to count.
  private Map<Integer, FaultCounters> counters = Collections.emptyMap();
  private Map<PacketType, long[]> packets = Collections.emptyMap();
  private final long[] shaped = new long[2];
  private final Supplier<String> address;
  private @Nullable String clientId; // null before CONNECT, or for none
  private int number;
  private @Nullable String user;
  private @Nullable ProtocolVersion version;
  private long connectedAt = NEVER;

  ConnectionFaults(PlanState plan, Supplier<String> address) {
    this.plan = plan;
    this.address = address;
  }

  /** Returns the client identifier, or the address before there is one. */
  public synchronized String name() {
    return clientId == null ? address.get() : clientId;
  }

  /** Returns the number among the connections of this client, from 1; 0 before CONNECT. */
  public synchronized int number() {
    return number;
  }

  /** CONNECT is known; called before {@link #packet} is told of it. */
  public synchronized void identify(
      String asked, @Nullable String username, ProtocolVersion spoken) {
    if (version == null) {
      clientId = asked.isEmpty() ? null : asked;
      number = plan.numberOf(asked);
      user = username;
      version = spoken;
    }
  }

  /** The connection was accepted, and nothing has been read. */
  public synchronized List<Due> accepted() {
    return isIdle() ? List.of() : due((planned, mine) -> isTcp(planned) ? "tcp" : null);
  }

  /**
   * A packet is about to pass.
   *
   * @param direction {@link Direction#IN} or {@link Direction#OUT}
   * @param topic of a PUBLISH, its alias resolved; else null
   */
  public synchronized List<Due> packet(
      Direction direction, PacketType type, @Nullable String topic) {
    long count = ++counts(type)[direction == Direction.IN ? 0 : 1];
    if (isIdle()) {
      return List.of();
    }
    return due(
        (planned, mine) ->
            isTcp(planned) || !planned.fault().target().concernsTopic(topic)
                ? null
                : packetMoment(planned, mine, direction, type, count, topic));
  }

  private long[] counts(PacketType type) {
    long[] known = packets.get(type);
    if (known == null) {
      known = new long[2];
      if (packets.isEmpty()) {
        packets = new EnumMap<>(PacketType.class);
      }
      packets.put(type, known);
    }
    return known;
  }

  /**
   * Tells whether no fault is planned. Each question asks this first: where there is no fault, as
   * in most tests, the classes of the answers are not loaded.
   */
  private boolean isIdle() {
    return plan.faults().isEmpty();
  }

  private @Nullable String packetMoment(
      PlannedFault planned,
      FaultCounters mine,
      Direction direction,
      PacketType type,
      long count,
      @Nullable String topic) {
    Moment moment = planned.fault().moment();
    String kind = FaultNames.of(type, direction);
    if (moment instanceof Moment.Packets packetsMoment) {
      if (packetsMoment.packet() != type || !packetsMoment.direction().covers(direction)) {
        return null;
      }
      long matching = mine.next();
      return packetsMoment.has(matching) ? kind + ":" + matching : null;
    }
    if (moment instanceof Moment.Random random) {
      double drawn = plan.chance(planned.number(), name(), number, direction, type, count);
      return drawn < random.probability() && planned.isPossibleAt(type, direction)
          ? kind + ":" + count
          : null;
    }
    if (moment instanceof Moment.Topic filter) {
      boolean matches = topic != null && Topics.matches(filter.filter(), topic);
      return matches && planned.isPossibleAt(type, direction) ? kind + ":" + count : null;
    }
    boolean fits =
        moment instanceof Moment.End && direction == Direction.OUT
            || moment instanceof Moment.Connack
            || moment instanceof Moment.Subscribed;
    return fits && moment.packet() == type ? moment.text() : null;
  }

  /** So many bytes are about to pass, or have passed. */
  public synchronized List<Due> bytes(Direction direction, long more) {
    if (isIdle()) {
      return List.of();
    }
    if (version == null) {
      early(direction, more);
    }
    return due(
        (planned, mine) ->
            planned.fault().moment() instanceof Moment.Bytes moment
                    && moment.direction().covers(direction)
                    && mine.bytesReach(moment.count(), more)
                ? moment.text()
                : null);
  }

  /** Has faults count the bytes of CONNECT, too, which tells whether they are meant. */
  private void early(Direction direction, long more) {
    for (PlannedFault planned : plan.faults()) {
      if (planned.fault().target().needsConnect()
          && planned.fault().moment() instanceof Moment.Bytes moment
          && moment.direction().covers(direction)) {
        of(planned).early(more);
      }
    }
  }

  /**
   * Returns how many more bytes may pass in that direction until a fault is due; {@link #NEVER}
   * when there is no such fault.
   */
  public synchronized long untilBytes(Direction direction) {
    long least = NEVER;
    for (PlannedFault planned : plan.faults()) {
      if (planned.fault().moment() instanceof Moment.Bytes moment
          && moment.direction().covers(direction)
          && planned.isOpen()
          && concerns(planned)) {
        least = Math.min(least, of(planned).bytesUntil(moment.count()));
      }
    }
    return least;
  }

  /** CONNACK, a success, has passed. */
  public synchronized List<Due> connected() {
    connectedAt = plan.now();
    if (isIdle()) {
      return List.of();
    }
    return due(
        (planned, mine) ->
            planned.fault().moment() instanceof Moment.Connected ? mine.once("connected") : null);
  }

  /** Standard input has ended. */
  public synchronized List<Due> inputEnded() {
    return isIdle()
        ? List.of()
        : due((planned, mine) -> planned.fault().moment() instanceof Moment.Eof ? "eof" : null);
  }

  /** Returns when {@link #time} is to be called next, by the clock of the plan. */
  public synchronized long nextTime() {
    long next = NEVER;
    for (PlannedFault planned : plan.faults()) {
      if (connectedAt != NEVER && planned.isOpen() && concerns(planned)) {
        next = Math.min(next, of(planned).nextTime(planned, connectedAt));
      }
    }
    return next;
  }

  /** Time has passed. */
  public synchronized List<Due> time() {
    if (connectedAt == NEVER || isIdle()) {
      return List.of();
    }
    long now = plan.now();
    return due((planned, mine) -> mine.time(planned, connectedAt, now));
  }

  /** Returns how the next write of that direction is shaped, by faults that have happened. */
  public synchronized Shaping shaping(Direction direction) {
    Shaping shaping = Shaping.NONE;
    for (PlannedFault planned : plan.faults()) {
      FaultCounters mine = counters.get(planned.number());
      if (mine != null && mine.isActive()) {
        long write = shaped[direction == Direction.IN ? 0 : 1]++;
        shaping = shaped(shaping, planned, direction, write);
      }
    }
    return shaping;
  }

  private Shaping shaped(Shaping shaping, PlannedFault planned, Direction direction, long write) {
    Duration delay = shaping.delay();
    long rate = shaping.bytesPerSecond();
    int slice = shaping.slice();
    Duration pause = shaping.pause();
    for (Effect effect : planned.fault().effects()) {
      if (effect instanceof Effect.Delay d) {
        double drawn = plan.chance(planned.number(), name(), number, direction, "delay", write);
        long jitter = Math.round((2 * drawn - 1) * d.jitter().toNanos());
        delay = delay.plus(d.time()).plusNanos(jitter);
      } else if (effect instanceof Effect.Throttle t) {
        rate = Math.min(rate, t.bytesPerSecond());
      } else if (effect instanceof Effect.Slice s) {
        slice = Math.min(slice, s.bytes());
        pause = pause.compareTo(s.pause()) < 0 ? s.pause() : pause;
      }
    }
    return new Shaping(delay, rate, slice, pause);
  }

  /**
   * Returns a number from 0 (inclusive) to 1 (exclusive) for what chance decides about a fault that
   * is due; the same seed gives the same number at the same moment of the same connection.
   */
  public synchronized double chance(Due due) {
    return plan.chance(due.planned().number(), name(), number, "of", due.moment());
  }

  private List<Due> due(Asked asked) {
    List<Due> all = new ArrayList<>(1);
    for (PlannedFault planned : plan.faults()) {
      if (!planned.isOpen() || !concerns(planned)) {
        continue;
      }
      FaultCounters mine = of(planned);
      String moment = asked.moment(planned, mine);
      if (moment != null && planned.take()) {
        mine.activate();
        all.add(new Due(planned, moment));
      }
    }
    return all;
  }

  private FaultCounters of(PlannedFault planned) {
    if (counters.isEmpty()) {
      counters = new TreeMap<>();
    }
    return counters.computeIfAbsent(planned.number(), n -> new FaultCounters());
  }

  private static boolean isTcp(PlannedFault planned) {
    return planned.fault().hasAny(e -> e instanceof Effect.Refuse r && r.tcp());
  }

  private boolean concerns(PlannedFault planned) {
    Target target = planned.fault().target();
    if (!target.needsConnect()) {
      return true;
    }
    return version != null
        && target.concerns(name(), user, version)
        && (target.share() == null || plan.chance("share", name()) * 100 < target.share());
  }

  /** Returns the moment in words when it has come. */
  private interface Asked {
    @Nullable String moment(PlannedFault planned, FaultCounters mine);
  }
}
