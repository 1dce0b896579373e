package dev.midge.broker.fault;

import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.Timers;
import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Disconnect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/** Carries out effects that concern a connection, one after the other. Broker thread only. */
final class Course {
  private final GateState state;
  private final Actions actions;
  private final BrokerObserver observer;
  private final Timers timers;
  private final LongSupplier clock;
  private List<Timers.Timer> blackouts = List.of();
  private List<Run> waiting = List.of(); // for the end of the blackouts
  private boolean closed;

  Course(
      GateState state,
      Actions actions,
      BrokerObserver observer,
      Timers timers,
      LongSupplier clock) {
    this.state = state;
    this.actions = actions;
    this.observer = observer;
    this.timers = timers;
    this.clock = clock;
  }

  /** Carries out effects where the connection is now. */
  void run(List<Step> steps) {
    run(steps, false, () -> {});
  }

  /** Carries out effects behind what was written: what was not is dropped if they close. */
  void runBehind(List<Step> steps) {
    run(steps, true, () -> {});
  }

  /**
   * Carries out effects before a packet of the client is handled.
   *
   * @param then handles it; not called if the connection ends, or its packets are not read any more
   */
  void runBefore(List<Step> steps, Runnable then) {
    run(steps, false, then);
  }

  private void run(List<Step> steps, boolean behind, Runnable then) {
    new Run(steps.iterator(), behind, then).goOn();
  }

  /** Forgets what was to come: the socket is closed. */
  void close() {
    closed = true;
    blackouts.forEach(timers::cancel);
    waiting = List.of();
  }

  private void blackout(Effect.Blackout blackout, Run rest) {
    state.stops.blackoutBegins();
    if (waiting.isEmpty()) {
      waiting = new ArrayList<>();
      blackouts = new ArrayList<>();
    }
    waiting.add(rest);
    long end = clock.getAsLong() + blackout.time().toNanos();
    blackouts.add(timers.at(end, now -> blackoutEnds()));
    actions.goOn();
  }

  private void blackoutEnds() {
    state.stops.blackoutEnds();
    if (state.stops.isBlackout()) {
      return; // another one has begun meanwhile
    }
    blackouts = List.of();
    List<Run> all = waiting;
    waiting = List.of();
    all.forEach(Run::goOn);
    actions.catchUp();
  }

  /** The effects that are left. */
  private final class Run {
    private final Iterator<Step> steps;
    private final boolean behind;
    private final Runnable then;
    private Step step = new Step(null, List.of());
    private Iterator<Effect> effects = Collections.emptyIterator();

    Run(Iterator<Step> steps, boolean behind, Runnable then) {
      this.steps = steps;
      this.behind = behind;
      this.then = then;
    }

    void goOn() {
      while (!closed) {
        if (effects.hasNext()) {
          if (!carryOut(effects.next())) {
            return;
          }
        } else if (steps.hasNext()) {
          step = steps.next();
          state.tell(step);
          effects = step.effects().iterator();
        } else {
          if (!state.stops.isFrozen(Direction.OUT) && !actions.isEnding()) {
            then.run();
          }
          return;
        }
      }
    }

    /** Returns false if nothing follows, or not yet. */
    private boolean carryOut(Effect effect) {
      switch (effect.kind()) {
        case CLOSE -> {
          end();
          return false;
        }
        case RESET -> {
          writeAnswers();
          if (!actions.reset(cause())) {
            observer.fault(state.name(), step.text(), "a unix socket knows no RST: it is closed");
          }
          return false;
        }
        case REASON -> {
          disconnect(((Effect.Reason) effect).code());
          return false;
        }
        case FREEZE -> {
          writeAnswers();
          state.stops.freeze(((Effect.Freeze) effect).direction());
          actions.goOn();
        }
        case GARBAGE -> actions.send(SpoiltBytes.garbage());
        case BLACKOUT -> {
          blackout((Effect.Blackout) effect, this);
          return false;
        }
        default -> {} // delay, throttle and slice: the flows ask for them
      }
      return true;
    }

    /** Writes the answers to the packets before, which are the broker's last words. */
    private void writeAnswers() {
      if (!behind) {
        actions.write();
      }
    }

    private void end() {
      if (behind) {
        actions.discard();
      }
      actions.end(cause());
    }

    private void disconnect(int reasonCode) {
      ProtocolVersion version = state.version;
      if (behind) {
        actions.discard();
      }
      if (version != null && version.isV5()) {
        Disconnect packet = new Disconnect(reasonCode, Properties.NONE);
        observer.sent(state.name(), packet);
        actions.send(PacketEncoder.encode(packet, version));
      } else {
        observer.fault(
            state.name(),
            step.text(),
            "only in MQTT 5 a broker sends DISCONNECT: the connection is closed without");
      }
      actions.end(cause());
    }

    private DisconnectCause cause() {
      return state.isRefused
          ? DisconnectCause.refusalByFault(step.text())
          : DisconnectCause.fault(step.text());
    }
  }
}
