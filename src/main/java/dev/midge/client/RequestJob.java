package dev.midge.client;

import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Suback;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The job of {@code rr}: connect, subscribe, publish the request on SUBACK, hand over the first
 * message that comes, say goodbye.
 */
public final class RequestJob {
  private static final long PATIENCE_MILLIS = 3000;

  private final ConnectSpec connect;
  private final RequestSpec request;
  private final ClientEvents events;
  private final MessageSink sink;
  private final CompletableFuture<JobResult> ending = new CompletableFuture<>();
  private final Session session = Session.ofOneLink();
  private volatile long asked;
  private volatile long answered;
  private boolean broken;

  public RequestJob(
      ConnectSpec connect, RequestSpec request, ClientEvents events, MessageSink sink) {
    this.connect = connect;
    this.request = request;
    this.events = events;
    this.sink = sink;
  }

  /**
   * Asks once. An end by time sends DISCONNECT 0x04 in MQTT 5. The answer reaches the sink on the
   * thread that reads.
   *
   * @return {@link JobResult#DONE}, {@link JobResult#TIMED_OUT}, {@link JobResult#DENIED}, {@link
   *     JobResult#STRUCK} or {@link JobResult#OUTPUT_CLOSED}
   * @throws ConnectionFailure when the connection cannot be made, is refused or is lost, or when
   *     the broker does not take the QoS of the request
   */
  public JobResult run() throws ConnectionFailure, InterruptedException {
    if (!request.fromConnection()) {
      startClock();
    }
    try (Connection link = Connection.start(connect, events, new Listener(), session)) {
      if (request.fromConnection()) {
        link.reached().thenRun(this::startClock);
      }
      Connection.result(CompletableFuture.anyOf(link.opened(), ending));
      if (!link.opened().isDone()) {
        return ending.join(); // Nobody to say goodbye to.
      }
      try {
        converse(link);
      } catch (CancellationException struck) {
        // The end of the link tells.
      } catch (ConnectionFailure failure) {
        if (BrokerLimits.isRefusal(failure)) {
          link.end(ReasonCode.NORMAL_DISCONNECTION, request.disconnectProperties());
        }
        throw failure;
      }
      return finish(link);
    }
  }

  private void startClock() {
    if (request.timeout() != null) {
      ending.completeOnTimeout(
          JobResult.TIMED_OUT, request.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void converse(Connection link) throws ConnectionFailure, InterruptedException {
    CompletableFuture<Packet> suback =
        link.subscribing(List.of(request.answers()), request.subscribeProperties());
    Connection.result(CompletableFuture.anyOf(suback, ending));
    if (suback.isDone() && isGranted((Suback) Connection.result(suback))) {
      ask(link);
    }
    Connection.result(CompletableFuture.anyOf(link.over(), ending));
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

  private void ask(Connection link) throws ConnectionFailure, InterruptedException {
    asked = System.nanoTime();
    try {
      link.deliver(request.request(), false).thenAccept(this::judge);
    } catch (ConnectionFailure failure) {
      if (failure.kind() != ConnectionFailure.Kind.OVERSIZE) {
        throw failure;
      }
      // Nothing to send, but a message may come all the same.
    }
  }

  /** A request that is refused may be answered all the same, by whoever has seen it before. */
  private void judge(Delivery delivery) {
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

  private JobResult finish(Connection link) throws ConnectionFailure, InterruptedException {
    if (ending.isDone()) {
      int code =
          ending.join() == JobResult.TIMED_OUT
              ? ReasonCode.DISCONNECT_WITH_WILL_MESSAGE
              : ReasonCode.NORMAL_DISCONNECTION;
      link.end(code, request.disconnectProperties());
    }
    ConnectionOutcome end = link.over().join();
    if (end == ConnectionOutcome.STRUCK) {
      Connection.result(link.struck());
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

  private final class Listener implements MessageListener {

    @Override
    public boolean takes() {
      return answered == 0 && !ending.isDone();
    }

    @Override
    public void received(ReceivedMessage received) {
      if (request.ignoreRetained() && received.message().retain()) {
        return;
      }
      answered = System.nanoTime();
      try {
        sink.accept(received);
      } catch (IOException closed) {
        broken = true;
        ending.complete(JobResult.OUTPUT_CLOSED);
        return;
      }
      CompletableFuture<Void> released = session.inbound().settled();
      released.thenRun(() -> ending.complete(JobResult.DONE));
      if (!released.isDone()) { // The broker is not waited for without end.
        ending.completeOnTimeout(JobResult.DONE, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public boolean rested() {
      return !broken;
    }

    /** The end of the link tells. */
    @Override
    public void lost(ConnectionFailure failure) {}
  }
}
