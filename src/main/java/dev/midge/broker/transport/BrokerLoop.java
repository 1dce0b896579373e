package dev.midge.broker.transport;

import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.Memory;
import dev.midge.broker.core.SideWork;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.router.Router;
import dev.midge.broker.fault.BrokerFaults;
import dev.midge.broker.sys.SysSource;
import dev.midge.broker.sys.SysTopics;
import dev.midge.fault.Effect;
import dev.midge.fault.plan.FaultPlan;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The work of the broker's one thread: accepts, reads, routes and writes until it is stopped. */
public final class BrokerLoop implements Runnable {
  /** Nanoseconds that the last packets may take when the broker stops. */
  private static final long WRITE_TIMEOUT = 1_000_000_000L;

  /** Nanoseconds that the clients have then to close their ends. */
  private static final long CLOSE_TIMEOUT = 200_000_000L;

  private final SelectorLoop loop;
  private final Router router;
  private final BrokerFaults faults;
  private final Acceptor acceptor;
  private final List<Listener> listeners;
  private final Runnable planLeft;
  private @Nullable SysTopics sysTopics; // null for none
  private @Nullable Persistence persistence;
  private volatile boolean stopWanted;
  private volatile boolean abandoned;
  private volatile @Nullable UserWork userWork; // that holds the loop's thread

  /**
   * Takes over the listeners; they are closed when {@link #run} ends.
   *
   * @param cryptography runs TLS handshakes and checks passwords, which takes too long for the loop
   */
  public BrokerLoop(
      List<Listener> listeners,
      Limits limits,
      BrokerSettings settings,
      FaultPlan plan,
      BrokerObserver observer,
      Memory memory,
      Executor cryptography,
      LoopClock clock)
      throws IOException {
    this.listeners = listeners;
    this.loop = new SelectorLoop(observer, cryptography, clock);
    SideWork sideWork = new LoopSideWork(loop, cryptography, observer);
    this.router = new Router(limits, settings, observer, loop.timers, memory, sideWork);
    BrokerFaults faults = new BrokerFaults(plan, observer, loop.socketTimers, loop::socketNow);
    this.faults = faults;
    SelectorLoop selector = loop;
    this.planLeft = plan.onChange(() -> selector.post(stopped -> planChanged(faults, stopped)));
    this.acceptor = new Acceptor(loop, router, limits, settings, observer, faults);
    for (Listener listener : listeners) {
      acceptor.add(listener);
    }
  }

  /**
   * Has the router's state kept, and restores what was kept before. To be called before {@link
   * #run}.
   *
   * @throws IOException when it cannot be read
   */
  public void keep(Persistence newPersistence) throws IOException {
    newPersistence.begin(router, new PersistenceLoop(loop, listeners));
    persistence = newPersistence;
    loop.persistence(newPersistence);
  }

  private record PersistenceLoop(SelectorLoop loop, List<Listener> listeners)
      implements Persistence.Loop {
    @Override
    public Timers timers() {
      return loop.timers;
    }

    @Override
    public long now() {
      return loop.now();
    }

    @Override
    public void post(Runnable work) {
      loop.post(
          stopped -> {
            work.run();
            loop.safer();
          });
    }

    @Override
    public @Nullable ListenerSettings listener(String name) {
      for (Listener each : listeners) {
        if (each.settings().name().equals(name)) {
          return each.settings();
        }
      }
      return null;
    }
  }

  private static void planChanged(BrokerFaults faults, boolean stopped) {
    if (!stopped) {
      faults.planChanged();
    }
  }

  /**
   * Carries out an effect on a client's connection, from any thread.
   *
   * @return false if there is no such client; completed on the loop's thread
   */
  public CompletableFuture<Boolean> inject(String clientId, Effect effect) {
    return ask((asked, now) -> faults.inject(clientId, effect), false);
  }

  /** Has all connections carry nothing for so long, new ones too, from any thread. */
  public CompletableFuture<Boolean> blackout(Duration time) {
    return ask(
        (asked, now) -> {
          faults.blackout(time);
          return true;
        });
  }

  private record UserWork(String name, Thread thread) {}

  /** A question about the state of the broker. */
  public interface Question<T> {
    /** Returns the answer; on the broker thread, which must not be kept waiting. */
    T answer(Router router, long now);
  }

  /**
   * Asks a question on the broker thread, from any thread; {@link #later} work has its answer at
   * once. The answer fails with {@link IllegalStateException} when the broker has stopped.
   */
  public <T> CompletableFuture<T> ask(Question<T> question) {
    return ask(question, null);
  }

