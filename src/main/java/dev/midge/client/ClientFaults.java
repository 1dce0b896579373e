package dev.midge.client;

import dev.midge.fault.plan.FaultPlan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The planned faults of a client, over all its connections.
 *
 * @param name the client id that the user gave, which the plan's chances depend on; empty for none
 * @param inputEnded whether standard input has ended before the client connects
 * @param comeBack how long after a fault that ended its connection the client comes back; null when
 *     it does not
 */
public record ClientFaults(
    FaultPlan plan, String name, boolean inputEnded, @Nullable Duration comeBack) {

  /** Returns the same for another client: none of them has happened there. */
  public ClientFaults of(String client) {
    return new ClientFaults(plan.copy(), client, inputEnded, comeBack);
  }
}
