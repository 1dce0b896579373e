package dev.midge.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.client.job.Engines;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Heard;
import dev.midge.testing.Playing;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@EachEngine
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class ConnectionTest {

  @Parameter EngineKind engine;

  private final Heard heard = new Heard();
  private final List<Connection> connections = new ArrayList<>();
  private ScriptedBroker broker;

  @BeforeEach
  void listen() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void close() throws Exception {
    // First the broker: otherwise each connection would wait for it to hang up.
    broker.close();
    connections.forEach(Connection::close);
  }

  private Specs specs() {
    return Specs.to(broker.port()).engine(engine);
  }

  private Specs v5() {
    return specs().version(ProtocolVersion.V5);
  }

  private Playing<Connection> opening(ConnectSpec spec) {
    return Playing.of(() -> Engines.open(spec, heard, heard));
  }

  private Connection open(ConnectSpec spec, Properties ofConnack) throws Exception {
    Playing<Connection> opening = opening(spec);
    broker.welcome(ofConnack);
    Connection connection = opening.result();
    connections.add(connection);
    return connection;
  }

  private Connection open(ConnectSpec spec) throws Exception {
    return open(spec, Properties.NONE);
  }

  private static Message message(String topic, Qos qos) {
    return Message.of(topic, "x".getBytes(UTF_8), qos, false);
  }

  private static Integer codeOf(CompletableFuture<Delivery> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS).reasonCode();
  }

  @ParameterizedTest
  @CsvSource({
    "V3_1, 10 0f 00064d514973647003 02 003c 0001 69",
    "V3_1_1, 10 0d 00044d515454 04 02 003c 0001 69",
    "V5, 10 11 00044d515454 05 02 003c 03 21 0014 0001 69"
  })
  void connectIsWhatMosquittoSends(ProtocolVersion version, String hex) throws Exception {
    opening(specs().version(version).clientId("i").spec());
    String bytes = hex.replace(" ", "");

    assertThat(broker.accept().readHex(bytes.length() / 2)).isEqualTo(bytes);
  }

  @Test
  void aBareConnectOfMqtt5IsWhatMosquittoSends() throws Exception {
    opening(v5().spec());

    assertThat(broker.accept().readHex(18)).isEqualTo("101000044d5154540502003c032100140000");
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void connectCarriesEverythingThatWasAskedFor(ProtocolVersion version) throws Exception {
    Properties inOrder =
        version.isV5()
            ? Properties.builder()
                .userProperty("z", "1")
                .add(Property.RECEIVE_MAXIMUM, 7)
                .userProperty("a", "2")
                .add(Property.SESSION_EXPIRY_INTERVAL, 4294967295L)
                .build()
            : Properties.NONE;
    Properties ofWill =
        version.isV5()
            ? Properties.builder()
                .add(Property.PAYLOAD_FORMAT_INDICATOR, 0)
                .add(Property.WILL_DELAY_INTERVAL, 5)
                .userProperty("k", "v")
                .build()
            : Properties.NONE;
    Will will =
        new Will(new Message("w", "gone 😀".getBytes(UTF_8), Qos.EXACTLY_ONCE, true, ofWill));
    ConnectSpec spec =
        specs()
            .version(version)
            .clientId("id 😀")
            .cleanStart(false)
            .keepAlive(7)
            .credentials("user", "secret")
            .will(will)
            .properties(inOrder)
            .spec();
    opening(spec);

    assertThat(broker.accept().read(PacketType.CONNECT))
        .usingRecursiveComparison()
        .isEqualTo(spec.packet());
  }

  @ParameterizedTest
  @CsvSource({
    "V3_1_1, 20020005, 5",
    "V3_1_1, 200200ff, 255",
    "V3_1, 20020001, 1",
    "V5, 2003008700, 135"
  })
  void aRefusalKeepsTheCodeOfItsVersion(ProtocolVersion version, String connack, int code)
      throws Exception {
    Playing<Connection> connection = opening(specs().version(version).spec());
    broker.accept().read(PacketType.CONNECT);
    broker.sendHex(connack);

    ConnectionFailure failure = connection.failure();
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.version()).isEqualTo(version);
    assertThat(heard.losses).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"20020001, 132", "20020005, 135", "20020084, 132"})
  void aBrokerOfMqtt3MayRefuseMqtt5InItsOwnShape(String connack, int code) throws Exception {
    Playing<Connection> connection = opening(v5().spec());
    broker.accept().read(PacketType.CONNECT);
    broker.sendHex(connack);

    ConnectionFailure failure = connection.failure();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.version()).isEqualTo(ProtocolVersion.V5);
  }

  @Test
  void aRefusalKeepsItsReasonString() throws Exception {
    Playing<Connection> connection = opening(v5().spec());
    broker.accept().read(PacketType.CONNECT);
    broker.send(
        new Connack(
            false,
            0x97,
            Properties.builder().add(Property.REASON_STRING, "come back later").build()));

    assertThat(connection.failure().reasonString()).isEqualTo("come back later");
  }

  @Test
  void nobodyAtThePortIsUnreachableInTheSystemsWords() throws Exception {
    int port = broker.port();
    broker.close();

    ConnectionFailure failure = opening(Specs.to(port).engine(engine).spec()).failure();

    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure).hasMessage("Connection refused");
  }

  @Test
  void aBrokerThatHangsUpInsteadOfConnackIsALoss() throws Exception {
    Playing<Connection> connection = opening(specs().spec());
    broker.accept().hangUp();

    assertThat(connection.failure().kind()).isEqualTo(Kind.LOST);
  }

  @Test
  void waitingForConnackCanBeInterrupted() throws Exception {
    Playing<Connection> connection = opening(specs().spec());
    broker.accept().read(PacketType.CONNECT);
    connection.interrupt();

    assertThatThrownBy(connection::result).isInstanceOf(InterruptedException.class);
    assertThat(broker.read()).isNull();
  }

  @Test
  void theAssignedClientIdIsInUse() throws Exception {
    Connection connection =
        open(
            v5().spec(),
            Properties.builder().add(Property.ASSIGNED_CLIENT_IDENTIFIER, "auto-1").build());

    assertThat(connection.clientId()).isEqualTo("auto-1");
    assertThat(heard.clientIds).containsExactly("auto-1");
  }

  @Test
  void sessionPresentAfterACleanStartIsAProtocolError() throws Exception {
    Playing<Connection> connection = opening(v5().spec());
    broker.accept().read(PacketType.CONNECT);
    broker.sendHex("20 03 01 00 00");

    assertThat(connection.failure().kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void packetIdsCountSubscribeUnsubscribeAndPublishAlike() throws Exception {
    Connection connection = open(v5().spec());
    CompletableFuture<Suback> suback =
        connection.subscribe(List.of(Subscription.of("a", Qos.AT_MOST_ONCE)), Properties.NONE);
    Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(1, List.of(0), Properties.NONE));
    suback.get(30, TimeUnit.SECONDS);
    connection.publish(message("q0", Qos.AT_MOST_ONCE));
    connection.publish(message("q1", Qos.AT_LEAST_ONCE));

    assertThat(subscribe.packetId()).isEqualTo(1);
    assertThat(((Publish) broker.read()).message().topic()).isEqualTo("q0");
    assertThat(((Publish) broker.read()).packetId()).isEqualTo(3);
    assertThat(heard.sent)
        .filteredOn(Publish.class::isInstance)
        .extracting(packet -> ((Publish) packet).packetId())
        .containsExactly(2, 3);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aMessageOfQos2IsDeliveredInFourSteps(ProtocolVersion version) throws Exception {
    Connection connection = open(specs().version(version).spec());
    CompletableFuture<Delivery> code = connection.publish(message("t", Qos.EXACTLY_ONCE));
    broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBREC, 1));
    broker.read(PacketType.PUBREL);
    assertThat(code).isNotDone();
    broker.send(Ack.of(PacketType.PUBCOMP, 1));

    assertThat(codeOf(code)).isZero();
  }

  @Test
  void propertiesOfAMessageTravelInTheGivenOrder() throws Exception {
    Properties inOrder =
        Properties.builder()
            .userProperty("b", "1")
            .add(Property.CONTENT_TYPE, "text")
            .userProperty("a", "2")
            .add(Property.PAYLOAD_FORMAT_INDICATOR, 0)
            .add(Property.TOPIC_ALIAS, 3)
            .build();
    Connection connection = open(v5().spec());
    connection.publish(message("t", Qos.AT_LEAST_ONCE).withProperties(inOrder));

    assertThat(((Publish) broker.read()).message().properties()).isEqualTo(inOrder);
  }

  @Test
  void aReceiveMaximumOf65535IsNoTrouble() throws Exception {
    Connection connection = open(v5().spec(), Properties.of(Property.RECEIVE_MAXIMUM, 65535));
    CompletableFuture<Delivery> code = connection.publish(message("t", Qos.AT_LEAST_ONCE));
    broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBACK, 1));

    assertThat(codeOf(code)).isZero();
  }

  @Test
  void noMoreMessagesAreInFlightThanTheBrokerReceives() throws Exception {
    Connection connection = open(v5().spec(), Properties.of(Property.RECEIVE_MAXIMUM, 2));
    Playing<Integer> third =
        Playing.of(
            () -> {
              connection.publish(message("1", Qos.AT_LEAST_ONCE));
              connection.publish(message("2", Qos.AT_LEAST_ONCE));
              return codeOf(connection.publish(message("3", Qos.AT_LEAST_ONCE)));
            });
    broker.read(PacketType.PUBLISH);
    broker.read(PacketType.PUBLISH);
    assertThat(broker.watch(200)).isEqualTo(ScriptedBroker.Sight.NOTHING);
    broker.send(Ack.of(PacketType.PUBACK, 1));
    assertThat(((Publish) broker.read()).packetId()).isEqualTo(3);
    broker.send(Ack.of(PacketType.PUBACK, 3));

    assertThat(third.result()).isZero();
  }

  @Test
  void theBrokersReceiveMaximumReplacesTheUsersWish() throws Exception {
    Connection connection =
        open(v5().maxInflight(1).spec(), Properties.of(Property.RECEIVE_MAXIMUM, 2));
    connection.publish(message("1", Qos.AT_LEAST_ONCE));
    connection.publish(message("2", Qos.AT_LEAST_ONCE));

    assertThat(((Publish) broker.read()).packetId()).isEqualTo(1);
    assertThat(((Publish) broker.read()).packetId()).isEqualTo(2);
  }

  @Test
  void theUsersWishCountsWhereTheBrokerSaysNothing() throws Exception {
    Connection connection = open(v5().maxInflight(1).spec());
    connection.publish(message("1", Qos.AT_LEAST_ONCE));
    Playing<?> second = Playing.of(() -> connection.publish(message("2", Qos.AT_LEAST_ONCE)));
    broker.read(PacketType.PUBLISH);
    assertThat(broker.watch(200)).isEqualTo(ScriptedBroker.Sight.NOTHING);
    broker.send(Ack.of(PacketType.PUBACK, 1));

    assertThat(((Publish) broker.read()).packetId()).isEqualTo(2);
    second.result();
  }

  @Test
  void aSubscribeThatIsTooLargeForTheBrokerIsNotSentAndItsIdIsFree() throws Exception {
    Connection connection = open(v5().spec(), Properties.of(Property.MAXIMUM_PACKET_SIZE, 20));
    assertThatThrownBy(
            () ->
                connection.subscribe(
                    List.of(Subscription.of("0123456789".repeat(2), Qos.AT_MOST_ONCE)),
                    Properties.NONE))
        .isInstanceOfSatisfying(
            ConnectionFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(Kind.OVERSIZE));
    connection.subscribe(List.of(Subscription.of("a", Qos.AT_MOST_ONCE)), Properties.NONE);

    assertThat(((Subscribe) broker.read()).subscriptions().get(0).filter()).isEqualTo("a");
  }

  @Test
  void theBrokersTopicAliasesAreNotUsedUnasked() throws Exception {
    Connection connection = open(v5().spec(), Properties.of(Property.TOPIC_ALIAS_MAXIMUM, 10));
    connection.publish(message("t", Qos.AT_LEAST_ONCE));
    connection.publish(message("t", Qos.AT_LEAST_ONCE));

    assertThat(((Publish) broker.read()).message()).isEqualTo(message("t", Qos.AT_LEAST_ONCE));
    assertThat(((Publish) broker.read()).message()).isEqualTo(message("t", Qos.AT_LEAST_ONCE));
  }

  @Test
  void ourOwnMaximumPacketSizeDoesNotLimitWhatWeSend() throws Exception {
    ConnectSpec spec = v5().properties(Properties.of(Property.MAXIMUM_PACKET_SIZE, 50)).spec();
    Connection connection = open(spec);
    connection.publish(Message.of("t", new byte[1000], Qos.AT_LEAST_ONCE, false));

    assertThat(((Publish) broker.read()).message().payload()).hasSize(1000);
  }

  @Test
  void aPacketThatIsTooLargeForTheBrokerIsNotSent() throws Exception {
    Connection connection = open(v5().spec(), Properties.of(Property.MAXIMUM_PACKET_SIZE, 20));
    assertThatThrownBy(
            () -> connection.publish(Message.of("t", new byte[16], Qos.AT_MOST_ONCE, false)))
        .isInstanceOfSatisfying(
            ConnectionFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(Kind.OVERSIZE));
    connection.publish(Message.of("t", new byte[14], Qos.AT_MOST_ONCE, false));

    assertThat(((Publish) broker.read()).message().payload()).hasSize(14);
  }

  @Test
  void moreQosThanTheBrokerOffersIsRefusedHere() throws Exception {
    Connection connection = open(v5().spec(), Properties.of(Property.MAXIMUM_QOS, 1));
    assertThatThrownBy(() -> connection.publish(message("t", Qos.EXACTLY_ONCE)))
        .isInstanceOfSatisfying(
            ConnectionFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(Kind.QOS_NOT_SUPPORTED));
  }

  @Test
  void theRetainFlagIsDroppedWhereTheBrokerKeepsNothing() throws Exception {
    Connection connection = open(v5().spec(), Properties.of(Property.RETAIN_AVAILABLE, 0));
    connection.publish(Message.of("t", new byte[0], Qos.AT_MOST_ONCE, true));

    assertThat(((Publish) broker.read()).message().retain()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x10, 0x80, 0x87, 0x97})
  void theCodeOfPubackIsToldAndTheConnectionLives(int code) throws Exception {
    Connection connection = open(v5().spec());
    CompletableFuture<Delivery> told = connection.publish(message("t", Qos.AT_LEAST_ONCE));
    broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBACK, 1, code));
    assertThat(codeOf(told)).isEqualTo(code);
    connection.publish(message("u", Qos.AT_MOST_ONCE));

    assertThat(((Publish) broker.read()).message().topic()).isEqualTo("u");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0x87, 0x97})
  void aRefusalByPubrecEndsTheFlowButNotTheConnection(int code) throws Exception {
    Connection connection = open(v5().spec());
    CompletableFuture<Delivery> told = connection.publish(message("t", Qos.EXACTLY_ONCE));
    broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBREC, 1, code));
    assertThat(codeOf(told)).isEqualTo(code);
    connection.publish(message("u", Qos.AT_MOST_ONCE));

    // No PUBREL comes in between.
    assertThat(((Publish) broker.read(PacketType.PUBLISH)).message().topic()).isEqualTo("u");
  }

  @Test
  void pubrecOfAMessageThatIsNotOnItsWayIsAnsweredAndNothingMore() throws Exception {
    Connection connection = open(v5().spec());
    CompletableFuture<Delivery> told = connection.publish(message("t", Qos.EXACTLY_ONCE));
    broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBREC, 9));
    assertThat(((Ack) broker.read(PacketType.PUBREL)).packetId()).isEqualTo(9);
    broker.send(Ack.of(PacketType.PUBCOMP, 9));
    broker.send(Ack.of(PacketType.PUBREC, 1));
    assertThat(((Ack) broker.read(PacketType.PUBREL)).packetId()).isEqualTo(1);
    broker.send(Ack.of(PacketType.PUBCOMP, 1));

    assertThat(codeOf(told)).isZero();
    assertThat(connection.over()).isNotDone();
  }

  @ParameterizedTest
  @CsvSource({"AT_LEAST_ONCE, PUBREC", "AT_LEAST_ONCE, PUBCOMP", "EXACTLY_ONCE, PUBACK"})
  void anAnswerForAnotherQosIsAProtocolError(Qos qos, PacketType answer) throws Exception {
    Connection connection = open(v5().spec());
    CompletableFuture<Delivery> told = connection.publish(message("t", qos));
    broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(answer, 1));

    assertThat(heard.loss().kind()).isEqualTo(Kind.PROTOCOL);
    assertThatThrownBy(() -> codeOf(told)).isInstanceOf(ExecutionException.class);
  }

  @ParameterizedTest
  @CsvSource({"e00187, DISCONNECTED", "f000, AUTHENTICATION", "d000, PROTOCOL"})
  void whatComesInsteadOfConnackTellsWhy(String packet, Kind kind) throws Exception {
    Playing<Connection> connection = opening(v5().spec());
    broker.accept().read(PacketType.CONNECT);
    broker.sendHex(packet);

    assertThat(connection.failure().kind()).isEqualTo(kind);
  }

  @Test
  void everyCodeOfSubackIsTold() throws Exception {
    List<Integer> codes = List.of(2, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2);
    List<Subscription> wishes = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      wishes.add(new Subscription("f/" + i, Qos.AT_MOST_ONCE, true, true, 2));
    }
    Properties ours =
        Properties.builder()
            .userProperty("u", "v")
            .add(Property.SUBSCRIPTION_IDENTIFIER, 268435455)
            .build();
    Connection connection = open(v5().spec());
    Playing<Suback> suback =
        Playing.of(() -> ConnectionFailures.result(connection.subscribe(wishes, ours)));
    Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(1, codes, Properties.NONE));

    assertThat(suback.result().reasonCodes()).isEqualTo(codes);
    assertThat(subscribe).isEqualTo(new Subscribe(1, wishes, ours));
    assertThat(heard.losses).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void unsubscribingIsAnswered(ProtocolVersion version) throws Exception {
    List<Integer> codes = version.isV5() ? List.of(0x11, 0x97) : List.of();
    Connection connection = open(specs().version(version).spec());
    Playing<Unsuback> unsuback =
        Playing.of(
            () ->
                ConnectionFailures.result(
                    connection.unsubscribe(List.of("a", "b"), Properties.NONE)));
    broker.read(PacketType.UNSUBSCRIBE);
    broker.send(new Unsuback(1, codes, Properties.NONE));

    assertThat(unsuback.result().reasonCodes()).isEqualTo(codes);
  }

  @Test
  void aMessageArrivesWithAllThatItCarries() throws Exception {
    Properties all =
        Properties.builder()
            .add(Property.PAYLOAD_FORMAT_INDICATOR, 0)
            .add(Property.SUBSCRIPTION_IDENTIFIER, 1)
            .userProperty("b", "1")
            .add(Property.SUBSCRIPTION_IDENTIFIER, 2)
            .userProperty("a", "2")
            .add(Property.CORRELATION_DATA, new byte[40_000])
            .build();
    Message message = new Message("t/😀", new byte[100_000], Qos.AT_LEAST_ONCE, true, all);
    Connection connection = open(v5().spec());
    broker.send(new Publish(message, true, 77));

    assertThat(heard.message()).isEqualTo(new ReceivedMessage(message, 77, true));
    assertThat(((Ack) broker.read(PacketType.PUBACK)).packetId()).isEqualTo(77);
    assertThat(connection.opened().join().reasonCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aMessageOfQos2ArrivesAtPublishAndOnlyOnce(ProtocolVersion version) throws Exception {
    Publish publish = new Publish(message("t", Qos.EXACTLY_ONCE), false, 5);
    Connection connection = open(specs().version(version).spec());
    broker.send(publish);
    broker.read(PacketType.PUBREC);
    assertThat(heard.message().packetId()).isEqualTo(5);
    broker.send(new Publish(publish.message(), true, 5));
    assertThat(((Ack) broker.read(PacketType.PUBREC)).packetId()).isEqualTo(5);
    broker.send(Ack.of(PacketType.PUBREL, 5));
    broker.read(PacketType.PUBCOMP);
    broker.send(Ack.of(PacketType.PUBREL, 5));
    broker.read(PacketType.PUBCOMP);

    assertThat(heard.messages).isEmpty();
    assertThat(connection.over()).isNotDone();
  }

  @Test
  void aPubrelThatKnowsNoMessageIsAnswered() throws Exception {
    Connection connection = open(v5().spec());
    broker.send(Ack.of(PacketType.PUBREL, 9, 0x92));

    assertThat(((Ack) broker.read(PacketType.PUBCOMP)).packetId()).isEqualTo(9);
    assertThat(connection.over()).isNotDone();
  }

  @Test
  void topicAliasesOfTheBrokerAreResolved() throws Exception {
    ConnectSpec spec = v5().properties(Properties.of(Property.TOPIC_ALIAS_MAXIMUM, 4)).spec();
    Properties alias = Properties.of(Property.TOPIC_ALIAS, 4);
    Connection connection = open(spec);
    broker.send(new Publish(Message.empty("a/b").withProperties(alias), false, 0));
    broker.send(new Publish(Message.empty("").withProperties(alias), false, 0));

    assertThat(heard.message().message().topic()).isEqualTo("a/b");
    assertThat(heard.message().message().topic()).isEqualTo("a/b");
    assertThat(connection.over()).isNotDone();
  }

  @Test
  void aTopicAliasThatWasNotAllowedIsAProtocolError() throws Exception {
    open(v5().spec());
    broker.send(
        new Publish(
            Message.empty("a").withProperties(Properties.of(Property.TOPIC_ALIAS, 1)), false, 0));

    assertThat(heard.loss().kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(((Disconnect) broker.read(PacketType.DISCONNECT)).reasonCode()).isEqualTo(0x94);
  }

  @Test
  void theHeaderOfAPacketMayComeInPieces() throws Exception {
    Connection connection = open(specs().spec());
    broker.sendHex("30");
    assertThat(broker.watch(1200)).isEqualTo(ScriptedBroker.Sight.NOTHING);
    broker.sendHex("04 0001 74 78");

    assertThat(heard.message().message()).isEqualTo(message("t", Qos.AT_MOST_ONCE));
    assertThat(connection.over()).isNotDone();
  }

  @Test
  void theBrokersDisconnectIsTold() throws Exception {
    open(v5().spec());
    broker.send(
        new Disconnect(
            0x8E, Properties.builder().add(Property.REASON_STRING, "somebody else").build()));

    ConnectionFailure loss = heard.loss();
    assertThat(loss.kind()).isEqualTo(Kind.DISCONNECTED);
    assertThat(loss.code()).isEqualTo(0x8E);
    assertThat(loss.reasonString()).isEqualTo("somebody else");
  }

  @Test
  void authFromTheBrokerEndsTheConnection() throws Exception {
    open(v5().spec());
    broker.sendHex("f0 00");

    assertThat(heard.loss().kind()).isEqualTo(Kind.AUTHENTICATION);
  }

  @Test
  void aMalformedPacketIsAnsweredWithItsReason() throws Exception {
    open(v5().spec());
    broker.sendHex("36 05 0001 74 0001"); // QoS 3

    assertThat(heard.loss().kind()).isEqualTo(Kind.MALFORMED);
    assertThat(((Disconnect) broker.read(PacketType.DISCONNECT)).reasonCode()).isEqualTo(0x81);
  }

  @Test
  void aLossEndsWhatIsPending() throws Exception {
    Connection connection = open(specs().spec());
    CompletableFuture<Delivery> code = connection.publish(message("t", Qos.AT_LEAST_ONCE));
    broker.read(PacketType.PUBLISH);
    broker.hangUp();

    assertThatThrownBy(() -> codeOf(code))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(ConnectionFailure.class);
    assertThat(heard.loss().kind()).isEqualTo(Kind.LOST);
    assertThatThrownBy(() -> connection.publish(message("t", Qos.AT_MOST_ONCE)))
        .isInstanceOf(ConnectionFailure.class);
  }

  @Test
  void pingsFollowTheBrokersKeepAlive() throws Exception {
    Connection connection = open(v5().spec(), Properties.of(Property.SERVER_KEEP_ALIVE, 1));
    broker.read(PacketType.PINGREQ);
    broker.send(Ping.RESPONSE);
    broker.read(PacketType.PINGREQ);
    broker.send(Ping.RESPONSE);

    assertThat(connection.over()).isNotDone();
  }

  @Test
  void whoOnlyReceivesPingsAllTheSame() throws Exception {
    Connection connection = open(specs().keepAlive(3).spec());
    Playing<Integer> chatter =
        Playing.of(
            () -> {
              int count = 0;
              while (heard.sent.stream().noneMatch(Ping.REQUEST::equals) && count < 1000) {
                broker.send(new Publish(message("t", Qos.AT_MOST_ONCE), false, 0));
                heard.message();
                count++;
                Thread.sleep(20);
              }
              return count;
            });
    broker.read(PacketType.PINGREQ);
    broker.send(Ping.RESPONSE);

    assertThat(chatter.result()).isGreaterThan(5);
    assertThat(connection.over()).isNotDone();
  }

  @Test
  void whoOnlySendsPingsAllTheSame() throws Exception {
    Connection connection = open(specs().keepAlive(3).spec());
    Playing<Integer> chatter =
        Playing.of(
            () -> {
              int count = 0;
              while (heard.sent.stream().noneMatch(Ping.REQUEST::equals) && count < 1000) {
                connection.publish(message("t", Qos.AT_MOST_ONCE));
                count++;
                Thread.sleep(20);
              }
              return count;
            });
    Packet packet = broker.read();
    while (packet.type() == PacketType.PUBLISH) {
      packet = broker.read();
    }
    assertThat(packet).isEqualTo(Ping.REQUEST);
    broker.send(Ping.RESPONSE);

    assertThat(chatter.result()).isGreaterThan(5);
    assertThat(connection.over()).isNotDone();
  }

  @Test
  void aBrokerThatDoesNotAnswerPingsIsGivenUp() throws Exception {
    open(specs().keepAlive(1).spec());
    broker.read(PacketType.PINGREQ);

    assertThat(heard.loss().kind()).isEqualTo(Kind.KEEPALIVE);
  }

  @ParameterizedTest
  @CsvSource({"V3_1_1, 0, e000", "V3_1_1, 4, e000", "V5, 0, e000", "V5, 4, e00104"})
  void theEndIsDisconnectAndThenFin(ProtocolVersion version, int code, String bytes)
      throws Exception {
    Connection connection = open(specs().version(version).spec());
    Playing<Void> end =
        Playing.of(
            () -> {
              connection.end(code, Properties.NONE);
              return null;
            });

    assertThat(broker.readHex(bytes.length() / 2)).isEqualTo(bytes);
    assertThat(broker.watch(20_000)).isEqualTo(ScriptedBroker.Sight.FIN);
    broker.hangUp();
    end.result();
    assertThat(heard.losses).isEmpty();
  }

  @Test
  void disconnectCarriesItsPropertiesInTheGivenOrder() throws Exception {
    Properties inOrder =
        Properties.builder()
            .userProperty("k", "v")
            .add(Property.SESSION_EXPIRY_INTERVAL, 0)
            .build();
    Connection connection = open(v5().spec());
    Playing.of(
        () -> {
          connection.end(0, inOrder);
          return null;
        });

    assertThat(broker.read()).isEqualTo(new Disconnect(0, inOrder));
  }

  @Test
  void whatCameIsAcknowledgedBeforeDisconnect() throws Exception {
    Connection connection = open(specs().spec());
    Playing<Void> end =
        Playing.of(
            () -> {
              heard.message();
              connection.end(0, Properties.NONE);
              return null;
            });
    broker.send(new Publish(message("t", Qos.AT_LEAST_ONCE), false, 3));

    broker.read(PacketType.PUBACK);
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    end.result();
  }

  @Test
  void closingSaysNothing() throws Exception {
    Connection connection = open(specs().spec());
    Playing<Void> close =
        Playing.of(
            () -> {
              connection.close();
              return null;
            });

    assertThat(broker.read()).isNull();
    broker.hangUp();
    close.result();
    assertThat(heard.losses).isEmpty();
  }

  @Test
  void aBrokerThatDoesNotReadCannotKeepUsFromEnding() throws Exception {
    Connection connection = open(specs().spec());
    Playing<Void> publishing =
        Playing.of(
            () -> {
              while (true) {
                connection.publish(Message.of("t", new byte[1 << 20], Qos.AT_MOST_ONCE, false));
              }
            });
    assertThat(broker.watch(20_000)).isEqualTo(ScriptedBroker.Sight.BYTES);
    Playing<Void> end =
        Playing.of(
            () -> {
              connection.end(0, Properties.NONE);
              return null;
            });

    end.result();
    assertThatThrownBy(publishing::result).isInstanceOf(Exception.class);
  }
}
