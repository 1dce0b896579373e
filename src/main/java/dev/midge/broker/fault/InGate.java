package dev.midge.broker.fault;

import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.router.Client;
import dev.midge.fault.Direction;
import dev.midge.fault.plan.Due;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the packets of one client pass to the core, or what a fault makes of them. Bytes are counted
 * from the connection's first. Broker thread only.
 */
public final class InGate {
  private final GateState state;
  private final Client client;
  private final Output output;
  private final Actions actions;
  private final Course course;
  private final BrokerObserver observer;
  private final LongSupplier clock;
  private final Pace pace = new Pace();
  private long counted; // bytes that faults know of
  private @Nullable Packet held; // until the next has passed

  InGate(
      GateState state,
      Client client,
      Output output,
      Actions actions,
      Course course,
      BrokerObserver observer,
      LongSupplier clock) {
    this.state = state;
    this.client = client;
    this.output = output;
    this.actions = actions;
    this.course = course;
    this.observer = observer;
    this.clock = clock;
  }

  /** Returns whether bytes may pass without a question. */
  public boolean isFree() {
    return state.isIdle() && pace.isFree();
  }

  /** Returns whether no packet may pass now. */
  public boolean isStopped() {
    return state.isOver || state.stops.stops(Direction.OUT);
  }

  /**
   * Takes note that bytes have come.
   *
   * @param start the number of all that came before
   * @param end the number of all with these
   */
  public void came(long start, long end) {
    shape();
    pace.add(start, end, clock.getAsLong());
  }

  /** Takes the present shape of the bytes. */
  void shape() {
    pace.shape(state.faults.shaping(Direction.OUT));
  }

  /** Returns how many bytes may pass now, behind so many that have passed. */
  public long allowance(long passed) {
    if (isStopped()) {
      return 0;
    }
    long most = pace.allowance(passed, clock.getAsLong());
    if (passed < counted) {
      return Math.min(most, counted - passed);
    }
    // The last byte comes alone, so that all before it have passed when the fault happens.
    long until = state.faults.untilBytes(Direction.OUT);
    return Math.min(most, until == 1 ? 1 : until - 1);
  }

  /**
   * Carries out what is due with the last of the bytes that pass next; it may stop them.
   *
   * @param start the number of bytes that have passed before
   * @param end the number of all with these
   */
  public void passing(long start, long end) {
    long more = end - Math.max(counted, start);
    if (more > 0) {
      counted = end;
      List<Due> due = state.touched(state.faults.bytes(Direction.OUT, more));
      if (!due.isEmpty()) {
        course.run(Step.all(due));
      }
    }
  }

  /**
   * Returns when more may pass than {@link #allowance} has told last, which may be over by now;
   * {@link Timers#NEVER} if that is no matter of time.
   */
  public long next() {
    return isStopped() ? Timers.NEVER : pace.next();
  }

  /** Takes note that so many bytes have passed at once. */
  public void passed(long bytes) {
    pace.passed(bytes, clock.getAsLong());
  }

  /** Takes a packet of the client. */
  public void arrived(Packet packet, long now) {
    if (state.isIdle()) {
      if (packet.type() == PacketType.PUBLISH) {
        state.topicsOut.topic(packet);
      } else if (state.version == null && packet instanceof Connect connect) {
        state.identified(connect);
        state.connack = List.of(); // a fault that is planned from now on is not due at CONNACK
      }
      client.arrived(packet, now);
      return;
    }
    if (state.version == null && packet instanceof Connect connect) {
      state.identified(connect);
    }
    List<Due> due =
        state.touched(
            state.faults.packet(Direction.OUT, packet.type(), state.topicsOut.topic(packet)));
    if (due.isEmpty()) {
      handle(packet, now);
    } else {
      change(packet, new Change(due, packet.type()), now);
    }
    shape();
  }

  private void change(Packet packet, Change change, long now) {
    Packet passing = change.refusal == null ? packet : refused(packet, change);
    if (passing == null) {
      return;
    }
    boolean noAnswer = change.isUnanswered && packet.type() == PacketType.CONNECT;
    if (change.isSwallowed || change.isHalf || noAnswer) {
      course.run(change.steps);
    } else if (change.isReordered && held == null) {
      held = packet;
      course.run(change.steps);
    } else {
      // Which may be after a blackout: time has passed then.
      course.runBefore(change.steps, () -> handle(passing, packet, change, actions.now()));
    }
  }

