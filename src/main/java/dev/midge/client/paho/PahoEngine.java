package dev.midge.client.paho;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.Delivery;
import dev.midge.client.Engine;
import dev.midge.client.FaultWatch;
import dev.midge.client.MessageListener;
import dev.midge.client.io.DisconnectWait;
import dev.midge.client.io.PacketWriter;
import dev.midge.client.paho.cure.Original;
import dev.midge.client.state.ClientSession;
import dev.midge.client.state.PendingRequests;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import dev.midge.net.ClientChannel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

  private final ConnectSpec spec;
  private final ClientSession session;
  private final PendingRequests requests;
  private final PacketWriter writer;
  private final PahoParts parts;
  private final Publisher publisher;

  /**
   * @param session the one that the connection begins or takes up
   * @param watch is asked before each packet; null where there are no faults
   */
  public PahoEngine(
      ClientSession session,
      ConnectSpec spec,
      ClientChannel channel,
      @Nullable FaultWatch watch,
      MessageListener listener,
      ClientEvents events) {
    this.spec = spec;
    this.session = session;
    this.requests = new PendingRequests(session.ids());
    this.writer = new PacketWriter(spec, events, watch);
    this.parts = PahoParts.of(spec, session, requests, channel, writer, watch, listener, events);
    this.publisher = new Publisher(spec, session, parts, writer);
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
      if (session.inflight().hasQueued(parts.state().number())) {
        parts.threads().execute(publisher::resend);
      }
    }

    @Override
    public void onFailure(IMqttToken token, Throwable why) {
      parts.state().failUnlessExplained(parts.threads(), why);
    }
  }

  @Override
  public CompletableFuture<Delivery> publish(Message message, boolean more)
      throws ConnectionFailure, IOException, InterruptedException {
    return publisher.publish(message, more);
  }

  @Override
  public void sendQueued(boolean more) throws IOException {
    publisher.sendQueued(more);
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
    DisconnectWait.await(writer, parts.handover()::awaitDisconnected);
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
  public boolean isBusy() {
    return parts.state().isBusy() || !parts.order().isDelivered();
  }

  @Override
  public boolean isStuck(long millis) {
    return writer.isStuck(millis);
  }

  @Override
  public void abandon(@Nullable ConnectionFailure why) {
    session.ended(parts.state().number(), why);
    requests.end(why);
    publisher.abandon(why);
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
