package dev.midge.peers;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connect;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Eclipse Paho's mqttv3 client, as it is shipped, for MQTT 3.1 and 3.1.1. */
final class Paho3 implements Peer {
  private final int port;
  private final String clientId;
  private final MemoryPersistence kept =
      new MemoryPersistence() {
        @Override
        public void close() {} // the next client reads what this one kept
      };
  private MqttAsyncClient client;
  private boolean saidDisconnect;
  private final MqttConnectOptions options = new MqttConnectOptions();
  private final Arrivals arrivals = new Arrivals();
  private IMqttToken connected;

  Paho3(int port, Connect connect) throws MqttException {
    this.port = port;
    this.clientId = connect.clientId();
    client = create();
    options.setMqttVersion(
        connect.version() == ProtocolVersion.V3_1
            ? MqttConnectOptions.MQTT_VERSION_3_1
            : MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setKeepAliveInterval(connect.keepAlive());
    if (connect.will() != null) {
      Message will = connect.will().message();
      options.setWill(will.topic(), will.payload(), will.qos().level(), will.retain());
    }
  }

  private MqttAsyncClient create() throws MqttException {
    MqttAsyncClient created = new MqttAsyncClient("tcp://127.0.0.1:" + port, clientId, kept);
    created.setCallback(new Callback());
    return created;
  }

  @Override
  public void reconnect(boolean cleanStart) throws Exception {
    if (saidDisconnect) {
      // The library says that it is disconnected before the threads of the connection have ended.
      // At times one of them stops the sender of the next connection, whose CONNECT is never sent.
      client.close();
      client = create();
      saidDisconnect = false;
    }
    options.setCleanSession(cleanStart);
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
    return Properties.NONE;
  }

  @Override
  public CompletableFuture<Integer> publishing(Message message) throws Exception {
    CompletableFuture<Integer> done = new CompletableFuture<>();
    IMqttActionListener completing =
        new IMqttActionListener() {
          @Override
          public void onSuccess(IMqttToken token) {
            done.complete(0);
          }

          @Override
          public void onFailure(IMqttToken token, Throwable problem) {
            // What was under way when the connection was lost is sent again in the next one.
            if (!(problem instanceof MqttException e)
                || e.getReasonCode() != MqttException.REASON_CODE_CONNECTION_LOST) {
              done.completeExceptionally(problem);
            }
          }
        };
    while (true) {
      try {
        client.publish(
            message.topic(),
            message.payload(),
            message.qos().level(),
            message.retain(),
            null,
            completing);
        return done;
      } catch (MqttException e) {
        if (e.getReasonCode() != MqttException.REASON_CODE_MAX_INFLIGHT) {
          throw e;
        }
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  @Override
  public List<Integer> subscribe(Properties properties, Subscription... subscriptions)
      throws Exception {
    String[] filters =
        Arrays.stream(subscriptions).map(Subscription::filter).toArray(String[]::new);
    int[] levels = Arrays.stream(subscriptions).mapToInt(each -> each.qos().level()).toArray();
    IMqttToken token = client.subscribe(filters, levels);
    token.waitForCompletion(TimeUnit.SECONDS.toMillis(LIMIT));
    return Arrays.stream(token.getGrantedQos()).boxed().toList();
  }

  @Override
  public List<Integer> unsubscribe(String... filters) throws Exception {
    client.unsubscribe(filters).waitForCompletion(TimeUnit.SECONDS.toMillis(LIMIT));
    return List.of();
  }

  @Override
  public void disconnect(int reasonCode, Properties properties) throws Exception {
    client.disconnect().waitForCompletion(TimeUnit.SECONDS.toMillis(LIMIT));
    saidDisconnect = true;
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
      arrivals.add(Message.of(topic, paho.getPayload(), Qos.of(paho.getQos()), paho.isRetained()));
    }

    @Override
    public void connectionLost(Throwable problem) {
      arrivals.ended(Arrivals.NO_REASON);
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }
}