  /** Returns the packet to handle: as it is, or with another code; null if it was answered. */
  private @Nullable Packet refused(Packet packet, Change change) {
    ProtocolVersion version = Objects.requireNonNull(state.version);
    Packet answer = null;
    if (change.isNack()) {
      if (packet.type() == PacketType.CONNECT) {
        refuse(
            (Connect) packet,
            Refusals.ofConnect(Objects.requireNonNull(change.refusal), version),
            change);
        return null;
      }
      answer = Refusals.answer(packet, change.code(), version);
    }
    if (answer != null) {
      observer.received(state.name(), state.topicsOut.named(packet));
      answer(answer, change.steps, version);
      return null;
    }
    Packet other = Refusals.withCode(packet, change.code(), version);
    if (other == null) {
      observer.fault(state.name(), change.text(), Refusals.whyNot(packet, version));
      change.cannotRefuse();
    }
    return other == null ? packet : other;
  }

  /** Answers CONNECT with a refusal; the core does not hear of it. */
  private void refuse(Connect connect, int code, Change change) {
    List<Step> steps = new ArrayList<>();
    for (Step step : change.steps) {
      steps.add(new Step(step.due(), Step.ending(step.effects())));
    }
    Connack connack = Refusals.connack(code);
    state.isRefused = true;
    client.notAccepted(connect, connack);
    answer(connack, steps, Objects.requireNonNull(state.version));
  }

  private void answer(Packet packet, List<Step> steps, ProtocolVersion version) {
    observer.sent(state.name(), packet);
    long start = output.added();
    output.add(packet, version);
    state.outFlow.added(start, output.added());
    state.outFlow.cut(output.added(), steps);
    state.isOver |= Step.close(steps);
  }

  private void handle(Packet packet, Packet sent, Change change, long now) {
    ProtocolVersion version = Objects.requireNonNull(state.version);
    for (int i = change.isDoubled ? 2 : 1; i > 0; i--) {
      if (change.isGarbage) {
        decode(SpoiltBytes.garbage(), now);
      } else if (change.corrupted != null) {
        double chance = state.faults.chance(change.corrupted);
        decode(SpoiltBytes.corrupt(packet, version, chance), now);
      } else if (change.isUnanswered) {
        state.withheld = Withheld.answerTo(packet);
        handle(packet, now);
        state.withheld = null;
      } else if (packet != sent) {
        decode(PacketEncoder.encode(packet, version), now); // which judges the code as any other
      } else {
        handle(packet, now);
      }
    }
  }

  /** Handles bytes as if the client had sent them. */
  private void decode(ByteBuffer bytes, long now) {
    PacketDecoder decoder = new PacketDecoder(Side.BROKER);
    boolean connect = PacketType.ofFirstByte(bytes.get(0) & 0xFF) == PacketType.CONNECT;
    if (!connect && state.clientId != null) { // in place of CONNECT, nothing tells the version
      decoder.version(Objects.requireNonNull(state.version));
    }
    try {
      Packet packet = decoder.decode(bytes);
      if (packet != null) {
        handle(packet, now);
      }
    } catch (MalformedPacketException e) {
      client.malformed(e, decoder.version(), now);
    }
  }

  private void handle(Packet packet, long now) {
    if (packet instanceof Connect connect && state.clientId == null && state.connack == null) {
      connect(connect, now);
    } else {
      client.arrived(packet, now);
    }
    Packet next = held;
    held = null;
    if (next != null && !actions.isEnding()) {
      handle(next, now);
    }
  }

  /**
   * Asks for the faults at CONNACK before CONNECT is handled: a client that is refused begins no
   * session, takes over none, and leaves no will.
   */
  private void connect(Connect connect, long now) {
    List<Due> due = state.touched(state.faults.packet(Direction.IN, PacketType.CONNACK, null));
    Change change = new Change(due, PacketType.CONNACK);
    int code =
        change.refusal == null
            ? 0
            : Refusals.ofConnect(change.refusal, Objects.requireNonNull(state.version));
    if (code != 0) {
      refuse(connect, code, change);
    } else {
      state.connack = due;
      client.arrived(connect, now);
    }
  }
}
