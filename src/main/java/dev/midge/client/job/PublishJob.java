package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.client.ClientFaults;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.ConnectionOutcome;
import dev.midge.client.Delivery;
import dev.midge.client.EngineKind;
import dev.midge.client.MessageListener;
import dev.midge.client.direct.SingleMessage;
import dev.midge.client.source.MessageSource;
import dev.midge.client.source.PacedMessages;
import dev.midge.client.source.PublishSpec;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ReasonCode;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does the job of {@code pub}: connects, publishes all, waits until all is delivered, sends
 * DISCONNECT.
 */
public final class PublishJob {
  private static final int MOST_QUICK_BYTES = 64 * 1024;

  private final ConnectSpec connect;
  private final PublishSpec publish;
  private final ClientEvents events;
  private final long pauseMillis;

  public PublishJob(ConnectSpec connect, PublishSpec publish, ClientEvents events) {
    this(connect, publish, events, Reconnect.PAUSE_MILLIS);
  }

  /**
   * @param pauseMillis before a lost connection is made again
   */
  PublishJob(ConnectSpec connect, PublishSpec publish, ClientEvents events, long pauseMillis) {
    this.connect = connect;
    this.publish = publish;
    this.events = events;
    this.pauseMillis = pauseMillis;
  }

  /**
   * Publishes everything that the source holds. A stream is read on a thread of its own, which is
   * left behind if it waits for input when the job ends; a connection lost meanwhile is made again
   * once a second, for ever, after the first success. Any other source is read on the calling
   * thread, and a loss is a failure, unless the user wants tries.
   *
   * @return {@link JobResult#DONE}, also when the planned fault never came; {@link
   *     JobResult#STRUCK} when it did and is over
   * @throws IOException when the source cannot be read; the connection was ended in order
   */
  public JobResult publishAll(MessageSource source)
      throws ConnectionFailure, IOException, InterruptedException {
    ClientFaults faults = connect.faults();
    if (source.isStream()) {
      return lines(source, pauseMillis);
    }
    if (connect.retry() != null || faults != null && faults.comeBack() != null) {
      return lines(new PacedMessages(source, publish.repeatDelay()), Reconnect.NEVER);
    }
    Message first = Objects.requireNonNull(source.next()); // Only a stream may have none.
    boolean single = source.isOver();
    if (single && isQuick(first.payload())) {
      warn(new SingleMessage(connect, events).send(first, publish.disconnectProperties()));
      return JobResult.DONE;
    }
    // A single large message is worth no second copy of it; see docs/engines.md.
    EngineKind usual = single && faults == null ? EngineKind.DIRECT : EngineKind.PAHO;
    try (Connection connection = Engines.start(connect, usual, events, MessageListener.IGNORE)) {
      try {
        ConnectionFailures.result(connection.opened());
        publishEach(connection, first, source);
        disconnect(connection);
      } catch (CancellationException struck) {
        // Told below.
      } catch (IOException unreadable) {
        disconnect(connection);
        throw unreadable;
      } catch (ConnectionFailure failure) {
        if (failure.isUnsendable()) {
          disconnect(connection);
        }
        throw failure;
      }
      if (connection.over().join() == ConnectionOutcome.STRUCK) {
        ConnectionFailures.result(connection.struck());
        return JobResult.STRUCK;
      }
      return events.outputFailed().isDone() ? JobResult.OUTPUT_CLOSED : JobResult.DONE;
    }
  }

  private JobResult lines(MessageSource source, long pause)
      throws ConnectionFailure, IOException, InterruptedException {
    return new LinesJob(connect, source, publish.disconnectProperties(), this::warn, events, pause)
        .run();
  }

  /**
   * Returns whether the message needs no engine with a thread that reads: writing it does not take
   * so long that answers come meanwhile.
   */
  private boolean isQuick(byte[] payload) {
    return connect.engine() != EngineKind.PAHO
        && connect.faults() == null
        && payload.length <= MOST_QUICK_BYTES;
  }

  private void disconnect(Connection connection) throws InterruptedException {
    connection.end(ReasonCode.NORMAL_DISCONNECTION, publish.disconnectProperties());
  }

  /** One after the other: each waits until the one before is delivered, and then its delay. */
  private void publishEach(Connection connection, Message first, MessageSource source)
      throws ConnectionFailure, IOException, InterruptedException {
    warn(ConnectionFailures.result(connection.publish(first)));
    while (!source.isOver()) {
      delay(connection);
      if (events.outputFailed().isDone()) {
        return;
      }
      Message message = source.next();
      if (message == null) {
        return;
      }
      warn(ConnectionFailures.result(connection.publish(message)));
    }
  }

  private void delay(Connection connection) throws InterruptedException {
    if (publish.repeatDelay().isZero()) {
      return;
    }
    try {
      CompletableFuture.anyOf(connection.over(), events.outputFailed())
          .get(publish.repeatDelay().toNanos(), TimeUnit.NANOSECONDS);
      // What comes next finds out why it is over.
    } catch (TimeoutException due) {
      // Which is the rule.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void warn(Delivery delivery) {
    if (ReasonCode.isFailure(delivery.reasonCode())) {
      events.denied(null);
      events.warning(
          "Warning: Publish "
              + delivery.packetId()
              + " failed: "
              + ReasonCode.text(delivery.reasonCode())
              + ".");
      if (delivery.reasonString() != null) {
        events.warning(delivery.reasonString());
      }
    }
  }
}
