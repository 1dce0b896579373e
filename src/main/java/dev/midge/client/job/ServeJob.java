package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.Delivery;
import dev.midge.client.StopSignal;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ReasonCode;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Does the job of {@code rr --serve}: subscribes as {@code sub} does, and publishes answers by the
 * same connections.
 */
public final class ServeJob {
  private final SubscribeJob job;
  private final Answerer answerer;
  private final ClientEvents events;

  /** Takes requests, and answers them on threads of its own. */
  public interface Answerer extends MessageSink {

    /** Answers go there; called once, before the first request comes. */
    void answerBy(Answers answers);
  }

  /** Publishes answers. For several threads, but not the one that hands over requests. */
  public interface Answers {
    /**
     * Publishes an answer: with QoS 1 and 2 by the connection that there is, or by the next one.
     *
     * @return completes when it is delivered
     * @throws ConnectionFailure when the broker does not take such a message
     * @throws CancellationException when the job is over
     */
    CompletableFuture<?> send(Message answer) throws ConnectionFailure, InterruptedException;
  }

  public ServeJob(
      ConnectSpec connect,
      SubscribeSpec subscribe,
      ClientEvents events,
      Answerer answerer,
      StopSignal stop) {
    this.answerer = answerer;
    this.events = events;
    this.job = new SubscribeJob(connect, subscribe, events, answerer, stop);
  }

  /** Serves until something ends it, see {@link SubscribeJob#run}. */
  public JobResult run() throws ConnectionFailure, InterruptedException {
    answerer.answerBy(answer -> job.sender().send(answer, false).thenAccept(this::judge));
    return job.run();
  }

  private void judge(Delivery delivery) {
    if (ReasonCode.isFailure(delivery.reasonCode())) {
      String reason = delivery.reasonString();
      events.denied(
          "Warning: The broker refused an answer: "
              + ReasonCode.text(delivery.reasonCode())
              + (reason == null ? "." : ": \"" + reason + "\"."));
    }
  }
}
