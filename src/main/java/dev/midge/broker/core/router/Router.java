package dev.midge.broker.core.router;

import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.Memory;
import dev.midge.broker.core.MemoryGuard;
import dev.midge.broker.core.Peer;
import dev.midge.broker.core.SideWork;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.broker.core.delivery.StateJournal;
import dev.midge.broker.core.session.Restorer;
import dev.midge.broker.core.session.Session;
import dev.midge.broker.core.session.Sessions;
import dev.midge.broker.core.session.Wills;
import dev.midge.broker.core.topics.Dispatcher;
import dev.midge.broker.core.topics.Fanout;
import dev.midge.broker.core.topics.RestoredDeliveries;
import dev.midge.broker.core.topics.Retained;
import dev.midge.broker.core.topics.Subscriptions;
import dev.midge.broker.inspect.Holdings;
import dev.midge.broker.inspect.SessionSnapshot;
import dev.midge.broker.inspect.SessionSnapshot.Waiting;
import dev.midge.mqtt.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All state of a broker, without I/O: all events are told to it, with the time, and packets go to
 * the {@link Peer}s. Made of ordinary objects and maps, for one thread.
 *
 * <p>Times are nanoseconds of a clock of the caller's that never goes back and starts near zero.
 */
public final class Router {
  final Retained retained = new Retained();
  private final Limits limits;
  private final boolean checksRetainSource;
  private final ClientContext context;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Dispatcher dispatcher;
  private final Wills wills;

  /**
   * @param timers run by the caller whenever an action is due
   * @param sideWork checks passwords
   */
  public Router(
      Limits limits,
      BrokerSettings settings,
      BrokerObserver observer,
      Timers timers,
      Memory memory,
      SideWork sideWork) {
    this.limits = limits;
    this.checksRetainSource = settings.checkRetainSource();
    MemoryGuard memoryGuard = new MemoryGuard(memory, observer);
    Fanout fanout = new Fanout(limits);
    this.dispatcher =
        new Dispatcher(settings, subscriptions, retained, fanout, memoryGuard, timers, observer);
    this.wills = new Wills(dispatcher, timers, observer);
    Sessions sessions =
        new Sessions(limits, settings, observer, memoryGuard, timers, subscriptions, wills);
    this.context =
        new ClientContext(
            observer,
            timers,
            sideWork,
            memoryGuard,
            fanout,
            sessions,
            new ConnectHandler(observer, memoryGuard, sessions),
            new PublishHandler(observer, memoryGuard, dispatcher),
            new SubscribeHandler(
                limits, observer, memoryGuard, subscriptions, retained, checksRetainSource),
            new DisconnectHandler(observer, sessions));
  }

  /** Returns what restores the state of an earlier broker, before the first connection. */
  public Restorer restorer(long now) {
    return new Restorer(
        context.sessions(),
        wills,
        subscriptions,
        new RestoredDeliveries(
            subscriptions, context.fanout(), retained, limits, checksRetainSource),
        dispatcher,
        now);
  }

  /** Has a journal told of all changes from now on; it knows the present state already. */
  public void journal(StateJournal journal) {
    dispatcher.journal(journal);
    wills.journal(journal);
    context.sessions().journal(journal);
  }

  /** Tells a journal of all that has to survive the broker, wills apart. */
  public void describeTo(StateJournal to) {
    context.sessions().describeTo(to);
    retained.describeTo(to);
  }

  /** Tells a journal of all wills. */
  public void describeWillsTo(StateJournal to) {
    context.sessions().describeWillsTo(to);
  }

  /** Begins a connection. Its packets, and its end, are to be told to the client returned. */
  public Client opened(Peer peer, long now) {
    context.observer().opened(peer);
    Client client = new Client(context, peer);
    client.start(now);
    return client;
  }

  /** Returns the session of a client as a value; null if there is none. */
  public @Nullable SessionSnapshot session(String clientId, long now) {
    return context.sessions().snapshot(clientId, now);
  }

  /** Returns all sessions as values, in no order. */
  public List<SessionSnapshot> sessions(long now) {
    return context.sessions().snapshots(now);
  }

  /**
   * Ends the connection of a client; its will is due.
   *
   * @param reasonCode of MQTT 5's DISCONNECT
   * @return false if the client is not connected
   */
  public boolean disconnect(String clientId, int reasonCode, long now) {
    return context.sessions().disconnect(clientId, reasonCode, now);
  }

  /**
   * Returns retained messages.
   *
   * @param after the topic of the last one that is known already; null for the beginning
   * @param most how many at most
   */
  public List<Message> retained(String filter, @Nullable String after, int most, long now) {
    return retained.page(filter, after, most, now);
  }

  /** Counts what is kept. Takes time for each session. */
  public Holdings holdings() {
    int connected = 0;
    long waiting = 0;
    long waitingBytes = 0;
    for (Session session : context.sessions().all()) {
      Waiting outgoing = session.outbox().waiting();
      connected += session.isConnected() ? 1 : 0;
      waiting += outgoing.inflight() + outgoing.queued() + session.qos2Receipts().size();
      waitingBytes +=
          outgoing.inflightBytes() + outgoing.queuedBytes() + session.qos2Receipts().bytes();
    }
    return new Holdings(
        context.sessions().size(),
        context.sessions().most(),
        connected,
        subscriptions.plainCount(),
        subscriptions.sharedCount(),
        retained.count(),
        retained.bytes(),
        waiting,
        waitingBytes);
  }

  /** Puts other limits of the whole broker in force, for sessions that there are as well. */
  public void replaceLimits(Limits limits) {
    context.fanout().replaceLimits(limits);
    context.sessions().replaceLimits(limits);
  }

  /**
   * Publishes a message of the broker's own, with its Message Expiry Interval, if it has one.
   *
   * @return the reason code that PUBACK would have
   */
  public int publish(Message message, long now) {
    return dispatcher.publish(Publication.of(message, ClientIdentity.of(""), now), now);
  }

  /**
   * Applies the listeners' settings after they were replaced: clients that are not let in any more
   * are disconnected, and queued messages that their receivers may not read any more are dropped.
   */
  public void reload(long now) {
    context.sessions().recheck(now);
  }

  /** Stops the broker: publishes all wills that are left, then disconnects all clients. */
  public void stop(long now) {
    context.sessions().stop(now);
    context.memoryGuard().end();
  }
}
