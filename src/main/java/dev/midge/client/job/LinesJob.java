package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.ConnectionOutcome;
import dev.midge.client.Delivery;
import dev.midge.client.EngineFactory;
import dev.midge.client.EngineKind;
import dev.midge.client.MessageListener;
import dev.midge.client.source.HandedMessages;
import dev.midge.client.source.MessageSource;
import dev.midge.client.state.ClientSession;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Connack;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does the job of {@code pub -l} and of other streams: publishes lines as they come, by as many
 * connections as it takes. The caller's thread looks after the connection; another reads the lines,
 * and is left behind if it waits for a line that never comes.
 */
final class LinesJob {

  /** libmosquitto's number for a packet that is too large, which is the status of {@code -l}. */
  private static final int OVERSIZE = 25;

  private static final long POLL_MILLIS = 1000;

  private final MessageSource source;
  private final Properties disconnectProperties;
  private final Consumer<Delivery> warn;
  private final ClientEvents events;
  private final Reconnect reconnect;
  private final ClientSession session = ClientSession.lasting();
  private final SessionSender sender = new SessionSender(session);
  private final CompletableFuture<@Nullable Exception> finished = new CompletableFuture<>();
  private ConnectSpec connect;
  private boolean everConnected;
  private boolean returned;
  private boolean open;
  private boolean inputEnded;
  private Qos last = Qos.AT_MOST_ONCE;
  private volatile boolean comesBack;

  /**
   * @param warn told of each message that the broker has acknowledged
   * @param pauseMillis before a lost connection is made again, unless the user has other wish;
   *     negative where that is a failure
   */
  LinesJob(
      ConnectSpec connect,
      MessageSource source,
      Properties disconnectProperties,
      Consumer<Delivery> warn,
      ClientEvents events,
      long pauseMillis) {
    this.connect = connect;
    this.source = source;
    this.disconnectProperties = disconnectProperties;
    this.warn = warn;
    this.events = events;
    this.reconnect = new Reconnect(connect, events, pauseMillis);
  }

  /** Publishes all. What was read before the source failed is delivered all the same. */
  JobResult run() throws ConnectionFailure, IOException, InterruptedException {
    events.outputFailed().thenRun(() -> finished.complete(null));
    try (Comeback comeback = new Comeback(connect, events.outputFailed())) {
      comesBack = comeback.isPlanned();
      while (true) {
        EngineFactory engines = Engines.of(connect, EngineKind.DIRECT, session);
        Connection connection = start(engines);
        try {
          JobResult how = stay(connection);
          returned = how == JobResult.STRUCK && comeback.after(connection, events.outputFailed());
          if (returned) {
            connect = connect.resumed();
            continue;
          }
          if (how != null) {
            return how;
          }
        } catch (ConnectionFailure failure) {
          reconnect.failed(failure, finished);
        } finally {
          comeback.release(connection);
        }
        if (!finished.isDone()) {
          reconnect.pause(finished);
        }
        if (finished.isDone()) {
          JobResult how = result(finished.join());
          return events.outputFailed().isDone() ? JobResult.OUTPUT_CLOSED : how;
        }
      }
    } finally {
      session.close();
    }
  }

  /** Returns how the job ends by the end of that connection; null when it may go on by another. */
  private @Nullable JobResult stay(Connection connection)
      throws ConnectionFailure, InterruptedException {
    try {
      awaitConnack(connection);
      if (!connection.opened().isDone()) {
        return JobResult.OUTPUT_CLOSED; // There is nobody to send DISCONNECT to.
      }
      connected(ConnectionFailures.result(connection.opened()));
      ConnectionFailures.result(CompletableFuture.anyOf(connection.over(), finished));
      if (finished.isDone()) {
        connection.end(ReasonCode.NORMAL_DISCONNECTION, disconnectProperties);
      }
    } catch (CancellationException struck) {
      // The end of the connection tells.
    }
    ConnectionOutcome end = connection.over().join();
    if (end == ConnectionOutcome.STRUCK) {
      return JobResult.STRUCK;
    }
    if (end.failure() != null) {
      throw end.failure();
    }
    return null;
  }

  private void awaitConnack(Connection connection) throws ConnectionFailure, InterruptedException {
    CompletableFuture<?> enough = returned ? events.outputFailed() : finished;
    reconnect.awaitConnack(connection, enough);
    EarlyEnd.awaitAnswer(events, connection);
  }

