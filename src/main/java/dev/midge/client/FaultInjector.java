package dev.midge.client;

import dev.midge.client.FaultWatch.Strike;
import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.fault.Fault;
import dev.midge.fault.MalformedPacket;
import dev.midge.fault.Moment;
import dev.midge.fault.ProcessKill;
import dev.midge.fault.channel.FaultyChannel;
import dev.midge.fault.plan.Due;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the faults of one connection, one after the other, on a thread of its own: that of a
 * write or of a read may hold a lock.
 */
final class FaultInjector {
  private final ConnectSpec spec;
  private final FaultyChannel channel;
  private final @Nullable FaultWatch watch;
  private final Engine engine;
  private final ConnectionEnd end;
  private final CompletableFuture<Connack> opened;
  private final ClientEvents events;
  private final CompletableFuture<Fault> struck = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
  private final @Nullable FaultThread thread;
  private volatile boolean accepted;

  FaultInjector(
      ConnectSpec spec,
      FaultWatch.Watched watched,
      Engine engine,
      ConnectionEnd end,
      CompletableFuture<Connack> opened,
      ClientEvents events) {
    this.spec = spec;
    this.channel = watched.channel();
    FaultWatch plan = watched.watch();
    this.watch = plan;
    this.engine = engine;
    this.end = end;
    this.opened = opened;
    this.events = events;
    this.thread = plan == null ? null : new FaultThread(plan, strike -> carryOut(plan, strike));
  }

  /** Begins, where there is a plan. */
  void start() {
    if (thread != null) {
      thread.start();
    }
  }

  /** CONNACK has come. */
  void connected() {
    accepted = true;
    if (watch != null) {
      watch.connected();
    }
    if (thread != null) {
      thread.schedule(); // The clock runs from now on.
    }
    if (spec.faults() != null && spec.faults().inputEnded()) {
      inputEnded();
    }
  }

  /** Standard input has ended. */
  void inputEnded() {
    if (watch != null) {
      watch.inputEnded();
    }
  }

  /** Returns whether a fault ends the connection, now or very soon. */
  boolean isStruck() {
    return watch != null && watch.isStruck();
  }

  /** Returns whether the broker may end the connection because of a fault that has happened. */
  boolean explainsLoss() {
    return watch != null && watch.isCut();
  }

  /** No fault ends the connection any more; returns false when one does. */
  boolean close() {
    boolean free = watch == null || watch.close();
    if (thread != null) {
      thread.schedule(); // Which ends the clock.
    }
    return free;
  }

  /** Waits until what has happened was told. Not for the thread that tells. */
  void settle() {
    if (thread != null) {
      thread.settle();
    }
  }

  /** Completes when the fault that ended the connection was carried out and is over. */
  CompletableFuture<Fault> struck() {
    return struck;
  }

  /** Completes when a client may come back: at once after a freeze, else with {@link #struck}. */
  CompletableFuture<@Nullable Void> gone() {
    return gone;
  }

  private void carryOut(FaultWatch plan, Strike strike) throws InterruptedException {
    if (strike.ends()) {
      end(plan, strike);
    } else {
      tell(plan, strike);
    }
  }

  private void tell(FaultWatch plan, Strike strike) {
    events.struck(strike.due().planned().fault(), plan.carriedOut(strike.due()));
  }

  private void end(FaultWatch plan, Strike strike) throws InterruptedException {
    Fault fault = strike.due().planned().fault();
    await(fault.effects());
    if (fault.has(EffectKind.KILL)) {
      tell(plan, strike); // There is no later.
    }
    if (fault.has(EffectKind.TAKEOVER)) {
      try {
        String id = opened.isDone() && accepted ? spec.clientIdAfter(opened.join()) : "";
        Takeover.run(spec.willess(id.isEmpty() ? spec.clientId() : id));
      } catch (ConnectionFailure failure) {
        if (end.begin(ConnectionOutcome.failed(failure))) {
          end.closeChannel();
          opened.completeExceptionally(failure);
          over(failure);
        }
        return;
      }
    }
    if (end.begin(ConnectionOutcome.STRUCK)) {
      engine.shut(last(fault.effects(), strike, plan), () -> apply(fault.effects(), strike));
      if (!fault.has(EffectKind.KILL)) {
        tell(plan, strike);
      }
      finish(fault);
    }
  }

  /** A blackout is over before what follows it in a sum. */
  private static void await(List<Effect> effects) throws InterruptedException {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Blackout blackout) {
        TimeUnit.NANOSECONDS.sleep(blackout.time().toNanos());
      }
    }
  }

  /** Does that to the connection, which nobody has planned. */
  void inject(Effect effect) {
    if (end.begin(ConnectionOutcome.STRUCK)) {
      close();
      Fault fault = new Fault(effect, new Moment.End());
      engine.shut(null, () -> apply(fault.effects(), null));
      finish(fault);
    }
  }

  private void finish(Fault fault) {
    channel.over().thenRun(() -> struck.complete(fault));
    if (fault.has(EffectKind.FREEZE)) {
      gone.complete(null);
    } else {
      channel.over().thenRun(() -> gone.complete(null));
    }
    if (!accepted) {
      opened.cancel(false);
    }
    over(null);
  }

  private void over(@Nullable ConnectionFailure failure) {
    engine.abandon(failure);
    channel.over().thenRun(engine::stop);
  }

  /**
   * The client has ended, but a fault keeps the broker from knowing: the connection stays open
   * until the broker gives it up. Returns false when it can end in order.
   */
  boolean isLeftOpen() {
    Due mute = watch == null ? null : watch.mute();
    if (mute == null) {
      return false;
    }
    if (end.begin(ConnectionOutcome.STRUCK)) {
      channel.awaitPeer();
      finish(mute.planned().fault());
    }
    return true;
  }

  /** The connection is lost: where a fault that has happened before explains that, it is over. */
  void lost() {
    if (explainsLoss()) {
      struck.complete(new Fault(Effect.FREEZE, new Moment.End()));
      gone.complete(null);
    }
  }

  private @Nullable Disconnect last(List<Effect> effects, Strike strike, FaultWatch plan) {
    for (Effect effect : effects) {
      Properties properties = plan.ofDisconnect();
      if (effect.kind() == EffectKind.WILL) {
        return new Disconnect(ReasonCode.DISCONNECT_WITH_WILL_MESSAGE, properties);
      }
      if (effect instanceof Effect.Reason reason && !strike.isAnswer()) {
        return new Disconnect(reason.code(), properties);
      }
    }
    return null;
  }

  private void apply(List<Effect> effects, @Nullable Strike strike) {
    try {
      Effect ending = Effect.CLOSE;
      for (Effect effect : effects) {
        if (effect.kind() == EffectKind.GARBAGE && (strike == null || !strike.inPlace())) {
          channel.out().write(MalformedPacket.bytes());
          channel.out().flush();
        }
        ending = FaultWatch.isEnd(effect, null) ? effect : ending;
      }
      switch (ending.kind()) {
        case KILL -> ProcessKill.now();
        case RESET, FREEZE -> channel.inject(ending);
        case GARBAGE, TAKEOVER -> channel.awaitPeer();
        default -> channel.inject(Effect.CLOSE);
      }
    } catch (IOException e) {
      // The connection is gone, which is what was wanted.
      channel.over().complete(null);
    }
  }
}
