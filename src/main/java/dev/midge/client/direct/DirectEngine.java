package dev.midge.client.direct;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.Delivery;
import dev.midge.client.Engine;
import dev.midge.client.MessageListener;
import dev.midge.client.io.ConnackCheck;
import dev.midge.client.io.KeepAlive;
import dev.midge.client.io.MessageReceiver;
import dev.midge.client.io.PacketReader;
import dev.midge.client.io.PacketWriter;
import dev.midge.client.state.BrokerLimits;
import dev.midge.client.state.ClientSession;
import dev.midge.client.state.InflightMessage;
import dev.midge.client.state.InflightWindow;
import dev.midge.client.state.PendingRequests;
import dev.midge.client.state.TopicAliases;
import dev.midge.fault.Effect;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Auth;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import dev.midge.net.ClientChannel;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Our own engine: one thread connects, reads and handles what it reads; whoever sends a packet
 * writes it.
 */
public final class DirectEngine implements Engine {

  private static final int BUFFER_BYTES = 32 * 1024;
  private static final long DISCONNECT_MILLIS = 1000;

  private final ClientSession session;
  private final ConnectSpec spec;
  private final ClientChannel channel;
  private final ClientEvents clientEvents;
  private final PacketWriter writer;
  private final PacketReader reader;
  private final MessageReceiver receiver;
  private final InflightWindow inflight;
  private final PendingRequests requests;
  private final TopicAliases aliases = new TopicAliases();
  private final ReentrantLock sending = new ReentrantLock();
  private @Nullable Events events;
  private volatile @Nullable BrokerLimits limits;
  private volatile @Nullable KeepAlive keepAlive;
  private volatile int number;
  private volatile boolean ended;

  /**
   * @param session the one that the connection begins or takes up
   */
  public DirectEngine(
      ClientSession session,
      ConnectSpec spec,
      ClientChannel channel,
      MessageListener listener,
      ClientEvents clientEvents) {
    this.session = session;
    this.spec = spec;
    this.channel = channel;
    this.clientEvents = clientEvents;
    this.writer = new PacketWriter(spec, clientEvents);
    this.reader = new PacketReader(spec.version(), clientEvents, BUFFER_BYTES);
    this.receiver = new MessageReceiver(spec, listener, writer, session.receipts());
    this.inflight = session.inflight();
    this.requests = new PendingRequests(session.ids());
  }

