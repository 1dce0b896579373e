package dev.midge.peers;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAck;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import com.hivemq.client.mqtt.mqtt3.message.unsubscribe.Mqtt3Unsubscribe;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connect;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** HiveMQ's client, as it is shipped, for MQTT 3.1.1. */
final class HiveMq3 implements Peer {
  private final Mqtt3AsyncClient client;
  private final Connect connect;
  private final Arrivals arrivals = new Arrivals();
  private Mqtt3ConnAck connack;

  HiveMq3(int port, Connect connect) {
    this.connect = connect;
    client =
        MqttClient.builder()
            .identifier(connect.clientId())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .useMqttVersion3()
            .addDisconnectedListener(this::disconnected)
            .buildAsync();
    client.publishes(
        MqttGlobalPublishFilter.ALL, publish -> arrivals.add(HiveMqMessages.from(publish)));
  }

  private void disconnected(MqttClientDisconnectedContext context) {
    if (context.getSource() != MqttDisconnectSource.USER) {
      arrivals.ended(Arrivals.NO_REASON);
    }
  }

  @Override
  public void reconnect(boolean cleanStart) throws Exception {
    HiveMq5.awaitDisconnected(client);
    arrivals.connected();
    Mqtt3ConnectBuilder builder =
        Mqtt3Connect.builder()
            .cleanSession(cleanStart)
            .keepAlive(connect.keepAlive())
            // mosquitto sends away who has more than 20 under way, and MQTT 3 cannot say so before.
            .restrictions()
            .sendMaximum(20)
            .applyRestrictions();
    if (connect.will() != null) {
      builder = builder.willPublish(toHive(connect.will().message()));
    }
    connack = client.connect(builder.build()).get(LIMIT, TimeUnit.SECONDS);
  }

  private static Mqtt3Publish toHive(Message message) {
    return Mqtt3Publish.builder()
        .topic(message.topic())
        .payload(message.payload())
        .qos(MqttQos.fromCode(message.qos().level()))
        .retain(message.retain())
        .build();
  }

  @Override
  public boolean isConnected() {
    return client.getState().isConnected();
  }

  @Override
  public boolean sessionPresent() {
    return connack.isSessionPresent();
  }

  @Override
  public Properties connack() {
    return Properties.NONE;
  }

  @Override
  public CompletableFuture<Integer> publishing(Message message) {
    CompletableFuture<Mqtt3Publish> published = client.publish(toHive(message));
    if (published.isCompletedExceptionally()) {
      throw new IllegalStateException("not taken");
    }
    return published.thenApply(result -> 0);
  }

  @Override
  public List<Integer> subscribe(Properties properties, Subscription... subscriptions)
      throws Exception {
    List<Mqtt3Subscription> wanted =
        Arrays.stream(subscriptions)
            .map(
                each ->
                    Mqtt3Subscription.builder()
                        .topicFilter(each.filter())
                        .qos(MqttQos.fromCode(each.qos().level()))
                        .build())
            .toList();
    return client
        .subscribe(Mqtt3Subscribe.builder().addSubscriptions(wanted.stream()).build())
        .get(LIMIT, TimeUnit.SECONDS)
        .getReturnCodes()
        .stream()
        .map(code -> code.getCode())
        .toList();
  }

  @Override
  public List<Integer> unsubscribe(String... filters) throws Exception {
    client
        .unsubscribe(
            Mqtt3Unsubscribe.builder()
                .addTopicFilters(Arrays.stream(filters).map(MqttTopicFilter::of))
                .build())
        .get(LIMIT, TimeUnit.SECONDS);
    return List.of();
  }

  @Override
  public void disconnect(int reasonCode, Properties properties) throws Exception {
    client.disconnect().get(LIMIT, TimeUnit.SECONDS);
  }

  @Override
  public Arrivals arrivals() {
    return arrivals;
  }

  @Override
  public void close() {
    if (client.getState().isConnectedOrReconnect()) {
      client.disconnect();
    }
  }
}
