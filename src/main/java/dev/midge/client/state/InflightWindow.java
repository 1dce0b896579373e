package dev.midge.client.state;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Holds the messages of QoS 1 and 2 that are not delivered yet, in the order in which they were
 * added, and knows which of them the present connection is to send. Their number is limited. For
 * several threads.
 *
 * <p>Connections are told apart by numbers: an old one may still have something to say when the
 * next one has begun.
 */
public final class InflightWindow {

  private static final long MAX_PAUSE_MILLIS = 32;

  private final PacketIds ids;
  private final boolean withBroker;
  private final WindowRoom room = new WindowRoom();
  private final Map<Integer, InflightMessage> messages = new LinkedHashMap<>();
  private final SendQueue queued = new SendQueue();

  /** Identifiers of PUBRELs of this connection that answered an unknown PUBREC. */
  private final Set<Integer> released = new HashSet<>();

  private CompletableFuture<@Nullable Void> empty = CompletableFuture.completedFuture(null);
  private int connection;
  private int lastConnection;
  private boolean sessionKept;
  private boolean over;

  /**
   * @param withBroker whether the messages are cancelled when the broker has lost the session
   */
  InflightWindow(PacketIds ids, boolean withBroker) {
    this.ids = ids;
    this.withBroker = withBroker;
  }

  /**
   * A connection is open, and is to send all messages, in their order [MQTT-4.6.0-1]. The one
   * before is over.
   *
   * @param size the number of messages that may be in flight
   * @param kept whether the broker has kept its half of the session
   * @param ahead whether small messages beyond these may be added: then {@link #next} is asked when
   *     an answer has come
   * @return the number of the connection, at least 1
   */
  public int attach(int size, boolean kept, boolean ahead) {
    completeAcknowledged();
    if (withBroker && !kept) {
      cancelAll();
    }
    synchronized (this) {
      connection = ++lastConnection;
      sessionKept = kept;
      room.begin(size, ahead);
      released.clear();
      queued.clear();
      queued.addAll(messages.values());
      notifyAll();
      return connection;
    }
  }

  /** That connection is over. */
  void detach(int number) {
    synchronized (this) {
      if (connection == number) {
        connection = 0;
        room.end();
        queued.clear();
        notifyAll();
      }
    }
    completeAcknowledged();
  }

  /** Returns whether {@link #add} would have to wait. */
  public synchronized boolean isFullFor(Message message) {
    return !over && !room.isFor(message, messages.size());
  }

  /**
   * Adds a message; waits while the window is full.
   *
   * @throws CancellationException when the session is over
   */
  public synchronized InflightMessage add(Message message) throws InterruptedException {
    awaitPlace(message);
    if (over) {
      throw new CancellationException();
    }
    InflightMessage added = new InflightMessage(ids.take(), message);
    if (messages.isEmpty()) {
      empty = new CompletableFuture<>();
    }
    messages.put(added.packetId(), added);
    room.added(message);
    if (connection != 0) {
      queued.add(added);
    }
    return added;
  }

  /**
   * Answers come one by one, and to be woken by each would cost more than to send a message: the
   * answer that leaves half of the room free wakes whoever waits, and time does where none comes.
   */
  private void awaitPlace(Message message) throws InterruptedException {
    for (long pause = 1; isFullFor(message); pause = Math.min(2 * pause, MAX_PAUSE_MILLIS)) {
      wait(pause);
    }
  }

  /** Returns whether there are messages to send, and all are small; asked without the lock. */
  public boolean hasSmallQueued() {
    return queued.hasAny() && room.isSmall();
  }

  /** Returns whether the broker takes no more before it has answered; asked without the lock. */
  public boolean isAwaitingAnswers() {
    return room.isTaken();
  }

  /** Returns whether that connection has messages to send, be it later. */
  public synchronized boolean hasQueued(int number) {
    return number != 0 && connection == number && queued.hasAny();
  }

  /**
   * Waits until that connection may send a message: the broker may take fewer at a time than the
   * one before.
   *
   * @return false when it has none to send, or is over
   */
  public synchronized boolean awaitQueued(int number) throws InterruptedException {
    while (hasQueued(number) && room.isTaken()) {
      wait(MAX_PAUSE_MILLIS);
    }
    return hasQueued(number);
  }

  /**
   * Waits until that connection has no message to send any more, or is over: a message of QoS 0 is
   * not to overtake those that were added before it.
   */
  public void awaitSent(int number) throws InterruptedException {
    if (queued.hasAny()) {
      awaitTaken(number);
    }
  }

