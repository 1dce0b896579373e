package dev.midge.client.job;

import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Suback;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that the retained messages of subscriptions are through. MQTT has no mark for that, but
 * keeps the order: the client publishes a message to a topic of its own after SUBACK, and what
 * comes before it is through. A broker may send retained messages in pages, with other messages
 * between them, so that more such rounds follow, with a pause in which a broker can go on, until
 * there were some in a row without a retained message. Where the broker lets the client not publish
 * or subscribe there, and where it must publish nothing, the end comes when nothing has come for a
 * while, though the client could have taken it. Is told of messages on the listener's thread; sends
 * on a thread of its own, since a broker that does not read may hold it up.
 */
final class RetainedBarrier {
  private static final int QUIET_ROUNDS = 3;
  private static final long PAUSE_MILLIS = 30;

  /**
   * The time is looked at twice: where this process stood still, something may be there to read.
   */
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final RetainedEnd how;
  private final Qos most;
  private final SessionSender sender;
  private final Runnable through;
  private final String token = Long.toHexString(System.nanoTime()) + "-";
  private final Set<String> awaited = new HashSet<>();
  private @Nullable ScheduledExecutorService thread;
  private @Nullable Connection current;
  private long lastArrival;
  private int handling;
  private long handlingSince;
  private boolean overdue;
  private int round;
  private int quietRounds;
  private boolean cameSinceRound;
  private boolean ended;

  /**
   * @param most the most QoS of the subscriptions
   * @param through called once when the messages are through
   */
  RetainedBarrier(RetainedEnd how, Qos most, SessionSender sender, Runnable through) {
    this.how = how;
    this.most = most;
    this.sender = sender;
    this.through = through;
  }

  /** Begins, or begins anew, since SUBACK has come on that connection. */
  synchronized void begin(Connection connection) {
    if (ended) {
      return;
    }
    current = connection;
    quietRounds = 0;
    cameSinceRound = false;
    lastArrival = System.nanoTime();
    ScheduledExecutorService worker = thread;
    if (worker == null) {
      worker =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread daemon = new Thread(task, "midge retained");
                daemon.setDaemon(true);
                return daemon;
              });
      thread = worker;
      watch(worker, how.idle().toNanos());
    }
    String topic = how.topic();
    if (topic != null) {
      worker.execute(() -> subscribe(connection, topic));
    }
  }

  private void watch(ScheduledExecutorService worker, long nanos) {
    try {
      worker.schedule(() -> look(worker), Math.max(1, nanos), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // The job is over.
    }
  }

  private void look(ScheduledExecutorService worker) {
    long left;
    boolean over;
    synchronized (this) {
      boolean more = handling > 0 || current != null && current.isBusy();
      long since = more ? 0 : System.nanoTime() - lastArrival;
      left = how.idle().toNanos() - since;
      over = left <= 0 && overdue;
      overdue = left <= 0;
    }
    if (over) {
      end();
    } else {
      watch(worker, left > 0 ? left : AGAIN_NANOS);
    }
  }

  /** The listener begins to handle something: until {@link #handled} no time counts. */
  synchronized void handling() {
    if (handling++ == 0) {
      handlingSince = System.nanoTime();
    }
  }

  /** The listener has handled it: from now on the broker can be waited for again. */
  synchronized void handled() {
    if (--handling == 0) {
      lastArrival += System.nanoTime() - Math.max(handlingSince, lastArrival);
    }
  }

  private void subscribe(Connection connection, String topic) {
    send(
        () ->
            connection
                .subscribe(List.of(Subscription.of(topic, most)), Properties.NONE)
                .thenAccept(suback -> subscribed(suback, connection, topic)));
  }

  private void subscribed(Suback suback, Connection connection, String topic) {
    if (!ReasonCode.isFailure(suback.reasonCodes().get(0))) {
      onThread(() -> publish(connection, topic));
    }
  }

  private synchronized void onThread(Runnable task) {
    if (thread != null && !thread.isShutdown()) {
      thread.execute(task);
    }
  }

  private interface Request {
    void send() throws ConnectionFailure, InterruptedException;
  }

  /** Sends; where that is not possible the time decides, or the next connection. */
  private static void send(Request request) {
    try {
      request.send();
    } catch (ConnectionFailure | CancellationException impossible) {
      // See above.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Publishes a message for each way that one may take: brokers keep those of QoS 0 apart. */
  private void publish(Connection connection, String topic) {
    byte[] plain;
    byte[] acknowledged;
    synchronized (this) {
      if (connection != current) {
        return; // A round of the connection before would take the marks from this one's.
      }
      round++;
      awaited.clear();
      plain = mark(0);
      acknowledged = mark(most.level());
    }
    send(() -> connection.publish(Message.of(topic, plain, Qos.AT_MOST_ONCE, false)));
    if (most != Qos.AT_MOST_ONCE) {
      send(() -> sender.send(Message.of(topic, acknowledged, most, false), false));
    }
  }

  private byte[] mark(int qos) {
    String mark = token + round + "-" + qos;
    awaited.add(mark);
    return mark.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Looks at a message that the listener has received.
   *
   * @return whether it is one of this class, which is no message for the user
   */
  boolean takes(Message message) {
    if (message.retain()) {
      arrived();
    }
    String topic = how.topic();
    if (topic == null || !message.topic().equals(topic)) {
      return false;
    }
    String payload = new String(message.payload(), StandardCharsets.ISO_8859_1);
    if (!payload.startsWith(token)) {
      return false;
    }
    boolean last;
    Connection connection;
    synchronized (this) {
      last = awaited.remove(payload) && awaited.isEmpty();
      if (last) {
        quietRounds = cameSinceRound ? 0 : quietRounds + 1;
        cameSinceRound = false;
      }
      connection = current;
    }
    if (last && connection != null) {
      next(connection, topic);
    }
    return true;
  }

  private synchronized void next(Connection connection, String topic) {
    if (thread == null || thread.isShutdown()) {
      return;
    }
    if (quietRounds < QUIET_ROUNDS) {
      thread.schedule(() -> publish(connection, topic), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      thread.execute(
          () -> {
            // A session may be kept.
            send(() -> connection.unsubscribe(List.of(topic), Properties.NONE));
            end();
          });
    }
  }

  private synchronized void arrived() {
    lastArrival = System.nanoTime();
    cameSinceRound = true;
  }

  private void end() {
    boolean first;
    synchronized (this) {
      first = !ended;
      ended = true;
    }
    if (first) {
      through.run();
    }
  }

  synchronized void close() {
    ended = true;
    if (thread != null) {
      thread.shutdownNow();
    }
  }
}
