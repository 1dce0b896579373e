package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.Delivery;
import dev.midge.client.EngineFactory;
import dev.midge.client.MessageListener;
import dev.midge.client.state.ClientSession;
import dev.midge.client.state.InflightMessage;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages of a session whose connections replace one another: those of QoS 1 and 2 by the
 * present one, or else by the next, and those of QoS 0 by the present one, or not at all. For
 * several threads.
 */
final class SessionSender {

  private final ClientSession session;
  private volatile @Nullable Connection current;

  SessionSender(ClientSession session) {
    this.session = session;
  }

  /**
   * Starts the connection by which the session goes on. Messages go to it from before the start on:
   * one that came behind CONNACK, and went to the connection before, would wait without end.
   */
  Connection start(
      ConnectSpec spec, ClientEvents events, MessageListener listener, EngineFactory engines) {
    Connection next = Connection.to(spec, events, listener, engines);
    current = next;
    next.start();
    return next;
  }

  /** Returns the connection that was started last; null before the first. */
  @Nullable Connection current() {
    return current;
  }

  /**
   * Hands over a message. Waits while the inflight window is full.
   *
   * @param more whether another message follows at once, or {@link #flush}, so that they may share
   *     a write
   * @return completes when it is delivered; at once for QoS 0, also where it is lost
   * @throws ConnectionFailure when the broker does not take such a message
   * @throws CancellationException when the session is over
   */
  CompletableFuture<Delivery> send(Message message, boolean more)
      throws ConnectionFailure, InterruptedException {
    if (message.qos() == Qos.AT_MOST_ONCE) {
      return sendAtMostOnce(message, more);
    }
    if (session.inflight().isFullFor(message)) {
      flush();
    }
    InflightMessage added = session.inflight().add(message);
    Connection connection = current;
    if (connection != null) {
      try {
        connection.sendQueued(more);
      } catch (ConnectionFailure | CancellationException ended) {
        // The next connection sends it, if there is one.
      }
    }
    ConnectionFailure refusal = added.refusal();
    if (refusal != null) {
      throw refusal;
    }
    return added.delivered();
  }

  private CompletableFuture<Delivery> sendAtMostOnce(Message message, boolean more)
      throws ConnectionFailure, InterruptedException {
    Connection connection = current;
    if (connection != null) {
      try {
        return connection.publish(message, more);
      } catch (ConnectionFailure failure) {
        if (failure.isUnsendable()) {
          throw failure;
        }
      } catch (CancellationException ended) {
        // Lost, as such a message may be.
      }
    }
    return CompletableFuture.completedFuture(new Delivery(0, ReasonCode.SUCCESS, null));
  }

  /** Writes what was held back for packets to follow. */
  void flush() throws InterruptedException {
    Connection connection = current;
    if (connection != null) {
      try {
        connection.sendQueued(false);
      } catch (ConnectionFailure | CancellationException ended) {
        // The next connection sends what was not written.
      }
    }
  }
}
