package dev.midge.client.paho;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.Delivery;
import dev.midge.client.Engine;
import dev.midge.client.MessageListener;
import dev.midge.client.io.PacketWriter;
import dev.midge.client.paho.cure.Original;
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
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import dev.midge.net.ClientChannel;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/**
 * Wraps Eclipse Paho's MQTT 5 client: Paho connects, publishes, subscribes, delivers and
 * acknowledges, by its public interface. Between Paho and the channel its packets are cured, see
 * {@link dev.midge.client.paho.cure}, and take the user's version.
 */
public final class PahoEngine implements Engine {

  /** The time in which the thread that reads may know better why a connection ends. */
  static final long PATIENCE_MILLIS = 1000;

  private static final long DISCONNECT_MILLIS = 1000;

  private final ConnectSpec spec;
  private final ClientSession session;
  private final InflightWindow inflight;
  private final PendingRequests requests;
  private final PacketWriter writer;
  private final PahoParts parts;
  private final TopicAliases aliases = new TopicAliases();
  private final ReentrantLock sending = new ReentrantLock();
  private final Set<CompletableFuture<Delivery>> unwritten = ConcurrentHashMap.newKeySet();

  /**
   * @param session the one that the connection begins or takes up
   */
  public PahoEngine(
      ClientSession session,
      ConnectSpec spec,
      ClientChannel channel,
      MessageListener listener,
      ClientEvents events) {
    this.spec = spec;
    this.session = session;
    this.inflight = session.inflight();
    this.requests = new PendingRequests(session.ids());
    this.writer = new PacketWriter(spec, events);
    this.parts = PahoParts.of(spec, session, requests, channel, writer, listener, events);
  }

  @Override
  public void start(Events hearer) {
    parts.events().hear(hearer);
    try {
      parts.client().connect(PahoValues.options(spec), null, new Connected());
    } catch (MqttException e) {
      parts.state().fail(ConnectionFailures.lost(null));
    }
  }

  private final class Connected implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      parts.state().ready();
      parts.events().connected(parts.state().connack());
      parts.order().answerTold();
      if (inflight.hasQueued(number())) {
        parts.threads().execute(PahoEngine.this::resend);
      }
    }

    /** The thread that reads may know why, and has a moment to tell. */
    @Override
    public void onFailure(IMqttToken token, Throwable why) {
      parts
          .threads()
          .later(() -> parts.state().fail(ConnectionFailures.lost(null)), PATIENCE_MILLIS);
    }
  }

  private int number() {
    return parts.state().number();
  }

  /** Sends what earlier connections have left, as places in the inflight window get free. */
  private void resend() {
    try {
      while (inflight.awaitQueued(number())) {
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
      return publishAtMostOnce(message, more);
    }
    if (inflight.isFull()) {
      flush();
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
      throws ConnectionFailure, IOException {
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

  @Override
  public void sendQueued(boolean more) throws IOException {
    if (!parts.state().isReady()) {
      return;
    }
    sending.lock();
    try {
      InflightMessage next = inflight.next(number());
      while (next != null) {
        send(next, more);
        next = inflight.next(number());
      }
    } finally {
      sending.unlock();
    }
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

  @Override
  public void flush() throws IOException {
    parts.handover().awaitWritten();
    writer.flush();
  }

  @Override
  public CompletableFuture<Suback> subscribe(
      List<Subscription> subscriptions, Properties properties)
      throws ConnectionFailure, IOException {
    int id = session.ids().take();
    Subscribe request = new Subscribe(id, subscriptions, properties);
    CompletableFuture<Suback> reply = requests.add(request);
    request(
        id,
        request,
        properties,
        (ofPaho, told) ->
            parts.client().subscribe(PahoValues.subscriptions(subscriptions), null, told, ofPaho));
    return reply;
  }

  @Override
  public CompletableFuture<Unsuback> unsubscribe(List<String> filters, Properties properties)
      throws ConnectionFailure, IOException {
    int id = session.ids().take();
    Unsubscribe request = new Unsubscribe(id, filters, properties);
    CompletableFuture<Unsuback> reply = requests.add(request);
    request(
        id,
        request,
        properties,
        (ofPaho, told) ->
            parts.client().unsubscribe(filters.toArray(String[]::new), null, told, ofPaho));
    return reply;
  }

  private interface Request {
    void give(MqttProperties properties, MqttActionListener told) throws MqttException;
  }

  private void request(int id, Packet packet, Properties properties, Request request)
      throws ConnectionFailure, IOException {
    try {
      parts.state().limits().admit(packet, spec.version());
      parts
          .handover()
          .request(
              new Original(id, properties, false, false),
              () -> request.give(PahoValues.properties(properties), new Told(() -> replied(id))));
    } catch (ConnectionFailure | IOException refusal) {
      requests.withdraw(id);
      throw refusal;
    }
  }

  private void replied(int id) {
    try {
      requests.replied(id, parts.state().reply(id));
    } catch (ConnectionFailure failure) {
      parts.state().fail(failure);
    } finally {
      parts.order().answerTold();
    }
  }

  @Override
  public void awaitAcknowledged(long millis) throws InterruptedException {
    parts.receiver().awaitAcknowledged(millis);
    parts.output().awaitAcknowledged(millis);
  }

  @Override
  public void disconnect(int reasonCode, Properties properties) throws InterruptedException {
    parts.state().end();
    parts.threads().execute(() -> sendDisconnect(reasonCode, properties));
    parts.handover().awaitDisconnected(DISCONNECT_MILLIS);
  }

  /**
   * Cures that Paho sleeps 100 ms behind DISCONNECT, which is on a thread that nobody waits for,
   * and that it sends none before CONNACK.
   */
  private void sendDisconnect(int reasonCode, Properties properties) {
    try {
      if (parts.state().isConnected()) {
        parts
            .handover()
            .disconnect(
                properties,
                () ->
                    parts
                        .client()
                        .disconnect(0, null, null, reasonCode, PahoValues.properties(properties)));
      } else {
        writer.send(new Disconnect(reasonCode, properties), false);
      }
    } catch (IOException e) {
      // The broker was faster.
    } finally {
      parts.handover().disconnectGiven();
    }
  }

  @Override
  public void shut(@Nullable Disconnect last, Runnable then) {
    parts.state().end();
    writer.shut(last, then);
    parts.order().end();
    parts.handover().end();
  }

  @Override
  public boolean isStuck(long millis) {
    return writer.isStuck(millis);
  }

  @Override
  public void abandon(@Nullable ConnectionFailure why) {
    session.ended(number(), why);
    requests.end(why);
    for (CompletableFuture<Delivery> written : unwritten) {
      if (why == null) {
        written.cancel(false);
      } else {
        written.completeExceptionally(why);
      }
    }
  }

  @Override
  public void stop() {
    parts.state().stopKeepAlive();
    parts.threads().execute(this::stopPaho);
  }

  /** Cures that Paho's threads do not survive an end while they are started. */
  private void stopPaho() {
    try {
      parts.output().awaitBegun();
      parts.client().disconnectForcibly(0, 1, false);
    } catch (MqttException | InterruptedException e) {
      // Then it has ended already.
    } finally {
      parts.threads().shutdownNow();
    }
  }
}
