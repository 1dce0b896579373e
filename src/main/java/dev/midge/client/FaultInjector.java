package dev.midge.client;

import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.fault.Fault;
import dev.midge.fault.Moment;
import dev.midge.fault.ProcessKill;
import dev.midge.fault.channel.FaultyChannel;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Disconnect;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    return planned != null && moment.isInstance(planned.moment()) ? planned.effects().get(0) : null;
  }

  /**
   * Completes, on a thread of its own, with the planned effect when that is due some time after now
   * and the connection is not over before.
   */
  CompletableFuture<Effect> dueLater(CompletableFuture<ConnectionOutcome> over) {
    CompletableFuture<Effect> due = new CompletableFuture<>();
    if (planned != null && planned.moment() instanceof Moment.After after) {
      Effect effect = planned.effects().get(0);
      Thread timer = new Thread(() -> wait(after.time(), over, effect, due), "midge fault");
      timer.setDaemon(true);
      timer.start();
    }
    return due;
  }

  private static void wait(
      Duration time,
      CompletableFuture<ConnectionOutcome> over,
      Effect effect,
      CompletableFuture<Effect> due) {
    try {
      over.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException now) {
      due.complete(effect);
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e); // There is no failure, and nobody interrupts.
    }
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
    Fault ofPlan = planned != null && planned.effects().get(0).equals(effect) ? planned : null;
    Disconnect last =
        effect.kind() == EffectKind.WILL
            ? new Disconnect(ReasonCode.DISCONNECT_WITH_WILL_MESSAGE, properties)
            : null;
    if (ofPlan != null && effect.kind() == EffectKind.KILL) {
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
      switch (effect.kind()) {
        case KILL -> ProcessKill.now();
        case WILL -> channel.inject(Effect.CLOSE);
        default -> channel.inject(effect);
      }
    } catch (IOException e) {
      // The connection is gone, which is what was wanted.
      channel.over().complete(null);
    }
  }
}
