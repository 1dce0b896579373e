package dev.midge.broker.fault;

import dev.midge.fault.Direction;

/** Tells which directions of a connection carry nothing. Directions are the client's. */
final class Stops {
  private boolean inFrozen;
  private boolean outFrozen;
  private int blackouts;

  void freeze(Direction direction) {
    inFrozen |= direction.covers(Direction.IN);
    outFrozen |= direction.covers(Direction.OUT);
  }

  void blackoutBegins() {
    blackouts++;
  }

  void blackoutEnds() {
    blackouts--;
  }

  boolean isFrozen(Direction one) {
    return one == Direction.IN ? inFrozen : outFrozen;
  }

  boolean isBlackout() {
    return blackouts > 0;
  }

  boolean stops(Direction one) {
    return isBlackout() || isFrozen(one);
  }
}
