package dev.midge.broker.transport;

import dev.midge.broker.core.Timers;
import dev.midge.broker.core.router.Client;
import dev.midge.broker.fault.Gates;
import dev.midge.fault.Direction;
import java.nio.channels.SelectionKey;

/** Tells what one connection waits for, by the state of its parts. Broker thread only. */
record ConnectionWants(
    Client client,
    ConnectionInput input,
    ConnectionOutput output,
    ConnectionEnd end,
    Gates faults) {

  /** Returns the operations that the selector is to wait for. */
  int operations(boolean handshaking) {
    boolean closing = output.isClosing();
    int operations = 0;
    if (output.wantsRoom() || output.hasRoom() && client.waitsForSocket()) {
      operations |= SelectionKey.OP_WRITE;
    }
    if (!end.isInputEnded() && wantsToRead(closing, handshaking)) {
      operations |= SelectionKey.OP_READ;
    }
    return operations;
  }

  private boolean wantsToRead(boolean closing, boolean handshaking) {
    if (faults.isFrozen(Direction.OUT)) {
      return end.hearsMore();
    }
    if (faults.isStopped(Direction.OUT)) {
      return false;
    }
    if (closing) {
      return !input.isPaused();
    }
    return !handshaking && !output.hasTooManyReplies() && input.hasRoom();
  }

  /** Returns when more may be written or decoded; never if that is no matter of time. */
  long next() {
    return Math.min(
        output.isHeld() ? output.next() : Timers.NEVER,
        input.isHolding() ? input.next() : Timers.NEVER);
  }

  /** Tells whether more may be decoded. */
  boolean mayRead() {
    return !output.isClosing() && !faults.isStopped(Direction.OUT) && input.hasRoom();
  }
}