  private void connected(Connack connack) {
    connect = connect.again(connack);
    reconnect.connected();
    synchronized (this) {
      open = true;
      notifyAll();
      tellOfEnd();
    }
    if (!everConnected) {
      everConnected = true;
      startReading();
    }
  }

  private static JobResult result(@Nullable Exception failure)
      throws ConnectionFailure, IOException {
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

  private void startReading() {
    if (source instanceof HandedMessages handed) {
      handed.handTo(() -> !read(true));
      return;
    }
    Thread reader = new Thread(() -> read(false), "midge input");
    reader.setDaemon(true);
    reader.start();
  }

  /** Sends what there is and will be; returns true, for these are the last. */
  private boolean readAll() throws ConnectionFailure, IOException, InterruptedException {
    for (Message message = source.next(); message != null; message = source.next()) {
      send(message, source.isReady());
    }
    return true;
  }

  /** Sends what there is; returns whether these were the last. */
  private boolean readReady() throws ConnectionFailure, IOException, InterruptedException {
    while (source.isReady()) {
      Message message = source.next();
      if (message != null) {
        send(message, source.isReady());
      }
    }
    return source.isOver();
  }

  /** Returns whether nothing more is to be read. */
  private boolean read(boolean handed) {
    Exception failure = null;
    try {
      if (!(handed ? readReady() : readAll())) {
        return false;
      }
      ended();
    } catch (CancellationException over) {
      return true;
    } catch (ConnectionFailure refusal) {
      failure = refusal;
    } catch (IOException | InterruptedException | RuntimeException e) {
      failure = e;
    } catch (OutOfMemoryError e) {
      failure = ConnectionFailures.memory();
    }
    try {
      sender.flush(); // The line that was to follow may not have come.
    } catch (InterruptedException e) {
      failure = e;
    }
    Exception result = failure; // For the lambda.
    session.inflight().empty().thenRun(() -> finished.complete(result));
    return true;
  }

  /** The input has ended, which is told to each connection, but not before its CONNACK. */
  private synchronized void ended() {
    inputEnded = source.isStream();
    tellOfEnd();
  }

  private void tellOfEnd() {
    Connection connection = sender.current();
    if (connection != null && open && inputEnded) {
      connection.inputEnded();
    }
  }

  private void send(Message line, boolean more) throws ConnectionFailure, InterruptedException {
    keepOrder(line.qos());
    if (line.qos() != Qos.AT_MOST_ONCE) {
      CompletableFuture<Delivery> delivered = sender.send(line, more);
      delivered.whenComplete(this::answered);
      if (!source.isStream()) { // One after the other.
        ConnectionFailures.result(delivered);
      }
      return;
    }
    Connection connection = null;
    while (true) {
      connection = present(connection);
      try {
        connection.publish(line, more);
        return;
      } catch (ConnectionFailure failure) {
        if (failure.isUnsendable()) {
          throw failure;
        }
        return; // Lost, as such a message may be.
      } catch (CancellationException struck) {
        if (!comesBack) {
          throw struck;
        }
      }
    }
  }

  /** Lets none overtake a message of QoS 2, which a broker passes on when it is released. */
  private void keepOrder(Qos next) throws ConnectionFailure, InterruptedException {
    if (last == Qos.EXACTLY_ONCE && next != Qos.EXACTLY_ONCE) {
      sender.flush();
      ConnectionFailures.result(session.inflight().empty());
    }
    last = next;
  }

  /**
   * Returns the connection for a message of QoS 0; waits for the one by which a client comes back.
   *
   * @param struck the one by which a fault has kept the message from being sent; null for none
   * @throws CancellationException when the job is over meanwhile
   */
  private synchronized Connection present(@Nullable Connection struck) throws InterruptedException {
    while (comesBack && !finished.isDone() && (!open || sender.current() == struck)) {
      wait(POLL_MILLIS);
    }
    if (comesBack && finished.isDone()) {
      throw new CancellationException();
    }
    return Objects.requireNonNull(sender.current(), "lines are read after CONNACK");
  }

  private synchronized Connection start(EngineFactory engines) {
    open = false;
    return sender.start(connect, events, MessageListener.IGNORE, engines);
  }

  private void answered(@Nullable Delivery delivery, @Nullable Throwable failure) {
    if (failure instanceof ConnectionFailure refusal) {
      finished.complete(refusal); // Another connection, another limit.
    } else if (delivery != null) {
      warn.accept(delivery);
    }
  }
}
