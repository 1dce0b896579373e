package dev.midge.client;

import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The job of {@code pub -l}: publishes lines as they come, by as many connections as it takes. The
 * caller's thread looks after the connection; another reads, for it may have to be left behind
 * while it waits for a line that never comes.
 */
final class LinesJob {

  /** libmosquitto's number for a packet that is too large, which is the status of {@code -l}. */
  private static final int OVERSIZE = 25;

  private final PayloadSource source;
  private final Function<byte[], Message> message;
  private final Properties disconnectProperties;
  private final Consumer<Delivery> warn;
  private final ClientEvents events;
  private final long pauseMillis;
  private final Session session = Session.ofStream();
  private final CompletableFuture<Exception> finished = new CompletableFuture<>();
  private ConnectSpec connect;
  private boolean everReached;
  private boolean everConnected;
  private volatile Connection current;

  /**
   * @param warn told of each message that the broker has acknowledged
   * @param pauseMillis before a lost connection is made again
   */
  LinesJob(
      ConnectSpec connect,
      PayloadSource source,
      Function<byte[], Message> message,
      Properties disconnectProperties,
      Consumer<Delivery> warn,
      ClientEvents events,
      long pauseMillis) {
    this.connect = connect;
    this.source = source;
    this.message = message;
    this.disconnectProperties = disconnectProperties;
    this.warn = warn;
    this.events = events;
    this.pauseMillis = pauseMillis;
  }

  /** Publishes all. What was read before the source failed is delivered all the same. */
  JobResult run() throws ConnectionFailure, IOException, InterruptedException {
    try {
      while (true) {
        try (Connection link = Connection.start(connect, events, new Deaf(), session)) {
          greet(link);
          connected(link);
          stay(link);
          ConnectionOutcome end = link.over().join();
          if (end == ConnectionOutcome.STRUCK) {
            Connection.result(link.struck());
            return JobResult.STRUCK;
          }
          if (end.failure() != null && Reconnect.isFutile(end.failure())) {
            throw end.failure();
          }
          tell(end.failure());
        } catch (ConnectionFailure failure) {
          if (!everReached || Reconnect.isFutile(failure)) {
            throw failure;
          }
          tell(failure);
        }
        if (!finished.isDone()) {
          Reconnect.pause(finished, pauseMillis);
        }
        if (finished.isDone()) {
          return result(finished.join());
        }
      }
    } finally {
      session.close();
    }
  }

  private void tell(ConnectionFailure failure) {
    if (failure != null && !finished.isDone()) {
      events.retrying(failure);
    }
  }

  private void greet(Connection link) throws ConnectionFailure, InterruptedException {
    try {
      Connection.result(link.opened());
    } finally {
      everReached |= link.reached().isDone();
    }
  }

  private void connected(Connection link) {
    connect = connect.again(link.connack(), link.clientId());
    current = link;
    if (!everConnected) {
      everConnected = true;
      Thread reader = new Thread(this::read, "midge input");
      reader.setDaemon(true);
      reader.start();
    }
  }

  /** Returns when the connection has come to its end. */
  private void stay(Connection link) throws ConnectionFailure, InterruptedException {
    try {
      Connection.result(CompletableFuture.anyOf(link.over(), finished));
      if (finished.isDone()) {
        link.end(ReasonCode.NORMAL_DISCONNECTION, disconnectProperties);
      }
    } catch (CancellationException struck) {
      // The end of the link tells.
    }
  }

  private static JobResult result(Exception failure) throws ConnectionFailure, IOException {
    if (failure instanceof IOException unreadable) {
      throw unreadable;
    }
    if (failure instanceof ConnectionFailure refusal) {
      throw refusal.kind() == Kind.OVERSIZE && refusal.code() == 0
          ? new ConnectionFailure(Kind.OVERSIZE, refusal.getMessage(), OVERSIZE, null)
          : refusal;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    return JobResult.DONE;
  }

  private void read() {
    Exception failure = null;
    try {
      for (byte[] payload = source.next(); payload != null; payload = source.next()) {
        send(message.apply(payload), source.isReady());
      }
    } catch (CancellationException over) {
      return;
    } catch (ConnectionFailure refusal) {
      failure = refusal;
    } catch (IOException | InterruptedException | RuntimeException e) {
      failure = e;
    } catch (OutOfMemoryError e) {
      failure = ConnectionFailures.memory();
    }
    try {
      session.flush(); // Company that was promised may not have come.
    } catch (InterruptedException e) {
      failure = e;
    }
    Exception result = failure; // For the lambda.
    session.flights().empty().thenRun(() -> finished.complete(result));
  }

  private void send(Message line, boolean more) throws ConnectionFailure, InterruptedException {
    if (line.qos() != Qos.AT_MOST_ONCE) {
      session.send(line, more).whenComplete(this::answered);
      return;
    }
    try {
      current.deliver(line, more);
    } catch (ConnectionFailure failure) {
      if (BrokerLimits.isRefusal(failure)) {
        throw failure;
      }
      // Lost, as such a message may be.
    }
  }

  private void answered(Delivery delivery, Throwable failure) {
    if (failure instanceof ConnectionFailure refusal) {
      finished.complete(refusal); // Another connection, another limit.
    } else if (failure == null) {
      warn.accept(delivery);
    }
  }
}
