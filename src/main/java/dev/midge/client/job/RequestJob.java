package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.ConnectionOutcome;
import dev.midge.client.Delivery;
import dev.midge.client.EngineFactory;
import dev.midge.client.EngineKind;
import dev.midge.client.MessageListener;
import dev.midge.client.state.ClientSession;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Suback;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does the job of {@code rr}: connects, subscribes, publishes the request on SUBACK, hands over the
 * first message that comes, sends DISCONNECT.
 */
public final class RequestJob {
  private static final long PATIENCE_MILLIS = 3000;

  private final RequestSpec request;
  private final ClientEvents events;
  private final MessageSink sink;
  private final CompletableFuture<JobResult> ending = new CompletableFuture<>();
  private final Comeback comeback;
  private final ClientSession session;
  private final Reconnect reconnect;
  private ConnectSpec connect;
  private boolean returned;
  private boolean warned;
  private volatile boolean delivered;
  private volatile long asked;
  private volatile long answered;
  private volatile boolean broken;

  public RequestJob(
      ConnectSpec connect, RequestSpec request, ClientEvents events, MessageSink sink) {
    this.connect = connect;
    this.request = request;
    this.events = events;
    this.sink = sink;
    this.comeback = new Comeback(connect, events.outputFailed());
    this.session = comeback.session();
    this.reconnect = new Reconnect(connect, events, Reconnect.NEVER);
  }

  /**
   * Asks once. An end by time sends DISCONNECT 0x04 in MQTT 5. The answer reaches the sink on the
   * thread that reads.
   *
   * @return {@link JobResult#DONE}, {@link JobResult#TIMED_OUT}, {@link JobResult#DENIED}, {@link
   *     JobResult#STRUCK} or {@link JobResult#OUTPUT_CLOSED}
   * @throws ConnectionFailure when the connection cannot be made, is refused or is lost, and is not
   *     to be tried again, or when the broker does not take the QoS of the request
   */
  public JobResult run() throws ConnectionFailure, InterruptedException {
    events.outputFailed().thenRun(this::closed);
    if (!request.fromConnection() || connect.retry() != null) {
      startClock();
    }
    try (Comeback back = comeback) {
      while (true) {
        EngineFactory engines = Engines.of(connect, EngineKind.PAHO, session);
        Connection connection = Connection.start(connect, events, new Listener(), engines);
        try {
          JobResult how = ask(connection, back);
          if (how != JobResult.STRUCK || !back.after(connection, events.outputFailed())) {
            return how;
          }
          returned = true;
          connect = connect.resumed();
          continue;
        } catch (ConnectionFailure failure) {
          reconnect.failed(failure, ending);
        } finally {
          back.release(connection);
        }
        reconnect.pause(ending);
        if (ending.isDone()) {
          return ending.join();
        }
      }
    } finally {
      session.close();
    }
  }

  private JobResult ask(Connection connection, Comeback back)
      throws ConnectionFailure, InterruptedException {
    if (request.fromConnection()) {
      connection.networkConnected().thenRun(this::startClock);
    }
    try {
      reconnect.awaitConnack(
          connection,
          CompletableFuture.anyOf(events.outputFailed(), returned ? connection.opened() : ending));
      EarlyEnd.awaitAnswer(events, connection);
      if (!connection.opened().isDone()) {
        return ending.join(); // There is nobody to send DISCONNECT to.
      }
      Connack connack = ConnectionFailures.result(connection.opened());
      reconnect.connected();
      if (back.isPlanned() || connect.retry() != null) {
        connect = connect.again(connack);
      }
      if (!returned || !ending.isDone()) {
        converse(connection);
      }
    } catch (CancellationException struck) {
      // The end of the connection tells.
    } catch (ConnectionFailure failure) {
      if (failure.isUnsendable()) {
        connection.end(ReasonCode.NORMAL_DISCONNECTION, request.disconnectProperties());
      }
      throw failure;
    }
    return finish(connection);
  }

