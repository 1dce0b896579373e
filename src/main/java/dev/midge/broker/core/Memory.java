package dev.midge.broker.core;

/**
 * Tells whether memory is nearly used up, so that requests that would take more are refused in
 * time.
 */
public interface Memory {
  /** Never short. */
  Memory PLENTY = () -> false;

  /** Runs for each object that would be kept: it must cost next to nothing. */
  boolean isShort();
}