  private synchronized void awaitTaken(int number) throws InterruptedException {
    for (long pause = 1;
        hasQueued(number) && !over;
        pause = Math.min(2 * pause, MAX_PAUSE_MILLIS)) {
      wait(pause);
    }
  }

  /**
   * Takes the next message that this connection is to send now: PUBREL if {@link
   * InflightMessage#isReceived}, else PUBLISH.
   *
   * @return null when there is none, the broker takes no more at a time, or the connection is over
   */
  public @Nullable InflightMessage next(int number) {
    return queued.hasAny() ? takeNext(number) : null;
  }

  private synchronized @Nullable InflightMessage takeNext(int number) {
    InflightMessage next = connection != number || room.isTaken() ? null : queued.take();
    if (next == null) {
      return null;
    }
    // A broker that has forgotten the session has forgotten every message that it had not
    // passed on. Which ones nobody can tell: rather twice than never.
    next.sending(number, sessionKept);
    room.taken();
    return next;
  }

  /** Completes when all is delivered; exceptionally when the session is over before. */
  public synchronized CompletableFuture<@Nullable Void> empty() {
    return empty;
  }

  /**
   * The broker has answered that connection about a message. If that was the last answer, {@link
   * #complete} is due; but if the connection ends in between, the answer counts.
   *
   * @return null when no such message is in flight
   * @throws ConnectionFailure when that is no answer to a message of its QoS, or at that point
   */
  public synchronized @Nullable InflightMessage answered(int number, Ack ack)
      throws ConnectionFailure {
    InflightMessage message = messages.get(ack.packetId());
    if (ack.type() == PacketType.PUBCOMP
        && released.remove(ack.packetId())
        && (message == null || !message.isReceived())) {
      return null;
    }
    if (message != null && connection == number) {
      message.answered(ack);
    }
    return message;
  }

  /** Returns whether a message of that identifier is not delivered yet. */
  public synchronized boolean holds(int packetId) {
    return messages.containsKey(packetId);
  }

  /**
   * PUBREL is sent for a message that is unknown. Its PUBCOMP may come when the identifier is in
   * use again.
   */
  public synchronized void releasing(int number, int packetId) {
    if (connection == number) {
      released.add(packetId);
    }
  }

  /** The broker has acknowledged the message for good. */
  public void complete(InflightMessage message) {
    if (remove(message)) {
      message.delivered().complete(message.delivery());
      tellIfEmpty();
    }
  }

  /** The message is not sent, since the broker does not take it. */
  public void refuse(InflightMessage message, ConnectionFailure why) {
    message.refuse(why);
    if (remove(message)) {
      message.delivered().completeExceptionally(why);
      tellIfEmpty();
    }
  }

  private void tellIfEmpty() {
    CompletableFuture<@Nullable Void> last;
    synchronized (this) {
      last = messages.isEmpty() ? empty : null;
    }
    if (last != null) {
      last.complete(null);
    }
  }

  private void completeAcknowledged() {
    for (InflightMessage message : all()) {
      if (message.isAcknowledged()) {
        complete(message);
      }
    }
  }

  private void cancelAll() {
    for (InflightMessage message : all()) {
      if (remove(message)) {
        message.delivered().cancel(false);
        tellIfEmpty();
      }
    }
  }

  private synchronized List<InflightMessage> all() {
    return new ArrayList<>(messages.values());
  }

  private synchronized boolean remove(InflightMessage message) {
    if (!messages.remove(message.packetId(), message)) {
      return false;
    }
    room.removed(message.message());
    ids.release(message.packetId());
    if (!queued.remove(message)) {
      room.left();
    }
    if (room.isWorthWaking(messages.size())) {
      notifyAll();
    }
    return true;
  }

  /**
   * Ends the session.
   *
   * @param why the failure for all messages that are not delivered; null when that was wanted
   */
  void end(@Nullable ConnectionFailure why) {
    CompletableFuture<@Nullable Void> never;
    synchronized (this) {
      over = true;
      never = empty;
      notifyAll();
    }
    for (InflightMessage message : all()) {
      end(message.delivered(), why);
    }
    end(never, why);
  }

  private static void end(CompletableFuture<?> unanswered, @Nullable ConnectionFailure why) {
    if (why == null) {
      unanswered.cancel(false);
    } else {
      unanswered.completeExceptionally(why);
    }
  }
}