  private void startClock() {
    if (request.timeout() != null) {
      ending.completeOnTimeout(
          JobResult.TIMED_OUT, request.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void converse(Connection connection) throws ConnectionFailure, InterruptedException {
    CompletableFuture<Suback> suback =
        connection.subscribe(List.of(request.answers()), request.subscribeProperties());
    ConnectionFailures.result(CompletableFuture.anyOf(suback, ending));
    if (suback.isDone() && isGranted(ConnectionFailures.result(suback)) && isToBeAsked()) {
      ask(connection);
    }
    ConnectionFailures.result(CompletableFuture.anyOf(connection.over(), ending));
  }

  private boolean isGranted(Suback suback) {
    events.subscribed();
    int code = suback.reasonCodes().get(0);
    if (ReasonCode.isFailure(code)) {
      events.denied(null);
      if (ending.complete(JobResult.DENIED)) {
        events.warning(ReasonCode.text(code));
      }
      return false;
    }
    if (SubackWarnings.tell(events, List.of(request.answers()), suback)) {
      ending.complete(JobResult.DENIED);
      return false;
    }
    return true;
  }

  /** A session that goes on has the request already, unless its QoS is 0. */
  private boolean isToBeAsked() {
    return !delivered && session.inflight().empty().isDone();
  }

  /** Publishes on a thread of its own, since a broker that does not read may hold it up. */
  private void ask(Connection connection) throws ConnectionFailure, InterruptedException {
    CompletableFuture<Boolean> sent = new CompletableFuture<>();
    asked = System.nanoTime();
    Thread sender = new Thread(() -> publish(connection, sent), "midge request");
    sender.setDaemon(true);
    sender.start();
    ConnectionFailures.result(CompletableFuture.anyOf(sent, ending));
  }

  private void publish(Connection connection, CompletableFuture<Boolean> sent) {
    try {
      connection.publish(request.request()).thenAccept(this::judge);
      sent.complete(true);
    } catch (ConnectionFailure failure) {
      if (failure.kind() == ConnectionFailure.Kind.OVERSIZE) {
        sent.complete(false); // But a message may come all the same.
      } else {
        sent.completeExceptionally(failure);
      }
    } catch (RuntimeException | InterruptedException ended) {
      sent.completeExceptionally(ended);
    }
  }

  /** A request that is refused may be answered all the same, by whoever has seen it before. */
  private void judge(Delivery delivery) {
    delivered = request.request().qos() != Qos.AT_MOST_ONCE;
    if (!ReasonCode.isFailure(delivery.reasonCode())) {
      return;
    }
    String reason = delivery.reasonString();
    boolean ends =
        events.denied(
            "Warning: The broker refused the request: "
                + ReasonCode.text(delivery.reasonCode())
                + (reason == null ? "." : ": \"" + reason + "\"."));
    if (ends) {
      ending.complete(JobResult.DENIED);
    }
  }

  private JobResult finish(Connection connection) throws ConnectionFailure, InterruptedException {
    if (ending.isDone() && !connection.opened().isCancelled()) {
      connection.end(ending.join().disconnectReason(), request.disconnectProperties());
    }
    ConnectionOutcome end = connection.over().join();
    if (end == ConnectionOutcome.STRUCK) {
      return JobResult.STRUCK;
    }
    if (!ending.isDone()) {
      throw end.failure();
    }
    return ending.join();
  }

  /**
   * From the start of publishing the request to the arrival of the answer, after {@link #run}; zero
   * when there was no answer, or one before the request.
   */
  public Duration latency() {
    long nanos = answered - asked;
    return asked == 0 || answered == 0 || nanos < 0 ? Duration.ZERO : Duration.ofNanos(nanos);
  }

  /** Ends the job; an answer that could not be written is not acknowledged. */
  private void closed() {
    broken = true;
    ending.complete(JobResult.OUTPUT_CLOSED);
  }

  private void warnOfOthers() {
    if (!warned) {
      warned = true;
      events.warning(
          "Warning: passed over an answer to another request: its correlation data differs.");
    }
  }

  private final class Listener implements MessageListener {

    @Override
    public boolean wantsMore() {
      return answered == 0 && !ending.isDone();
    }

    @Override
    public void received(ReceivedMessage received) {
      if (request.ignoreRetained() && received.message().retain()) {
        return;
      }
      if (!request.isAnsweredBy(received.message())) {
        warnOfOthers();
        return;
      }
      answered = System.nanoTime();
      try {
        sink.accept(received);
      } catch (IOException e) {
        closed();
        return;
      }
      CompletableFuture<@Nullable Void> released = session.receipts().settled();
      released.thenRun(() -> ending.complete(JobResult.DONE));
      if (!released.isDone()) { // The broker is not waited for without end.
        ending.completeOnTimeout(JobResult.DONE, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public boolean onIdle() {
      return !broken;
    }
  }
}
