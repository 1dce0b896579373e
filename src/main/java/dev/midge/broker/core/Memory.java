package dev.midge.broker.core;

/**
 * Tells whether memory is nearly used up, so that what would take more of it is refused in time.
 */
public interface Memory {
  /** As much as anybody wants. */
  Memory PLENTY = () -> false;

  /** Asked for each thing that would be kept: it must cost next to nothing. */
  boolean isShort();
}
