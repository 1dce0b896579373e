package dev.midge.client.source;

/**
 * Messages that others hand over one by one. They lend a thread to whoever takes them, so that this
 * one need not have a thread that waits.
 */
public interface HandedMessages extends MessageSource {

  /** Takes messages. */
  interface Taker {
    /**
     * Takes what {@link MessageSource#isReady} tells of. One call at a time, which may wait.
     *
     * @return false when it is not to be called any more
     */
    boolean take();
  }

  /**
   * From now on that taker is called when messages are there, and when no further one will come.
   */
  void handTo(Taker taker);
}
