package dev.midge.control;

import dev.midge.fault.Effect;
import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultPlan;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A running broker or proxy, as those see it who control it. The methods are for any thread, and
 * several at once; what they return is a copy. Names of facts are those of docs/control.md.
 */
public interface ControlTarget {

  /** Returns the side whose faults it makes. */
  FaultSide side();

  /** Returns the connected clients, each with at least {@code client_id}. */
  List<Facts> clients() throws ControlProblem;

  /** Returns all that is known of a client; null for one that is not known. */
  @Nullable Facts client(String id) throws ControlProblem;

  /** Returns the sessions, those of absent clients too. */
  default List<Facts> sessions() throws ControlProblem {
    throw unsupported("sessions");
  }

  /**
   * Returns the retained messages of topics.
   *
   * @param filter a valid topic filter
   */
  default Facts retained(String filter) throws ControlProblem {
    throw unsupported("retained messages");
  }

  /** Returns the faults that are planned, to which others may be added. */
  FaultPlan faults();

  /**
   * Makes something happen to a client's connection at once.
   *
   * @return false if the client is not connected; a failure with a message if that effect is not
   *     possible now
   */
  CompletableFuture<Boolean> inject(String id, Effect effect);

  /** Stops to accept connections. */
  void pause() throws ControlProblem;

  /** Accepts connections again. */
  void resume() throws ControlProblem;

  /** Completes when the event has happened or its state is there; who gives up cancels it. */
  CompletableFuture<Boolean> await(String id, ClientEvent event) throws ControlProblem;

  /** Begins an orderly end, which goes on after this has returned. */
  void stop();

  private ControlProblem unsupported(String what) {
    return ControlProblem.unsupported(side().words(), what);
  }
}