  /**
   * @param whenStopped the answer of a broker that has stopped; null for a failure
   */
  private <T> CompletableFuture<T> ask(Question<T> question, @Nullable T whenStopped) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    SelectorLoop.Posted work =
        stopped -> {
          try {
            if (stopped && whenStopped == null) {
              throw new IllegalStateException("the broker has stopped");
            }
            answer.complete(stopped ? whenStopped : question.answer(router, loop.now()));
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          } catch (Error e) {
            answer.completeExceptionally(e); // who waits hears of it, though the broker ends
            throw e;
          }
        };
    UserWork present = userWork;
    if (present != null && Thread.currentThread() == present.thread()) {
      work.run(abandoned); // the router is at rest, and the thread that waits is the one to answer
    } else {
      loop.ask(work);
    }
    return answer;
  }

  /**
   * Has work of the user's done on the broker thread, from any thread, while no packet is being
   * handled. Its questions are answered at once. The broker does nothing else meanwhile; one that
   * is stopping does not begin it.
   *
   * @param name the subject of the sentence that it has not returned
   */
  public void later(String name, Runnable work) {
    loop.post(
        stopped -> {
          if (!stopped && !stopWanted) {
            runForUser(name, work);
          }
        });
  }

  private void runForUser(String name, Runnable work) {
    userWork = new UserWork(name, Thread.currentThread());
    try {
      work.run();
    } finally {
      userWork = null;
      // An interrupted thread cannot use its channels: they would close.
      boolean unused = Thread.interrupted();
    }
  }

  /** Returns the name of the user's work that holds the broker thread now; for any thread. */
  public @Nullable String heldBy() {
    UserWork present = userWork;
    return present == null ? null : present.name();
  }

  /**
   * Closes all sockets while work of the user's holds the broker thread, and answers those who wait
   * that the broker has stopped. The thread ends when that work does.
   */
  public void abandon() {
    abandoned = true;
    UserWork present = userWork;
    try {
      closeListeners();
      loop.abandon();
    } catch (IOException e) {
      // The system closes the rest.
    }
    if (present != null) {
      present.thread().interrupt();
    }
  }

  /**
   * Publishes the topics under {@code $SYS} from now on, or at another interval, from any thread.
   *
   * @param source is used the first time
   * @param interval seconds, 0 to 65535; 0 for no more of them
   */
  public void publishSys(SysSource source, int interval) {
    loop.post(
        stopped -> {
          if (!stopped) {
            publishSys(source, interval, loop.now());
          }
        });
  }

  private void publishSys(SysSource source, int interval, long now) {
    SysTopics topics = sysTopics;
    if (topics == null) {
      topics = new SysTopics(source, router, loop.timers, loop.open::traffic);
      sysTopics = topics;
      topics.publish(now);
    }
    topics.interval(interval, now);
  }

  /** Stops to accept connections, or goes on, from any thread. */
  public CompletableFuture<Boolean> pause(boolean wanted) {
    return ask(
        (asked, now) -> {
          acceptor.pause(wanted);
          return wanted;
        });
  }

  /**
   * Lets the time of the rules pass in a broker whose time is driven, from any thread.
   *
   * @return completed when all that was due has happened, and was given to the sockets
   */
  public CompletableFuture<Boolean> advance(long nanos) {
    return ask(
        (asked, now) -> {
          loop.advance(nanos);
          return true;
        });
  }

  /** Asks for an orderly end, from any thread: {@link #run} will return soon. */
  public void stop() {
    stopWanted = true;
    loop.wakeUp();
  }

  @Override
  public void run() {
    try {
      while (!stopWanted) {
        loop.turn(Timers.NEVER);
      }
      if (!abandoned) {
        end();
      }
    } catch (ClosedSelectorException e) {
      if (!abandoned) {
        throw e;
      }
    } catch (IOException e) {
      throw new IllegalStateException("the selector failed", e);
    } finally {
      closeAll();
    }
  }

  private void end() throws IOException {
    closeListeners();
    router.stop(loop.now());
    if (persistence != null) {
      persistence.stop();
    }
    loop.flush();
    long deadline = loop.socketNow() + WRITE_TIMEOUT;
    boolean allShut = false;
    while (!loop.open.isEmpty() && loop.socketNow() < deadline) {
      if (!allShut && loop.open.allOutputsShut()) {
        allShut = true;
        deadline = Math.min(deadline, loop.socketNow() + CLOSE_TIMEOUT);
      }
      loop.turn(deadline);
    }
  }

  private void closeListeners() throws IOException {
    for (Listener listener : listeners) {
      listener.close();
    }
  }

  private void closeAll() {
    planLeft.run(); // The plan of a test goes on with the next broker.
    if (persistence != null) {
      persistence.end();
    }
    try {
      closeListeners();
    } catch (IOException e) {
      // The thread ends; the system closes the rest.
    }
    try {
      loop.close();
    } catch (IOException e) {
      // As above.
    }
  }
}
