package dev.midge.proxy.carry;

import java.io.IOException;

/** A direction is frozen, or the connection has been ended by this side: nothing may be written. */
final class StoppedException extends IOException {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("stopped");
  }
}
