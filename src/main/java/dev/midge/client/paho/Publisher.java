package dev.midge.client.paho;

import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.Delivery;
import dev.midge.client.io.PacketWriter;
import dev.midge.client.paho.cure.Original;
import dev.midge.client.state.ClientSession;
import dev.midge.client.state.InflightMessage;
import dev.midge.client.state.InflightWindow;
import dev.midge.client.state.TopicAliases;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Publishes messages by Paho. For several threads. */
final class Publisher {

  private final ConnectSpec spec;
  private final ClientSession session;
  private final PahoParts parts;
  private final PacketWriter writer;
  private final InflightWindow inflight;
  private final TopicAliases aliases = new TopicAliases();
  private final ReentrantLock sending = new ReentrantLock();
  private final Set<CompletableFuture<Delivery>> unwritten = ConcurrentHashMap.newKeySet();

  Publisher(ConnectSpec spec, ClientSession session, PahoParts parts, PacketWriter writer) {
    this.spec = spec;
    this.session = session;
    this.parts = parts;
    this.writer = writer;
    this.inflight = session.inflight();
  }

  private int number() {
    return parts.state().number();
  }

  /** Sends what earlier connections have left, as places in the inflight window get free. */
  void resend() {
    try {
      while (!writer.isShut() && inflight.awaitQueued(number())) {
        sendQueued(false); // [MQTT-4.4.0-1]
      }
    } catch (IOException | InterruptedException e) {
      // The thread that reads finds out why.
    }
  }

  /** Publishes, see {@link dev.midge.client.Engine#publish}. */
  CompletableFuture<Delivery> publish(Message message, boolean more)
      throws ConnectionFailure, IOException, InterruptedException {
    if (message.qos() == Qos.AT_MOST_ONCE) {
      return publishAtMostOnce(message, more);
    }
    if (inflight.isFullFor(message)) {
      parts.handover().awaitWritten();
      writer.flush();
    }
    InflightMessage added = inflight.add(message);
    sendQueued(more);
    ConnectionFailure refusal = added.refusal();
    if (refusal != null) {
      throw refusal;
    }
    return added.delivered();
  }

  private CompletableFuture<Delivery> publishAtMostOnce(Message message, boolean more)
      throws ConnectionFailure, IOException, InterruptedException {
    inflight.awaitSent(number());
    CompletableFuture<Delivery> written = new CompletableFuture<>();
    sending.lock();
    try {
      Message fitting = fitting(message);
      int id = session.ids().next();
      Delivery delivery = new Delivery(id, ReasonCode.SUCCESS, null);
      unwritten.add(written);
      give(
          message,
          fitting,
          false,
          id,
          more,
          () -> {
            if (parts.handover().isOpen() && unwritten.remove(written)) {
              written.complete(delivery);
            }
          });
    } finally {
      sending.unlock();
    }
    return written;
  }

  /** Sends what is queued, see {@link dev.midge.client.Engine#sendQueued}. */
  void sendQueued(boolean more) throws IOException {
    if (!parts.state().isReady()) {
      return;
    }
    sending.lock();
    try {
      InflightMessage next = next();
      while (next != null) {
        send(next, more);
        next = next();
      }
    } finally {
      sending.unlock();
    }
  }

  /** A message that is not sent any more is not sent at all, and is no duplicate the next time. */
  private @Nullable InflightMessage next() throws IOException {
    if (writer.isWatched()) {
      parts.handover().awaitWritten();
    }
    return writer.isShut() ? null : inflight.next(number());
  }

  private void send(InflightMessage message, boolean more) throws IOException {
    if (message.isReceived()) {
      sendAgain(Ack.of(PacketType.PUBREL, message.packetId()), more);
      return;
    }
    Message fitting;
    try {
      fitting = fitting(message.message());
    } catch (ConnectionFailure refusal) {
      inflight.refuse(message, refusal);
      return;
    }
    give(
        message.message(),
        fitting,
        message.isDuplicate(),
        message.packetId(),
        more,
        () -> inflight.complete(message));
  }

  /**
   * Cures that a new client object of Paho's cannot go on with a message of QoS 2 for which PUBREC
   * has come by an earlier connection.
   */
  private void sendAgain(Ack pubrel, boolean more) throws IOException {
    writer.send(pubrel, more);
  }

  /** Returns the message as this broker takes it. */
  private Message fitting(Message message) throws ConnectionFailure {
    Message fitting = parts.state().limits().admit(aliases.shortened(message), spec.version());
    aliases.learn(fitting);
    return fitting;
  }

  private void give(
      Message message, Message fitting, boolean dup, int id, boolean more, Runnable onSuccess)
      throws IOException {
    Message whole =
        new Message(
            message.topic(),
            fitting.payload(),
            fitting.qos(),
            fitting.retain(),
            fitting.properties());
    boolean topicKnown = fitting.topic().isEmpty();
    parts
        .handover()
        .message(
            new Original(id, fitting.properties(), topicKnown, more),
            whole.payload().length,
            () ->
                parts
                    .client()
                    .publish(
                        whole.topic(), PahoValues.message(whole, dup), null, new Told(onSuccess)));
  }

  /** Ends the futures of messages of QoS 0 that were not written; null where that was wanted. */
  void abandon(@Nullable ConnectionFailure why) {
    for (CompletableFuture<Delivery> written : unwritten) {
      if (why == null) {
        written.cancel(false);
      } else {
        written.completeExceptionally(why);
      }
    }
  }
}
