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

/**
 * Carries out the planned fault of a {@link Connection}, from whatever thread its moment comes on.
 */
final class FaultInjector {

  private final Fault planned;
  private final FaultyChannel wire;
  private final ClientEvents events;
  private final CompletableFuture<Fault> struck = new CompletableFuture<>();

  /**
   * @param planned null for none
   */
  FaultInjector(Fault planned, FaultyChannel wire, ClientEvents events) {
    this.planned = planned;
    this.wire = wire;
    this.events = events;
  }

  /** The planned fault if its moment is of that kind, or null. */
  <M extends Moment> M moment(Class<M> kind) {
    return planned != null && kind.isInstance(planned.moment())
        ? kind.cast(planned.moment())
        : null;
  }

  Fault planned() {
    return planned;
  }

  CompletableFuture<Fault> struck() {
    return struck;
  }

  /**
   * Strikes. The link has ended already as far as everybody else is concerned.
   *
   * @param farewell those of DISCONNECT, for {@link Effect#WILL}
   */
  void strike(Effect effect, Outgoing outgoing, Properties farewell) {
    boolean asPlanned = planned != null && planned.effect() == effect;
    Fault fault = asPlanned ? planned : new Fault(effect, new Moment.End());
    if (effect == Effect.WILL) {
      say(outgoing, farewell);
    }
    if (asPlanned && effect == Effect.KILL) {
      events.struck(fault);
    }
    outgoing.shut(() -> inflict(effect));
    if (asPlanned) {
      events.struck(fault);
    }
    wire.over().thenRun(() -> struck.complete(fault));
  }

  private void inflict(Effect effect) {
    try {
      switch (effect) {
        case KILL -> ProcessKill.now();
        case WILL -> wire.inflict(Effect.CLOSE);
        default -> wire.inflict(effect);
      }
    } catch (IOException e) {
      // The connection is gone, which is what was wanted.
      wire.over().complete(null);
    }
  }

  private static void say(Outgoing outgoing, Properties farewell) {
    try {
      outgoing.send(new Disconnect(ReasonCode.DISCONNECT_WITH_WILL_MESSAGE, farewell), false);
    } catch (IOException e) {
      // Whoever cannot be told will notice.
    }
  }
}
