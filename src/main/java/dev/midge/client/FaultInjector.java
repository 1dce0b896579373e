package dev.midge.client;

import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultyChannel;
import dev.midge.fault.Moment;
import dev.midge.fault.ProcessKill;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Disconnect;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Knows the planned fault of a connection and carries faults out, on any thread. */
final class FaultInjector {

  private final @Nullable Fault planned;
  private final FaultyChannel channel;
  private final ClientEvents events;
  private final CompletableFuture<Fault> struck = new CompletableFuture<>();

  FaultInjector(@Nullable Fault planned, FaultyChannel channel, ClientEvents events) {
    this.planned = planned;
    this.channel = channel;
    this.events = events;
  }

  /** Returns the planned effect if its moment is of that kind. */
  @Nullable Effect plannedAt(Class<? extends Moment> moment) {
    return planned != null && moment.isInstance(planned.moment()) ? planned.effect() : null;
  }

  /** Returns when the planned fault is due, if that is some time after CONNACK. */
  Moment.@Nullable After plannedAfter() {
    return planned != null && planned.moment() instanceof Moment.After after ? after : null;
  }

  /** Completes when a fault was carried out and is over. */
  CompletableFuture<Fault> struck() {
    return struck;
  }

  /**
   * Does that to a connection, which has ended already as far as everybody else is concerned.
   *
   * @param properties those of DISCONNECT, for {@link Effect#WILL}
   */
  void inject(Effect effect, Engine engine, Properties properties) {
    Fault ofPlan = planned != null && planned.effect() == effect ? planned : null;
    Disconnect last =
        effect == Effect.WILL
            ? new Disconnect(ReasonCode.DISCONNECT_WITH_WILL_MESSAGE, properties)
            : null;
    if (ofPlan != null && effect == Effect.KILL) {
      events.struck(ofPlan); // There is no later.
    }
    engine.shut(last, () -> apply(effect));
    if (ofPlan != null) {
      events.struck(ofPlan);
    }
    Fault fault = ofPlan != null ? ofPlan : new Fault(effect, new Moment.End());
    channel.over().thenRun(() -> struck.complete(fault));
  }

  private void apply(Effect effect) {
    try {
      switch (effect) {
        case KILL -> ProcessKill.now();
        case WILL -> channel.inflict(Effect.CLOSE);
        default -> channel.inflict(effect);
      }
    } catch (IOException e) {
      // The connection is gone, which is what was wanted.
      channel.over().complete(null);
    }
  }
}
