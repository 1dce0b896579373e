package dev.midge.client;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Suback;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The job of {@code sub}: connect, subscribe, hand over what comes, until there is enough. */
public final class SubscribeJob {
  private static final long PATIENCE_MILLIS = 3000;

  private final SubscribeSpec subscribe;
  private final Selection selection;
  private final ClientEvents events;
  private final MessageSink sink;
  private final StopSignal stop;
  private final CompletableFuture<JobResult> ending = new CompletableFuture<>();
  private final Session session = Session.lasting();
  private final RetainedRemover clearing = new RetainedRemover(session);
  private ConnectSpec connect;
  private boolean everReached;
  private boolean everConnected;
  private volatile boolean decided;
  private boolean broken;
  private int accepted;

  public SubscribeJob(
      ConnectSpec connect,
      SubscribeSpec subscribe,
      ClientEvents events,
      MessageSink sink,
      StopSignal stop) {
    this.connect = connect;
    this.subscribe = subscribe;
    this.selection = subscribe.selection();
    this.events = events;
    this.sink = sink;
    this.stop = stop;
  }

  /**
   * Works until something ends it; an end by time or by signal sends DISCONNECT 0x04 in MQTT 5. A
   * lost connection is made again once a second, for ever, once the broker was reached: CONNACK
   * need not have come. Messages reach the sink on the thread that reads.
   *
   * @return why it ended; {@link JobResult#NEVER_CONNECTED} when the time was over or a stop was
   *     requested before the first CONNACK
   * @throws ConnectionFailure when the broker cannot be reached the first time, refuses at any
   *     time, or breaks the protocol
   */
  public JobResult run() throws ConnectionFailure, InterruptedException {
    stop.requested().thenRun(() -> ending.complete(JobResult.STOPPED));
    try {
      while (true) {
        Listener listener = new Listener();
        try (Connection link = Connection.start(connect, events, listener, session)) {
          link.reached().thenRun(this::startClock);
          stay(link, listener);
          JobResult how = finish(link);
          if (how != null) {
            return how;
          }
        } catch (ConnectionFailure failure) {
          if (!everReached || Reconnect.isFutile(failure)) {
            throw failure;
          }
          tell(failure);
        }
        Reconnect.pause(ending);
        if (ending.isDone()) {
          return unanswered();
        }
      }
    } finally {
      session.close();
      clearing.close();
    }
  }

