package dev.midge.view;

/** Makes another payload of a payload. Has no state that a payload changes; for any thread. */
@FunctionalInterface
public interface PayloadView {
  /**
   * The most bytes that a payload may become where a few bytes can stand for very many: 64 MiB. A
   * longer one is a mistake or an attack.
   */
  int MOST_BYTES = 64 * 1024 * 1024;

  /**
   * Returns the other payload, or the same one.
   *
   * @throws ViewException when it is not such a payload
   */
  byte[] of(byte[] payload) throws ViewException;
}
