package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.ConnectionOutcome;
import dev.midge.client.EngineFactory;
import dev.midge.client.EngineKind;
import dev.midge.client.MessageListener;
import dev.midge.client.StopSignal;
import dev.midge.client.state.ClientSession;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.packet.Suback;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does the job of {@code sub}: connects, subscribes, hands over messages until there are enough.
 */
public final class SubscribeJob {
  private final SubscribeSpec subscribe;
  private final Selection selection;
  private final ClientEvents events;
  private final MessageSink sink;
  private final StopSignal stop;
  private final ClientSession session = ClientSession.lasting();
  private final SessionSender sender = new SessionSender(session);
  private final RetainedRemover remover = new RetainedRemover(sender);
  private final SubscriberEnd end;
  private final CompletableFuture<JobResult> ending;
  private final Reconnect reconnect;
  private final @Nullable RetainedBarrier barrier;
  private ConnectSpec connect;
  private boolean everConnected;
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
    this.end = new SubscriberEnd(session.receipts(), remover, sink);
    this.ending = end.future();
    this.reconnect = new Reconnect(connect, events, Reconnect.PAUSE_MILLIS);
    RetainedEnd retained = subscribe.retainedEnd();
    this.barrier =
        retained == null
            ? null
            : new RetainedBarrier(
                retained, subscribe.mostQos(), sender, () -> end.decide(JobResult.DONE));
  }

  /**
   * Works until something ends it; an end by time or by signal sends DISCONNECT 0x04 in MQTT 5. A
   * lost connection is made again once a second, for ever, once the broker was reached: CONNACK
   * need not have come; the user may want something else. Messages reach the sink on the thread
   * that reads.
   *
   * @return why it ended; {@link JobResult#NEVER_CONNECTED} when the time was over or a stop was
   *     requested before the first CONNACK
   * @throws ConnectionFailure when the broker cannot be reached the first time, refuses at any
   *     time, or breaks the protocol, or when there were all the tries that the user wants
   */
  public JobResult run() throws ConnectionFailure, InterruptedException {
    stop.requested().thenRun(() -> ending.complete(JobResult.STOPPED));
    events.outputFailed().thenRun(end::outputFailed);
    subscribe.enough().thenRun(() -> end.decide(JobResult.DONE));
    if (connect.retry() != null) {
      startClock(); // The first connection may be long in coming.
    }
    CompletableFuture<Object> stopped =
        CompletableFuture.anyOf(stop.requested(), events.outputFailed());
    try (Comeback comeback = new Comeback(connect, stopped)) {
      boolean back = false;
      while (true) {
        Listener listener = new Listener();
        EngineFactory engines = Engines.of(connect, EngineKind.DIRECT, session);
        Connection connection = sender.start(connect, events, listener, engines);
        try {
          connection.networkConnected().thenRun(this::startClock);
          stay(connection, listener, back);
          JobResult how = finish(connection);
          back = how == JobResult.STRUCK && comeback.after(connection, ending);
          if (back) {
            connect = connect.resumed();
            continue;
          }
          if (how != null) {
            return how;
          }
        } catch (ConnectionFailure failure) {
          reconnect.failed(failure, ending);
        } finally {
          comeback.release(connection);
        }
        // Two threads must not print at once, and where printing is blocked, another
        // connection would not help.
        ConnectionFailures.result(CompletableFuture.anyOf(connection.quiet(), ending));
        reconnect.pause(ending);
        if (ending.isDone()) {
          return unanswered();
        }
      }
    } finally {
      session.close();
      remover.close();
      if (barrier != null) {
        barrier.close();
      }
    }
  }

  private void startClock() {
    if (subscribe.timeout() != null) {
      // The second connection finds the clock running.
      new CompletableFuture<@Nullable Void>()
          .completeOnTimeout(null, subscribe.timeout().toMillis(), TimeUnit.MILLISECONDS)
          .thenRun(end::timeOver);
    }
  }

  /**
   * Returns when the connection, or all of it, has come to its end.
   *
   * @param back whether the client comes back after a fault, be it only to end in order
   */
  private void stay(Connection connection, Listener listener, boolean back)
      throws ConnectionFailure, InterruptedException {
    try {
      reconnect.awaitConnack(
          connection,
          CompletableFuture.anyOf(stop.requested(), back ? connection.opened() : ending));
      EarlyEnd.awaitAnswer(events, connection);
    } catch (CancellationException struck) {
      listener.asked.countDown();
      return; // The end of the connection tells.
    }
    if (!connection.opened().isDone()) {
      listener.asked.countDown();
      return;
    }
    try {
      connect = connect.again(ConnectionFailures.result(connection.opened()));
      everConnected = true;
      reconnect.connected();
      if (!back || !ending.isDone()) {
        ask(connection);
      }
      listener.asked.countDown();
      ConnectionFailures.result(CompletableFuture.anyOf(connection.over(), ending));
    } catch (CancellationException struck) {
      // The end of the connection tells.
    } catch (ConnectionFailure failure) {
      if (!failure.isUnsendable()) {
        throw failure;
      }
      connection.end(ReasonCode.NORMAL_DISCONNECTION, subscribe.disconnectProperties());
      throw failure;
    } finally {
      listener.asked.countDown();
    }
  }

  private void ask(Connection connection) throws ConnectionFailure, InterruptedException {
    if (!subscribe.subscriptions().isEmpty()) {
      // The answer is judged on the thread that reads, before what comes behind it.
      connection
          .subscribe(subscribe.subscriptions(), subscribe.subscribeProperties())
          .thenAccept(suback -> judge(suback, connection));
    } else {
      events.granted();
    }
    for (String filter : subscribe.unsubscriptions()) {
      connection.unsubscribe(List.of(filter), subscribe.unsubscribeProperties());
    }
  }

  private void judge(Suback suback, Connection connection) {
    if (end.isDecided()) {
      return;
    }
    events.subscribed();
    List<Integer> codes = suback.reasonCodes();
    int failures = 0;
    for (int code : codes) {
      failures += ReasonCode.isFailure(code) ? 1 : 0;
    }
    if (failures == codes.size()) {
      if (!ending.isDone()) {
        events.denied(null);
        events.warning("All subscription requests were denied.");
        end.decide(JobResult.DENIED);
      }
    } else if (SubackWarnings.tell(events, subscribe.subscriptions(), suback)) {
      end.decide(JobResult.DENIED);
    } else {
      if (failures == 0) {
        events.granted();
      }
      if (subscribe.endAfterSuback()) {
        end.decide(JobResult.DONE);
      } else if (barrier != null) {
        barrier.begin(connection);
      }
    }
  }

  /** Ends the connection as the ending wants it; returns null when there is to be another one. */
  private @Nullable JobResult finish(Connection connection)
      throws ConnectionFailure, InterruptedException {
    if (!connection.opened().isDone()) { // There is nobody to send DISCONNECT to.
      return unanswered();
    }
    if (ending.isDone() && !connection.opened().isCancelled()) {
      connection.end(ending.join().disconnectReason(), subscribe.disconnectProperties());
    }
    ConnectionOutcome outcome = connection.over().join();
    if (outcome == ConnectionOutcome.STRUCK) {
      return JobResult.STRUCK;
    }
    ConnectionFailure failure = outcome.failure();
    if (failure != null && (!ending.isDone() || Reconnect.isPermanent(failure))) {
      throw failure;
    }
    return ending.getNow(null);
  }

  /** The end where there is no connection. */
  private JobResult unanswered() {
    return everConnected || end.isBroken() ? ending.join() : JobResult.NEVER_CONNECTED;
  }

  /** Returns what sends messages by the connections of the job. */
  SessionSender sender() {
    return sender;
  }

  private final class Listener implements MessageListener {
    private final CountDownLatch asked = new CountDownLatch(1);

    /** The requests go out before messages of a session that is resumed are looked at. */
    @Override
    public void onConnected() {
      try {
        asked.await(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // The connection is being closed.
      }
    }

    @Override
    public void awaitRoom() {
      handling();
      try {
        sink.awaitRoom();
      } finally {
        handled();
      }
    }

    @Override
    public boolean wantsMore() {
      return !end.isDecided();
    }

    @Override
    public CompletableFuture<@Nullable Void> settled() {
      return sink.settled();
    }

    @Override
    public void received(ReceivedMessage received) {
      handling();
      try {
        take(received);
      } finally {
        handled();
      }
    }

    private void take(ReceivedMessage received) {
      Message message = received.message();
      if (barrier != null && barrier.takes(message)) {
        return; // Which also notes that a retained message has come.
      }
      if (selection.endsAt(message)) {
        end.decide(JobResult.DONE);
        return;
      }
      if (selection.drops(message) || barrier != null && !message.retain()) {
        return;
      }
      if (selection.removes(message)) {
        remover.clear(message.topic());
      }
      try {
        sink.accept(received);
      } catch (IOException e) {
        end.outputFailed();
        return;
      }
      if (barrier != null) {
        // A broker may hold the next one back until this one is acknowledged.
        barrier.handling();
        sink.settled().whenComplete((all, failure) -> barrier.handled());
      }
      if (++accepted == selection.count()) {
        end.decide(JobResult.DONE);
      }
    }

    @Override
    public boolean onIdle() {
      if (!end.isBroken()) {
        handling();
        try {
          sink.rest();
        } catch (IOException e) {
          end.outputFailed();
        } finally {
          handled();
        }
      }
      return !end.isBroken();
    }

    private void handling() {
      if (barrier != null) {
        barrier.handling();
      }
    }

    private void handled() {
      if (barrier != null) {
        barrier.handled();
      }
    }
  }
}
