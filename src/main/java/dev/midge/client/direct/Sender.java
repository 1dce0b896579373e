package dev.midge.client.direct;

import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.client.Delivery;
import dev.midge.client.Engine;
import dev.midge.client.io.PacketWriter;
import dev.midge.client.state.BrokerLimits;
import dev.midge.client.state.ClientSession;
import dev.midge.client.state.InflightMessage;
import dev.midge.client.state.InflightWindow;
import dev.midge.client.state.PendingRequests;
import dev.midge.client.state.TopicAliases;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Sends messages and requests of one connection. For several threads. */
final class Sender {

  private final ConnectSpec spec;
  private final ClientSession session;
  private final InflightWindow inflight;
  private final PacketWriter writer;
  private final PendingRequests requests;
  private final TopicAliases aliases = new TopicAliases();
  private final ReentrantLock sending = new ReentrantLock();
  private volatile @Nullable Opened opened;

  /**
   * Holds everything that is known from CONNACK on.
   *
   * @param number the one of the connection in the inflight window
   */
  private record Opened(BrokerLimits limits, int number) {}

  Sender(ConnectSpec spec, ClientSession session, PacketWriter writer, PendingRequests requests) {
    this.spec = spec;
    this.session = session;
    this.inflight = session.inflight();
    this.writer = writer;
    this.requests = requests;
  }

  /**
   * CONNACK has come. Thread that reads.
   *
   * @return the number of the connection in the inflight window
   */
  int connected(Connack connack) {
    BrokerLimits limits = BrokerLimits.of(connack);
    // What a fault is to happen at must not have been read from the input long before.
    boolean ahead = !writer.isWatched();
    int window = limits.inflight(spec.maxInflight());
    int number = inflight.attach(window, connack.sessionPresent(), ahead);
    opened = new Opened(limits, number);
    return number;
  }

  /** Sends what earlier connections have left, as places in the inflight window get free. */
  void resend(int number) {
    try {
      while (!writer.isShut() && inflight.awaitQueued(number)) {
        sendQueued(false); // [MQTT-4.4.0-1]
      }
    } catch (IOException | InterruptedException e) {
      // The thread that reads finds out why.
    }
  }

  /** Sends a message, see {@link Engine#publish}. */
  CompletableFuture<Delivery> publish(Message message, boolean more)
      throws ConnectionFailure, IOException, InterruptedException {
    if (message.qos() == Qos.AT_MOST_ONCE) {
      return publishAtMostOnce(message, more);
    }
    if (inflight.isFullFor(message)) {
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

  /** Sends a message behind those of QoS 1 and 2 that wait for the broker's answers. */
  private CompletableFuture<Delivery> publishAtMostOnce(Message message, boolean more)
      throws ConnectionFailure, IOException, InterruptedException {
    Opened current = opened();
    inflight.awaitSent(current.number());
    sending.lock(); // Another thread may have taken one from the window and not written it yet.
    try {
      int id = session.ids().next();
      Message fitting = fitting(message, current.limits());
      writer.send(new Publish(fitting, false, id), more);
      return CompletableFuture.completedFuture(new Delivery(id, ReasonCode.SUCCESS, null));
    } finally {
      sending.unlock();
    }
  }

  /** Sends the messages that are queued, see {@link Engine#sendQueued}. */
  void sendQueued(boolean more) throws IOException {
    Opened current = opened;
    if (current == null || more && inflight.isAwaitingAnswers()) {
      return; // Who has filled the window has flushed; an answer sends what waits.
    }
    sending.lock();
    try {
      InflightMessage next = next(current);
      while (next != null) {
        send(next, more, current.limits());
        next = next(current);
      }
    } finally {
      sending.unlock();
    }
    if (more && inflight.isAwaitingAnswers()) {
      writer.flush(); // The next has to wait for an answer to these.
    }
  }

  /**
   * Sends what has found room in the inflight window by the answers that were read: small messages
   * alone, so that the thread that reads is not held up. An answer that is sent by itself would
   * wait at a broker that does not switch Nagle's algorithm off, until this system's delayed
   * acknowledgement.
   */
  void sendFreed() throws IOException {
    if (inflight.hasSmallQueued()) {
      sendQueued(true);
    }
  }

  /** A message that is not sent any more is not sent at all, and is no duplicate the next time. */
  private @Nullable InflightMessage next(Opened current) {
    return writer.isShut() ? null : inflight.next(current.number());
  }

  private void send(InflightMessage message, boolean more, BrokerLimits limits) throws IOException {
    int id = message.packetId();
    if (message.isReceived()) {
      writer.send(Ack.of(PacketType.PUBREL, id), more);
      return;
    }
    Message fitting;
    try {
      fitting = fitting(message.message(), limits);
    } catch (ConnectionFailure refusal) {
      inflight.refuse(message, refusal);
      return;
    }
    writer.send(new Publish(fitting, message.isDuplicate(), id), more);
  }

  /** Returns the message as this broker takes it. */
  private Message fitting(Message message, BrokerLimits limits) throws ConnectionFailure {
    Message fitting = limits.admit(aliases.shortened(message), spec.version());
    aliases.learn(fitting);
    return fitting;
  }

  private Opened opened() throws ConnectionFailure {
    Opened current = opened;
    if (current == null) {
      throw new ConnectionFailure(Kind.LOST, "not connected yet");
    }
    return current;
  }

  /** Sends SUBSCRIBE, see {@link Engine#subscribe}. */
  CompletableFuture<Suback> subscribe(List<Subscription> subscriptions, Properties properties)
      throws ConnectionFailure, IOException {
    int id = session.ids().take();
    Subscribe request = new Subscribe(id, subscriptions, properties);
    CompletableFuture<Suback> reply = requests.add(request);
    send(id, request);
    return reply;
  }

  /** Sends UNSUBSCRIBE, see {@link Engine#unsubscribe}. */
  CompletableFuture<Unsuback> unsubscribe(List<String> filters, Properties properties)
      throws ConnectionFailure, IOException {
    int id = session.ids().take();
    Unsubscribe request = new Unsubscribe(id, filters, properties);
    CompletableFuture<Unsuback> reply = requests.add(request);
    send(id, request);
    return reply;
  }

  private void send(int id, Packet request) throws ConnectionFailure, IOException {
    try {
      opened().limits().admit(request, spec.version());
      if (writer.isShut()) {
        throw new IOException("the connection is over");
      }
      writer.send(request, false);
    } catch (ConnectionFailure | IOException unsent) {
      requests.withdraw(id);
      throw unsent;
    }
  }

  /** Ends what waits for an answer, see {@link Engine#abandon}. */
  void abandon(@Nullable ConnectionFailure why) {
    Opened current = opened;
    session.ended(current == null ? 0 : current.number(), why);
    requests.end(why);
  }
}
