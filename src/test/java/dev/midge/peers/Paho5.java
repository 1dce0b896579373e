package dev.midge.peers;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connect;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.internal.TCPNetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Eclipse Paho's mqttv5 client, with its own transport; but for its log and the reading of
 * addresses it is as shipped.
 */
final class Paho5 implements Peer {
  // It tells the log of every PUBCOMP. Held here: the log manager forgets loggers nobody holds.
  private static final Logger CHATTER = Logger.getLogger("org.eclipse.paho.mqttv5");

  static {
    CHATTER.setLevel(Level.WARNING);
  }

  private static final long QUIESCE_MILLIS = 30_000; // as long as its acknowledgements take

  private final MqttAsyncClient client;
  private final MqttConnectionOptions options = new MqttConnectionOptions();
  private final Arrivals arrivals = new Arrivals();
  private IMqttToken connected;

  Paho5(int port, Connect connect) throws MqttException {
    client =
        new MqttAsyncClient("tcp://-", connect.clientId(), new MemoryPersistence()) {
          @Override
          protected NetworkModule[] createNetworkModules(String uri, MqttConnectionOptions with) {
            TCPNetworkModule module =
                new TCPNetworkModule(
                    SocketFactory.getDefault(), "127.0.0.1", port, connect.clientId());
            module.setConnectTimeout(with.getConnectionTimeout());
            return new NetworkModule[] {module};
          }
        };
    client.setCallback(new Callback());
    options.setKeepAliveInterval(connect.keepAlive());
    options.setUserName(connect.username());
    options.setPassword(connect.password());
    options.setUseSubscriptionIdentifiers(false);
    Properties properties = connect.properties();
    options.setUserProperties(PahoProperties.user(properties));
    for (Properties.Entry entry : properties.entries()) {
      Object value = entry.value();
      switch (entry.property()) {
        case SESSION_EXPIRY_INTERVAL -> options.setSessionExpiryInterval((Long) value);
        case RECEIVE_MAXIMUM -> options.setReceiveMaximum(((Long) value).intValue());
        case MAXIMUM_PACKET_SIZE -> options.setMaximumPacketSize((Long) value);
        case TOPIC_ALIAS_MAXIMUM -> options.setTopicAliasMaximum(((Long) value).intValue());
        case REQUEST_RESPONSE_INFORMATION -> options.setRequestResponseInfo((Long) value == 1);
        case REQUEST_PROBLEM_INFORMATION -> options.setRequestProblemInfo((Long) value == 1);
        case USER_PROPERTY -> {}
        default -> throw new IllegalArgumentException("not with Paho: " + entry);
      }
    }
    if (connect.will() != null) {
      Message will = connect.will().message();
      options.setWill(will.topic(), toPaho(will.withProperties(Properties.NONE)));
      options.setWillMessageProperties(PahoProperties.to(will.properties()));
    }
  }

  @Override
  public void reconnect(boolean cleanStart) throws Exception {
    options.setCleanStart(cleanStart);
    arrivals.connected();
    try {
      connected = client.connect(options);
      connected.waitForCompletion(TimeUnit.SECONDS.toMillis(LIMIT));
    } catch (MqttException e) {
      client.disconnectForcibly(0, 0, false);
      throw e;
    }
  }

  @Override
  public boolean isConnected() {
    return client.isConnected();
  }

  @Override
  public boolean sessionPresent() {
    return connected.getSessionPresent();
  }

  @Override
  public Properties connack() {
    return PahoProperties.from(connected.getResponseProperties());
  }

  private static MqttMessage toPaho(Message message) {
    return new MqttMessage(
        message.payload(),
        message.qos().level(),
        message.retain(),
        PahoProperties.to(message.properties()));
  }

  @Override
  public CompletableFuture<Integer> publishing(Message message) throws Exception {
    CompletableFuture<Integer> done = new CompletableFuture<>();
    while (true) {
      try {
        client.publish(message.topic(), toPaho(message), null, completing(done));
        return done;
      } catch (MqttException e) {
        if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT) {
          throw e;
        }
        LockSupport.parkNanos(1_000_000); // as many as the broker takes are under way
      }
    }
  }

  /** A message that was under way when the connection was lost is sent again in the next one. */
  private static boolean isKept(Throwable problem) {
    return problem instanceof MqttException e
        && e.getReasonCode() == MqttClientException.REASON_CODE_CONNECTION_LOST;
  }

  private static MqttActionListener completing(CompletableFuture<Integer> done) {
    return new MqttActionListener() {
      @Override
      public void onSuccess(IMqttToken token) {
        int[] codes = token.getReasonCodes();
        done.complete(codes == null || codes.length == 0 ? 0 : codes[0]);
      }

      @Override
      public void onFailure(IMqttToken token, Throwable problem) {
        int[] codes = token == null ? null : token.getReasonCodes();
        if (codes != null && codes.length == 1 && codes[0] >= 0x80) {
          done.complete(codes[0]);
        } else if (!isKept(problem)) {
          done.completeExceptionally(problem);
        }
      }
    };
  }

  @Override
  public List<Integer> subscribe(Properties properties, Subscription... subscriptions)
      throws Exception {
    MqttSubscription[] wanted =
        Arrays.stream(subscriptions).map(Paho5::toPaho).toArray(MqttSubscription[]::new);
    IMqttToken token = client.subscribe(wanted, null, null, PahoProperties.to(properties));
    token.waitForCompletion(TimeUnit.SECONDS.toMillis(LIMIT));
    return Arrays.stream(token.getReasonCodes()).boxed().toList();
  }

  private static MqttSubscription toPaho(Subscription subscription) {
    MqttSubscription wanted =
        new MqttSubscription(subscription.filter(), subscription.qos().level());
    wanted.setNoLocal(subscription.noLocal());
    wanted.setRetainAsPublished(subscription.retainAsPublished());
    wanted.setRetainHandling(subscription.retainHandling());
    return wanted;
  }

  @Override
  public List<Integer> unsubscribe(String... filters) throws Exception {
    IMqttToken token = client.unsubscribe(filters, null, null, new MqttProperties());
    token.waitForCompletion(TimeUnit.SECONDS.toMillis(LIMIT));
    return Arrays.stream(token.getReasonCodes()).boxed().toList();
  }

  @Override
  public void disconnect(int reasonCode, Properties properties) throws Exception {
    client
        .disconnect(QUIESCE_MILLIS, null, null, reasonCode, PahoProperties.to(properties))
        .waitForCompletion(TimeUnit.SECONDS.toMillis(LIMIT));
  }

  @Override
  public Arrivals arrivals() {
    return arrivals;
  }

  @Override
  public void close() {
    try {
      client.disconnectForcibly(0, 0, false);
      client.close();
    } catch (MqttException e) {
      // Whatever state it is in, the line behind it is closed as well.
    }
  }

  private final class Callback implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage paho) {
      arrivals.add(
          new Message(
              topic,
              paho.getPayload(),
              Qos.of(paho.getQos()),
              paho.isRetained(),
              PahoProperties.from(paho.getProperties()).without(Property.TOPIC_ALIAS)));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      int code = response.getReturnCode(); // of the broker, or the library's own
      arrivals.ended(code >= 0x80 && code <= 0xFF ? code : Arrivals.NO_REASON);
    }

    @Override
    public void mqttErrorOccurred(MqttException problem) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean again, String uri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
