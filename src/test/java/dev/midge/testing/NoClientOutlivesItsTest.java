package dev.midge.testing;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Stops each {@link MidgeRun}, {@link Playing} and {@link Program} that a test leaves behind, and
 * fails the test when one goes on all the same. A client that goes on connects again once a second
 * to the port of a broker that is gone, which the system then gives to the broker of another test.
 * JUnit finds this by {@code META-INF/services}.
 */
public final class NoClientOutlivesItsTest
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  /** Time for an orderly end on a machine that is busy with something else. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final Duration POLL = Duration.ofMillis(5);

  // A test with a time limit runs on a thread that its own thread starts.
  private static final InheritableThreadLocal<Started> STARTED = new InheritableThreadLocal<>();

  /** A client, or another program, that is meant to end with its test. */
  interface Client {
    boolean isDone();

    void requestStop();
  }

  private static final class Started {
    final Queue<Client> clients = new ConcurrentLinkedQueue<>();

    void end() {
      if (areDone()) {
        return;
      }
      clients.forEach(Client::requestStop);
      try {
        Awaitility.await().pollInterval(POLL).atMost(LIMIT).until(this::areDone);
      } catch (ConditionTimeoutException e) {
        throw new AssertionError("These clients go on behind their test: " + clients, e);
      }
    }

    private boolean areDone() {
      clients.removeIf(Client::isDone);
      return clients.isEmpty();
    }
  }

  /** Notes a client of the test that this thread belongs to. */
  static void started(Client client) {
    Started here = STARTED.get();
    if (here != null) {
      here.clients.add(client);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    begin(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    begin(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    end(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    end(context);
  }

  private static void begin(ExtensionContext context) {
    Started started = new Started();
    store(context).put(Started.class, started);
    STARTED.set(started);
  }

  private static void end(ExtensionContext context) {
    store(context).get(Started.class, Started.class).end();
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(
        ExtensionContext.Namespace.create(NoClientOutlivesItsTest.class, context.getUniqueId()));
  }
}
