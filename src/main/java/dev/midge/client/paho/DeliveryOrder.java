package dev.midge.client.paho;

/**
 * Cures that Paho tells of an answer before messages that came earlier, or behind some that came
 * later, and throws messages away when the connection ends: it is shown an answer, or the end, when
 * the messages before are delivered, and nothing more until the answer was told. For several
 * threads.
 */
final class DeliveryOrder {

  private int undelivered;
  private boolean answering;
  private boolean reading;
  private boolean over;

  /** Paho is shown a message. */
  synchronized void messageShown() {
    undelivered++;
  }

  /** The listener has handled a message, or nobody wants it. */
  synchronized void messageDelivered() {
    undelivered--;
    notifyAll();
  }

  /** Waits until every message that Paho was shown is delivered, or the connection is over. */
  synchronized void awaitDelivered() throws InterruptedException {
    while (undelivered > 0 && !over) {
      wait();
    }
  }

  /** Paho is shown an answer to a request. */
  synchronized void answerShown() {
    answering = true;
  }

  /** Paho has told of the answer. */
  synchronized void answerTold() {
    answering = false;
    notifyAll();
  }

  /** Waits until Paho has told of the answer that it was shown, or the connection is over. */
  synchronized void awaitTold() throws InterruptedException {
    while (answering && !over) {
      wait();
    }
  }

  /** Says whether the thread that reads waits for the broker. */
  synchronized void reading(boolean now) {
    reading = now;
  }

  /** Returns whether all that has come is delivered. */
  synchronized boolean isDelivered() {
    return undelivered == 0;
  }

  /** Returns whether all that has come is delivered and no other packet is there yet. */
  synchronized boolean isIdle() {
    return reading && undelivered == 0;
  }

  /** Returns whether the thread that reads has another packet to handle. */
  synchronized boolean hasMore() {
    return !reading;
  }

  /** Waits for nothing any more. */
  synchronized void end() {
    over = true;
    notifyAll();
  }
}
