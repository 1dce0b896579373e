package dev.midge.client.io;

import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.MessageListener;
import dev.midge.client.state.InboundAliases;
import dev.midge.client.state.Qos2Receipts;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands each PUBLISH to the listener and acknowledges it when the listener has dealt with the
 * message, and never when it could not. Acknowledgements of messages that came together share a
 * write. Only for the thread that reads, except where noted.
 */
public final class MessageReceiver {

  private final MessageListener listener;
  private final PacketWriter writer;
  private final Qos2Receipts receipts;
  private final Acknowledging acknowledging;
  private final InboundAliases aliases;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Deque<Held> held = new ArrayDeque<>();

  /** An acknowledgement that waits until its message, and those before it, are dealt with. */
  private record Held(Ack ack, CompletableFuture<?> settled) {}

  /** Sends acknowledgements of which the events know already. */
  public interface Acknowledging {
    void acknowledge(List<Ack> acks) throws IOException;
  }

  /** Makes a receiver that writes its acknowledgements itself. */
  public MessageReceiver(
      ConnectSpec spec, MessageListener listener, PacketWriter writer, Qos2Receipts receipts) {
    this(spec, listener, writer, receipts, writer::sendAnnounced);
  }

  /** Makes a receiver whose acknowledgements go another way. */
  public MessageReceiver(
      ConnectSpec spec,
      MessageListener listener,
      PacketWriter writer,
      Qos2Receipts receipts,
      Acknowledging acknowledging) {
    this.acknowledging = acknowledging;
    this.listener = listener;
    this.writer = writer;
    this.receipts = receipts;
    this.aliases = new InboundAliases(spec.properties());
  }

  /**
   * CONNACK has come.
   *
   * @param sessionPresent whether the broker has kept its half of the session
   */
  public void connected(boolean sessionPresent) {
    if (!sessionPresent) {
      receipts.clear(); // [MQTT-3.2.2-5]
    }
  }

  /**
   * Handles a message.
   *
   * @throws ConnectionFailure when its topic alias was not allowed
   */
  public void received(Publish packet) throws ConnectionFailure, IOException {
    Publish publish = aliases.resolve(packet);
    int id = publish.packetId();
    listener.awaitRoom(); // Without the lock, which whoever makes room needs to acknowledge.
    lock.lock();
    try {
      boolean again = receipts.isWaiting(id);
      if (!again && !listener.wantsMore()) {
        return;
      }
      switch (publish.message().qos()) {
        case AT_MOST_ONCE -> deliver(publish);
        case AT_LEAST_ONCE -> {
          Ack puback = announced(PacketType.PUBACK, id);
          deliver(publish);
          hold(puback);
        }
        case EXACTLY_ONCE -> {
          Ack pubrec = announced(PacketType.PUBREC, id);
          if (!again) { // [MQTT-4.3.3-10]
            receipts.take(id);
            deliver(publish);
          }
          hold(pubrec);
        }
      }
      if (!listener.wantsMore()) { // The end is near, and DISCONNECT must not come before.
        release();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells the events of the acknowledgement now, before the message. */
  private Ack announced(PacketType type, int id) {
    Ack ack = Ack.of(type, id);
    writer.announce(ack);
    return ack;
  }

  private void hold(Ack ack) {
    CompletableFuture<?> settled = listener.settled();
    held.add(new Held(ack, settled));
    if (!settled.isDone()) {
      settled.whenComplete((all, failure) -> settledLate());
    }
  }

  /** Acknowledges what was dealt with after the thread that reads had gone on. Any thread. */
  private void settledLate() {
    try {
      idle();
    } catch (IOException e) {
      // The thread that reads finds out why.
    }
  }

  private void deliver(Publish publish) {
    listener.received(new ReceivedMessage(publish.message(), publish.packetId(), publish.dup()));
  }

  /**
   * Handles PUBREL, also of a message that is not known: the broker did not see the PUBCOMP before.
   *
   * @param more whether other packets may follow at once
   */
  public void released(Ack pubrel, boolean more) throws IOException {
    Ack pubcomp = Ack.of(PacketType.PUBCOMP, pubrel.packetId());
    if (more) {
      writer.sendSoon(pubcomp);
    } else {
      writer.send(pubcomp, false);
    }
    receipts.release(pubrel.packetId()); // Now the end may come.
  }

  /** No more has come yet: what the listener has dealt with is acknowledged. Any thread. */
  public void idle() throws IOException {
    lock.lock();
    try {
      release();
    } finally {
      lock.unlock();
    }
  }

  private void release() throws IOException {
    try {
      boolean safe = listener.onIdle();
      if (held.isEmpty()) {
        return;
      }
      List<Ack> due = settled();
      if (!safe) {
        held.clear();
      } else if (!due.isEmpty()) {
        acknowledging.acknowledge(due);
      }
    } finally {
      released.signalAll();
    }
  }

  /**
   * Takes the acknowledgements that are due from the front of those held: they go in the order of
   * the messages [MQTT-4.6.0-2] [MQTT-4.6.0-3].
   */
  private List<Ack> settled() {
    List<Ack> due = new ArrayList<>(held.size());
    while (!held.isEmpty() && held.element().settled().isDone()) {
      if (held.element().settled().isCompletedExceptionally()) {
        held.clear();
      } else {
        due.add(held.remove().ack());
      }
    }
    return due;
  }

  /** Waits until what was delivered is acknowledged, or the time is over. Any thread. */
  public void awaitAcknowledged(long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    if (!lock.tryLock(left, TimeUnit.NANOSECONDS)) {
      return;
    }
    try {
      while (!held.isEmpty() && left > 0) {
        left = released.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