  @Override
  public void start(Events hearer) {
    events = hearer;
    daemon(this::run, "midge reader").start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private Events events() {
    return Objects.requireNonNull(events, "not started");
  }

  // What the reading thread does.

  private void run() {
    try {
      connect();
      while (!ended) {
        Packet packet = reader.poll();
        if (packet != null) {
          handle(packet);
        } else {
          receiver.idle();
          writer.flushIfIdle(); // Packets that are held back for the rest of one that came.
          reader.await();
        }
      }
    } catch (ConnectionFailure failure) {
      fail(failure);
    } catch (IOException e) {
      fail(ConnectionFailures.lost(e));
    } catch (OutOfMemoryError e) {
      fail(ConnectionFailures.memory());
    } catch (RuntimeException | Error e) {
      fail(new ConnectionFailure(Kind.LOST, null)); // A connection that nobody reads is none.
    } finally {
      rest();
    }
  }

  private void connect() throws ConnectionFailure {
    try {
      clientEvents.connecting(channel);
      channel.connect();
      reader.attach(channel.in());
      writer.attach(channel.out());
    } catch (IOException e) {
      throw ConnectionFailures.unreachable(e);
    }
    events().reached();
    try {
      writer.send(spec.packet(), false);
    } catch (IOException e) {
      // What the broker said before it closed the connection tells more.
    }
  }

  private void fail(ConnectionFailure failure) {
    KeepAlive ofConnection = keepAlive;
    if (ofConnection != null && ofConnection.hasCut()) {
      events().failed(KeepAlive.failure());
      return;
    }
    boolean fault = failure.kind() == Kind.MALFORMED || failure.kind() == Kind.PROTOCOL;
    if (fault && spec.version().isV5() && limits != null && !ended) {
      try {
        writer.send(new Disconnect(failure.code(), Properties.NONE), false); // [MQTT-4.13.1-1]
      } catch (IOException e) {
        // The broker is gone.
      }
    }
    events().failed(failure);
  }

  /** Nothing is handled any more; but the channel is read, to notice when the broker closes it. */
  private void rest() {
    try {
      receiver.idle();
    } catch (IOException e) {
      events().failed(ConnectionFailures.lost(e));
    } finally {
      events().quiet();
    }
    reader.drain();
  }

  private void handle(Packet packet) throws ConnectionFailure, IOException {
    ConnackCheck.checkOrder(packet.type(), limits != null);
    switch (packet.type()) {
      case CONNACK -> connack((Connack) packet);
      case PUBLISH -> receiver.received((Publish) packet);
      case PUBREL -> receiver.released((Ack) packet, reader.hasMore());
      case PUBACK, PUBREC, PUBCOMP -> acknowledged((Ack) packet);
      case SUBACK -> replied(((Suback) packet).packetId(), packet);
      case UNSUBACK -> replied(((Unsuback) packet).packetId(), packet);
      case PINGRESP -> {
        KeepAlive ofConnection = keepAlive;
        if (ofConnection != null) {
          ofConnection.answered();
        }
      }
      case DISCONNECT -> throw ConnectionFailures.disconnected((Disconnect) packet);
      case AUTH -> throw ConnectionFailures.authentication((Auth) packet);
      default -> throw ConnectionFailures.protocol();
    }
  }

  private void connack(Connack connack) throws ConnectionFailure {
    ConnackCheck.check(spec, connack);
    receiver.connected(connack.sessionPresent());
    BrokerLimits ofBroker = BrokerLimits.of(connack);
    limits = ofBroker;
    number = inflight.attach(ofBroker.inflight(spec.maxInflight()), connack.sessionPresent());
    long seconds = spec.keepAliveAfter(connack);
    if (seconds > 0) {
      KeepAlive ofConnection = new KeepAlive(seconds, writer, reader, channel);
      keepAlive = ofConnection;
      ofConnection.start();
    }
    events().connected(connack);
    if (inflight.hasQueued(number)) {
      daemon(this::resend, "midge resend").start(); // Its writes must not keep us from reading.
    }
  }

  private void acknowledged(Ack ack) throws ConnectionFailure, IOException {
    if (requests.isOpen(ack.packetId())) {
      throw ConnectionFailures.protocol();
    }
    InflightMessage message = inflight.answered(number, ack);
    if (message == null) {
      if (ack.type() == PacketType.PUBREC) {
        answerUnknown(ack);
      }
    } else if (ack.type() == PacketType.PUBREC && !message.isAcknowledged()) {
      if (inflight.isSentBy(number, message)) { // Else the flow begins anew, and sends PUBREL.
        sendAck(PacketType.PUBREL, ack.packetId()); // [MQTT-4.3.3-4]
      }
    } else if (message.isAcknowledged() || inflight.isSentBy(number, message)) {
      inflight.complete(message);
    }
  }

  /** A message of a session before this one, perhaps: the broker waits for the end of its flow. */
  private void answerUnknown(Ack pubrec) throws IOException {
    clientEvents.unknown(pubrec);
    if (!ReasonCode.isFailure(pubrec.reasonCode())) {
      inflight.releasing(number, pubrec.packetId());
      sendAck(PacketType.PUBREL, pubrec.packetId());
    }
  }

  private void sendAck(PacketType type, int packetId) throws IOException {
    if (reader.hasMore()) {
      writer.sendSoon(Ack.of(type, packetId));
    } else {
      writer.send(Ack.of(type, packetId), false);
    }
  }

  private void replied(int packetId, Packet reply) throws ConnectionFailure {
    if (inflight.holds(packetId)) {
      throw ConnectionFailures.protocol();
    }
    requests.replied(packetId, reply);
  }

  // What others do.

  /** Sends what earlier connections have left, as places in the inflight window get free. */
  private void resend() {
    try {
      while (inflight.awaitQueued(number)) {
        sendQueued(false); // [MQTT-4.4.0-1]
      }
    } catch (IOException | InterruptedException e) {
      // The thread that reads finds out why.
    }
  }

  @Override
  public CompletableFuture<Delivery> publish(Message message, boolean more)
      throws ConnectionFailure, IOException, InterruptedException {
    if (message.qos() == Qos.AT_MOST_ONCE) {
      int id = session.ids().next();
      tell(writer.send(new Publish(fitting(message), false, id), more));
      return CompletableFuture.completedFuture(new Delivery(id, ReasonCode.SUCCESS, null));
    }
    if (inflight.isFull()) {
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

  @Override
  public void sendQueued(boolean more) throws IOException {
    Effect due = null;
    sending.lock();
    try {
      InflightMessage next = inflight.next(number);
      while (next != null) {
        due = send(next, more);
        next = due == null ? inflight.next(number) : null;
      }
    } finally {
      sending.unlock();
    }
    tell(due);
  }

  private @Nullable Effect send(InflightMessage message, boolean more) throws IOException {
    int id = message.packetId();
    if (message.isReceived()) {
      return writer.send(Ack.of(PacketType.PUBREL, id), more);
    }
    Message fitting;
    try {
      fitting = fitting(message.message());
    } catch (ConnectionFailure refusal) {
      inflight.refuse(message, refusal);
      return null;
    }
    return writer.send(new Publish(fitting, message.isDuplicate(), id), more);
  }

  private void tell(@Nullable Effect due) {
    if (due != null) {
      events().faultDue(due);
    }
  }

  /** Returns the message as this broker takes it. */
  private Message fitting(Message message) throws ConnectionFailure {
    Message fitting = limits().admit(aliases.shortened(message), spec.version());
    aliases.learn(fitting);
    return fitting;
  }

  private BrokerLimits limits() throws ConnectionFailure {
    BrokerLimits ofBroker = limits;
    if (ofBroker == null) {
      throw new ConnectionFailure(Kind.LOST, "not connected yet");
    }
    return ofBroker;
  }

  @Override
  public void flush() throws IOException {
    writer.flush();
  }

  @Override
  public CompletableFuture<Suback> subscribe(
      List<Subscription> subscriptions, Properties properties)
      throws ConnectionFailure, IOException {
    int id = session.ids().take();
    Subscribe request = new Subscribe(id, subscriptions, properties);
    CompletableFuture<Suback> reply = requests.add(request);
    request(id, request);
    return reply;
  }

  @Override
  public CompletableFuture<Unsuback> unsubscribe(List<String> filters, Properties properties)
      throws ConnectionFailure, IOException {
    int id = session.ids().take();
    Unsubscribe request = new Unsubscribe(id, filters, properties);
    CompletableFuture<Unsuback> reply = requests.add(request);
    request(id, request);
    return reply;
  }

  private void request(int id, Packet packet) throws ConnectionFailure, IOException {
    try {
      if (ended) {
        throw new IOException("the connection is over");
      }
      limits().admit(packet, spec.version());
    } catch (ConnectionFailure | IOException refusal) {
      requests.withdraw(id);
      throw refusal;
    }
    writer.send(packet, false);
  }

  @Override
  public void awaitAcknowledged(long millis) throws InterruptedException {
    receiver.awaitAcknowledged(millis);
  }

  @Override
  public void disconnect(int reasonCode, Properties properties) throws InterruptedException {
    ended = true;
    Thread sender =
        daemon(
            () -> {
              try {
                writer.send(new Disconnect(reasonCode, properties), false);
              } catch (IOException e) {
                // The broker was faster.
              }
            },
            "midge disconnect");
    sender.start();
    sender.join(DISCONNECT_MILLIS);
  }

  @Override
  public void shut(@Nullable Disconnect last, Runnable then) {
    ended = true;
    writer.shut(last, then);
  }

  @Override
  public boolean isStuck(long millis) {
    return writer.isStuck(millis);
  }

  @Override
  public void abandon(@Nullable ConnectionFailure why) {
    session.ended(number, why);
    requests.end(why);
  }

  @Override
  public void stop() {
    KeepAlive ofConnection = keepAlive;
    if (ofConnection != null) {
      ofConnection.stop();
    }
  }
}