  private void startClock() {
    if (subscribe.timeout() != null) {
      // The second connection finds the clock running.
      ending.completeOnTimeout(
          JobResult.TIMED_OUT, subscribe.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Returns when the connection, or all of it, has come to its end. */
  private void stay(Connection link, Listener listener)
      throws ConnectionFailure, InterruptedException {
    try {
      Connection.result(CompletableFuture.anyOf(link.opened(), ending));
    } finally {
      everReached |= link.reached().isDone();
    }
    if (!link.opened().isDone()) {
      listener.asked.countDown();
      return;
    }
    everConnected = true;
    connect = connect.again(link.connack(), link.clientId());
    try {
      ask(link);
      listener.asked.countDown();
      Connection.result(CompletableFuture.anyOf(link.over(), ending));
    } catch (CancellationException struck) {
      // The end of the link tells.
    } catch (ConnectionFailure failure) {
      if (!BrokerLimits.isRefusal(failure)) {
        throw failure;
      }
      link.end(ReasonCode.NORMAL_DISCONNECTION, subscribe.disconnectProperties());
      throw failure;
    } finally {
      listener.asked.countDown();
    }
  }

  private void ask(Connection link) throws ConnectionFailure, InterruptedException {
    if (!subscribe.subscriptions().isEmpty()) {
      // The answer is judged on the thread that reads, before what comes behind it.
      link.subscribing(subscribe.subscriptions(), subscribe.subscribeProperties())
          .thenAccept(this::judge);
    }
    for (String filter : subscribe.unsubscriptions()) {
      link.unsubscribing(List.of(filter), subscribe.unsubscribeProperties());
    }
  }

  private void judge(Packet answer) {
    if (decided) {
      return;
    }
    events.subscribed();
    Suback suback = (Suback) answer;
    if (suback.reasonCodes().stream().allMatch(ReasonCode::isFailure)) {
      if (!ending.isDone()) {
        events.denied(null);
        events.warning("All subscription requests were denied.");
        decide(JobResult.DENIED);
      }
    } else if (SubackWarnings.tell(events, subscribe.subscriptions(), suback)) {
      decide(JobResult.DENIED);
    } else if (subscribe.endAfterSuback()) {
      decide(JobResult.DONE);
    }
  }

  /**
   * No message is taken any more; the end comes when the broker has cleared what it had to, and has
   * released what was taken: it is not waited for without end.
   */
  private void decide(JobResult how) {
    decided = true;
    CompletableFuture<Void> released = session.inbound().settled();
    if (!released.isDone()) {
      released.completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
    clearing.done().thenCompose(cleared -> released).thenRun(() -> ending.complete(how));
  }

  /**
   * Ends the link as the ending wants it.
   *
   * @return null when there is to be another link
   */
  private JobResult finish(Connection link) throws ConnectionFailure, InterruptedException {
    if (!link.opened().isDone()) { // Nobody to say goodbye to.
      return unanswered();
    }
    if (ending.isDone()) {
      link.end(farewell(ending.join()), subscribe.disconnectProperties());
    }
    ConnectionOutcome end = link.over().join();
    if (end == ConnectionOutcome.STRUCK) {
      Connection.result(CompletableFuture.anyOf(link.struck(), ending));
      return JobResult.STRUCK;
    }
    if (end.failure() != null && Reconnect.isFutile(end.failure())) {
      throw end.failure();
    }
    tell(end.failure());
    return ending.getNow(null);
  }

  private void tell(ConnectionFailure failure) {
    if (failure != null && !ending.isDone()) {
      events.retrying(failure);
    }
  }

  /** The end where there is no connection. */
  private JobResult unanswered() {
    return everConnected ? ending.join() : JobResult.NEVER_CONNECTED;
  }

  private static int farewell(JobResult ending) {
    return ending == JobResult.STOPPED || ending == JobResult.TIMED_OUT
        ? ReasonCode.DISCONNECT_WITH_WILL_MESSAGE
        : ReasonCode.NORMAL_DISCONNECTION;
  }

  private final class Listener implements MessageListener {
    private final CountDownLatch asked = new CountDownLatch(1);

    /** The requests go out before messages of a session that is resumed are looked at. */
    @Override
    public void welcomed() {
      try {
        asked.await(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // The link is being closed.
      }
    }

    @Override
    public boolean takes() {
      return !decided && !ending.isDone();
    }

    @Override
    public void received(ReceivedMessage received) {
      Message message = received.message();
      if (selection.retainedOnly() && !message.retain()) {
        decide(JobResult.DONE);
        return;
      }
      if ((selection.ignoreRetained() && message.retain()) || isFilteredOut(message.topic())) {
        return;
      }
      // An empty one is no retained message but an echo of ours, as published.
      if (selection.removeRetained() && message.retain() && message.payload().length > 0) {
        clearing.clear(message.topic());
      }
      try {
        sink.accept(received);
      } catch (IOException e) {
        closed();
        return;
      }
      if (++accepted == selection.count()) {
        decide(JobResult.DONE);
      }
    }

    @Override
    public boolean rested() {
      if (!broken) {
        try {
          sink.rest();
        } catch (IOException e) {
          closed();
        }
      }
      return !broken;
    }

    private void closed() {
      broken = true;
      decided = true;
      ending.complete(JobResult.OUTPUT_CLOSED);
    }

    private boolean isFilteredOut(String topic) {
      for (String filter : selection.filterOut()) {
        if (Topics.matches(filter, topic)) {
          return true;
        }
      }
      return false;
    }

    /** The end of the link tells. */
    @Override
    public void lost(ConnectionFailure failure) {}
  }
}
