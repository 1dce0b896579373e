package dev.midge.broker.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The work that other threads want done on the loop's thread, and their questions. Any thread adds;
 * the loop's thread does the work, or, once the loop has ended, whoever is there tells those who
 * wait.
 */
final class PostedWork {
  private final Runnable wakeUp;
  private final Consumer<RuntimeException> failed;
  private final Queue<Posted> posted = new ConcurrentLinkedQueue<>();
  private final Queue<Posted> asked = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  /** Work that another thread has asked for. */
  interface Posted {
    /**
     * Does the work.
     *
     * @param stopped whether the loop has ended, and only those who wait are to be told
     */
    void run(boolean stopped);
  }

  /**
   * @param wakeUp ends the loop's wait for input; from any thread, also when the loop has ended
   * @param failed takes what a piece of work throws
   */
  PostedWork(Runnable wakeUp, Consumer<RuntimeException> failed) {
    this.wakeUp = wakeUp;
    this.failed = failed;
  }

  /** Has work done in the next turn, from any thread. */
  void post(Posted work) {
    posted.add(work);
    wake();
  }

  /**
   * Has a question answered in the next turn, behind the packets that have come in before it was
   * asked, as far as one read takes; from any thread.
   */
  void ask(Posted question) {
    asked.add(question);
    wake();
  }

  private void wake() {
    wakeUp.run();
    if (closed) {
      tellStopped(); // nobody else does any more
    }
  }

  /** Tells whether there is anything to do. */
  boolean isWaiting() {
    return !asked.isEmpty() || !posted.isEmpty();
  }

  /** Does all the work; questions wait. */
  void run() {
    runAll(posted);
  }

  /** Returns how many questions wait. */
  int questions() {
    return asked.size();
  }

  /** Answers so many questions. */
  void answer(int count) {
    Posted question;
    for (int left = count; left > 0 && (question = asked.poll()) != null; left--) {
      run(question);
    }
  }

  /** The loop has ended: those who wait are told, and whoever comes later. */
  void close() {
    closed = true;
    tellStopped();
  }

  private void tellStopped() {
    runAll(posted);
    runAll(asked);
  }

  private void runAll(Queue<Posted> waiting) {
    Posted work;
    while ((work = waiting.poll()) != null) {
      run(work);
    }
  }

  private void run(Posted work) {
    try {
      work.run(closed);
    } catch (RuntimeException e) {
      failed.accept(e);
    }
  }
}
