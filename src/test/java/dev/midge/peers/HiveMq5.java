package dev.midge.peers;

import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5ReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectRestrictions;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectRestrictionsBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5Disconnect;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connect;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** HiveMQ's client, as it is shipped, for MQTT 5. */
final class HiveMq5 implements Peer {
  private final Mqtt5AsyncClient client;
  private final Connect connect;
  private final Arrivals arrivals = new Arrivals();
  private Mqtt5ConnAck connack;

  HiveMq5(int port, Connect connect) {
    this.connect = connect;
    client =
        MqttClient.builder()
            .identifier(connect.clientId())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .useMqttVersion5()
            .addDisconnectedListener(this::disconnected)
            .buildAsync();
    client.publishes(
        MqttGlobalPublishFilter.ALL, publish -> arrivals.add(HiveMqMessages.from(publish)));
  }

  private void disconnected(MqttClientDisconnectedContext context) {
    if (context.getSource() == MqttDisconnectSource.USER) {
      return;
    }
    arrivals.ended(
        context.getCause() instanceof Mqtt5DisconnectException said
                && context.getSource() == MqttDisconnectSource.SERVER
            ? said.getMqttMessage().getReasonCode().getCode()
            : Arrivals.NO_REASON);
  }

  /** It tells of the end of a connection before it is ready for the next one. */
  static void awaitDisconnected(MqttClient client) {
    await()
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(LIMIT))
        .until(() -> client.getState() == MqttClientState.DISCONNECTED);
  }

  @Override
  public void reconnect(boolean cleanStart) throws Exception {
    awaitDisconnected(client);
    arrivals.connected();
    Properties properties = connect.properties();
    Mqtt5ConnectRestrictionsBuilder restrictions = Mqtt5ConnectRestrictions.builder();
    Mqtt5ConnectBuilder builder =
        Mqtt5Connect.builder()
            .cleanStart(cleanStart)
            .keepAlive(connect.keepAlive())
            .userProperties(HiveMqMessages.user(properties));
    for (Properties.Entry entry : properties.entries()) {
      Object value = entry.value();
      switch (entry.property()) {
        case SESSION_EXPIRY_INTERVAL -> builder = builder.sessionExpiryInterval((Long) value);
        case RECEIVE_MAXIMUM -> restrictions.receiveMaximum(((Long) value).intValue());
        case MAXIMUM_PACKET_SIZE -> restrictions.maximumPacketSize(((Long) value).intValue());
        case TOPIC_ALIAS_MAXIMUM -> restrictions.topicAliasMaximum(((Long) value).intValue());
        case REQUEST_RESPONSE_INFORMATION ->
            restrictions.requestResponseInformation((Long) value == 1);
        case REQUEST_PROBLEM_INFORMATION ->
            restrictions.requestProblemInformation((Long) value == 1);
        case USER_PROPERTY -> {}
        default -> throw new IllegalArgumentException("not with HiveMQ: " + entry);
      }
    }
    if (connect.will() != null) {
      builder = builder.willPublish(HiveMqMessages.to(connect.will()));
    }
    connack =
        client
            .connect(builder.restrictions(restrictions.build()).build())
            .get(LIMIT, TimeUnit.SECONDS);
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
    Properties.Builder properties = Properties.builder();
    connack
        .getAssignedClientIdentifier()
        .ifPresent(id -> properties.add(Property.ASSIGNED_CLIENT_IDENTIFIER, id.toString()));
    connack
        .getServerKeepAlive()
        .ifPresent(seconds -> properties.add(Property.SERVER_KEEP_ALIVE, seconds));
    return properties.build();
  }

  @Override
  public CompletableFuture<Integer> publishing(Message message) {
    CompletableFuture<Mqtt5PublishResult> published = client.publish(HiveMqMessages.to(message));
    if (published.isCompletedExceptionally()) {
      throw new IllegalStateException("not taken");
    }
    return published.handle(
        (result, problem) -> {
          Throwable error = problem != null ? problem : result.getError().orElse(null);
          return error == null ? code(result).getCode() : failure(error).getCode();
        });
  }

  private static Mqtt5ReasonCode code(Mqtt5PublishResult result) {
    if (result instanceof Mqtt5PublishResult.Mqtt5Qos1Result one) {
      return one.getPubAck().getReasonCode();
    }
    if (result instanceof Mqtt5PublishResult.Mqtt5Qos2Result two) {
      return two.getPubRec().getReasonCode();
    }
    return Mqtt5DisconnectReasonCode.NORMAL_DISCONNECTION; // 0
  }

  private static Mqtt5ReasonCode failure(Throwable error) {
    if (error instanceof Mqtt5PubAckException one) {
      return one.getMqttMessage().getReasonCode();
    }
    if (error instanceof Mqtt5PubRecException two) {
      return two.getMqttMessage().getReasonCode();
    }
    throw new IllegalStateException(error);
  }

  @Override
  public List<Integer> subscribe(Properties properties, Subscription... subscriptions)
      throws Exception {
    List<Mqtt5Subscription> wanted = Arrays.stream(subscriptions).map(HiveMq5::toHive).toList();
    return client
        .subscribe(
            Mqtt5Subscribe.builder()
                .addSubscriptions(wanted)
                .userProperties(HiveMqMessages.user(properties))
                .build())
        .get(LIMIT, TimeUnit.SECONDS)
        .getReasonCodes()
        .stream()
        .map(Mqtt5ReasonCode::getCode)
        .toList();
  }

  private static Mqtt5Subscription toHive(Subscription subscription) {
    return Mqtt5Subscription.builder()
        .topicFilter(subscription.filter())
        .qos(MqttQos.fromCode(subscription.qos().level()))
        .noLocal(subscription.noLocal())
        .retainAsPublished(subscription.retainAsPublished())
        .retainHandling(Mqtt5RetainHandling.fromCode(subscription.retainHandling()))
        .build();
  }

  @Override
  public List<Integer> unsubscribe(String... filters) throws Exception {
    return client
        .unsubscribe(
            Mqtt5Unsubscribe.builder()
                .addTopicFilters(Arrays.stream(filters).map(MqttTopicFilter::of))
                .build())
        .get(LIMIT, TimeUnit.SECONDS)
        .getReasonCodes()
        .stream()
        .map(Mqtt5ReasonCode::getCode)
        .toList();
  }

  @Override
  public void disconnect(int reasonCode, Properties properties) throws Exception {
    Mqtt5DisconnectBuilder builder =
        Mqtt5Disconnect.builder()
            .reasonCode(Mqtt5DisconnectReasonCode.fromCode(reasonCode))
            .userProperties(HiveMqMessages.user(properties));
    if (properties.has(Property.SESSION_EXPIRY_INTERVAL)) {
      builder =
          builder.sessionExpiryInterval(properties.number(Property.SESSION_EXPIRY_INTERVAL, 0));
    }
    client.disconnect(builder.build()).get(LIMIT, TimeUnit.SECONDS);
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
