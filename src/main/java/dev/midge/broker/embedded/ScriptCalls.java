package dev.midge.broker.embedded;

import dev.midge.broker.BrokerWatcher;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a test's functions, on the broker's thread, and what they have thrown. For any
 * thread.
 */
final class ScriptCalls {
  private static final int MOST_FAILURES = 100;

  private final Map<Thread, String> running = new ConcurrentHashMap<>(); // with the filter
  private final List<ScriptFailure> failures = new CopyOnWriteArrayList<>();

  /**
   * Calls a function on this thread, and keeps what it throws.
   *
   * @return null also when it throws
   * @throws VirtualMachineError of the function's, except for a stack that is too deep
   */
  <T> @Nullable T call(String filter, Supplier<@Nullable T> function, BrokerWatcher.Host broker) {
    Thread thread = Thread.currentThread();
    running.put(thread, filter);
    try {
      return function.get();
    } catch (Throwable e) {
      // Errors too: an assertion in a function is the test's matter, and not the broker's end.
      ScriptFailure failure = new ScriptFailure(filter, e);
      if (failures.size() < MOST_FAILURES) {
        failures.add(failure);
      }
      broker.remark("Error: " + failure);
      if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
        throw fatal;
      }
      return null;
    } finally {
      running.remove(thread);
    }
  }

  /** Tells whether this thread is the broker's, in a function. */
  boolean isCaller() {
    return running.containsKey(Thread.currentThread());
  }

  /**
   * Does nothing outside functions.
   *
   * @param impossible a verb and its object
   * @throws IllegalStateException in a function
   */
  void refuse(String impossible) {
    String filter = running.get(Thread.currentThread());
    if (filter != null) {
      throw new IllegalStateException(
          FailureText.functionOf(filter)
              + " runs on the broker's own thread and cannot "
              + impossible
              + " there");
    }
  }

  List<ScriptFailure> failures() {
    return List.copyOf(failures);
  }

  void forget() {
    failures.clear();
  }

  /**
   * Forgets what was thrown.
   *
   * @throws AssertionError with the first of it as the cause
   */
  void check() {
    List<ScriptFailure> present = failures();
    failures.removeAll(present);
    if (!present.isEmpty()) {
      throw assertion(present);
    }
  }

  private static AssertionError assertion(List<ScriptFailure> present) {
    ScriptFailure first = present.get(0);
    int more = present.size() - 1;
    String message = first + (more == 0 ? "" : " (and " + more + " more)");
    AssertionError error = new AssertionError(message, first.thrown());
    present.subList(1, present.size()).forEach(each -> error.addSuppressed(each.thrown()));
    return error;
  }
}
