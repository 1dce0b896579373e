package dev.midge.cli.control;

import dev.midge.broker.Inspector;
import dev.midge.broker.inspect.ClientState;
import dev.midge.broker.inspect.ConnectionSnapshot;
import dev.midge.broker.inspect.SessionSnapshot;
import dev.midge.control.ClientEvent;
import dev.midge.control.ControlProblem;
import dev.midge.control.ControlTarget;
import dev.midge.control.Facts;
import dev.midge.fault.Effect;
import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The mini broker as {@link ControlTarget} sees it. */
public final class BrokerTarget implements ControlTarget {
  private static final int PATIENCE_SECONDS = 10;
  private static final int RETAINED_AT_ONCE = 200;
  private static final int MOST_RETAINED = 10_000;

  /** Carries out an effect on the connection of a client. */
  public interface Injector {
    /** Returns whether there was such a client. */
    CompletableFuture<Boolean> inject(String clientId, Effect effect);
  }

  private final Inspector inspector;
  private final FaultPlan faults;
  private final Injector injector;
  private final Runnable stop;

  /**
   * @param stop begins the end of the broker
   */
  public BrokerTarget(Inspector inspector, FaultPlan faults, Injector injector, Runnable stop) {
    this.inspector = inspector;
    this.faults = faults;
    this.injector = injector;
    this.stop = stop;
  }

  @Override
  public FaultSide side() {
    return FaultSide.BROKER;
  }

  @Override
  public List<Facts> clients() throws ControlProblem {
    SessionFacts facts = new SessionFacts(Instant.now());
    List<Facts> clients = new ArrayList<>();
    for (SessionSnapshot session : all()) {
      ConnectionSnapshot connection = session.connection();
      if (connection != null) {
        clients.add(facts.client(session, connection));
      }
    }
    return clients;
  }

  @Override
  public List<Facts> sessions() throws ControlProblem {
    return all().stream().map(SessionFacts::session).toList();
  }

  private List<SessionSnapshot> all() throws ControlProblem {
    List<SessionSnapshot> sessions = new ArrayList<>(answer(inspector.sessions()));
    sessions.sort(Comparator.comparing(SessionSnapshot::clientId));
    return sessions;
  }

  @Override
  public @Nullable Facts client(String id) throws ControlProblem {
    SessionFacts facts = new SessionFacts(Instant.now());
    return answer(inspector.session(id)).map(facts::whole).orElse(null);
  }

  @Override
  public Facts retained(String filter) throws ControlProblem {
    List<Facts> found = new ArrayList<>();
    String last = null;
    List<Message> page;
    do {
      page = answer(inspector.retained(filter, last, RETAINED_AT_ONCE));
      for (Message message : page) {
        found.add(MessageFacts.of(message));
        last = message.topic();
      }
    } while (page.size() == RETAINED_AT_ONCE && found.size() < MOST_RETAINED);
    return new Facts().with("retained", found).with("more", page.size() == RETAINED_AT_ONCE);
  }

  @Override
  public FaultPlan faults() {
    return faults;
  }

  @Override
  public CompletableFuture<Boolean> inject(String id, Effect effect) {
    return injector.inject(id, effect);
  }

  @Override
  public void pause() throws ControlProblem {
    answer(inspector.pause());
  }

  @Override
  public void resume() throws ControlProblem {
    answer(inspector.resume());
  }

  @Override
  public CompletableFuture<Boolean> await(String id, ClientEvent event) {
    return inspector.await(
        id,
        switch (event) {
          case CONNECTED -> ClientState.CONNECTED;
          case DISCONNECTED -> ClientState.DISCONNECTED;
          case SUBSCRIBED -> ClientState.SUBSCRIBED;
        });
  }

  @Override
  public void stop() {
    stop.run();
  }

  private static <T> T answer(CompletableFuture<T> future) throws ControlProblem {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failed(ControlProblem.words(e.getCause()));
    } catch (TimeoutException e) {
      throw failed("the broker is busy");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted");
    }
  }

  private static ControlProblem failed(String why) {
    return new ControlProblem(ControlProblem.Kind.FAILED, "Not answered: " + why + ".");
  }
}
