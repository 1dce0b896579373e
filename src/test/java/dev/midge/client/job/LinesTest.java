package dev.midge.client.job;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.client.EngineKind;
import dev.midge.client.source.HandedMessages;
import dev.midge.client.source.MessageSource;
import dev.midge.client.source.PayloadMessages;
import dev.midge.client.source.PayloadSource;
import dev.midge.client.source.PublishSpec;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Heard;
import dev.midge.testing.Playing;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.ScriptedBroker.Sight;
import dev.midge.testing.Slow;
import dev.midge.testing.Specs;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code pub -l} does about a lost connection, against a broker that is played. */
@EachEngine
class LinesTest {

  @Parameter EngineKind engine;

  private static final int PAUSE_MILLIS = 20;

  private final Heard heard = new Heard();
  private ScriptedBroker broker;

  @BeforeEach
  void listen() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void close() throws Exception {
    broker.close();
  }

  private Specs specs() {
    return Specs.to(broker.port()).engine(engine).version(ProtocolVersion.V5);
  }

  private Specs kept() {
    return specs().clientId("c").cleanStart(false);
  }

  private Playing<JobResult> publishing(Specs specs, Qos qos, PayloadSource source) {
    return publishing(specs, qos, Properties.NONE, source);
  }

  private Playing<JobResult> publishing(
      Specs specs, Qos qos, Properties each, PayloadSource source) {
    PublishSpec publish = new PublishSpec("t", qos, false, each, Properties.NONE, Duration.ZERO);
    return Playing.of(
        () ->
            new PublishJob(specs.spec(), publish, heard, PAUSE_MILLIS)
                .publishAll(new PayloadMessages(source, publish)));
  }

  private void welcomeAgain(boolean sessionPresent, Properties properties) throws Exception {
    broker.accept().read(PacketType.CONNECT);
    broker.send(new Connack(sessionPresent, 0, properties));
  }

  private Publish expect(int packetId, boolean dup) throws Exception {
    Publish publish = (Publish) broker.read(PacketType.PUBLISH);
    assertThat(publish.packetId()).isEqualTo(packetId);
    assertThat(publish.dup()).isEqualTo(dup);
    return publish;
  }

  private void expectRelease(int packetId) throws Exception {
    assertThat(((Ack) broker.read(PacketType.PUBREL)).packetId()).isEqualTo(packetId);
    broker.send(Ack.of(PacketType.PUBCOMP, packetId));
  }

  private void acknowledge(int from, int to) throws Exception {
    for (int id = from; id <= to; id++) {
      broker.send(Ack.of(PacketType.PUBACK, id));
    }
  }

  private void expectDisconnect(Playing<JobResult> pub) throws Exception {
    expectDisconnect(pub, null);
  }

  /**
   * @param repeated the line of {@link #awaitSent}, which may have been typed once more than was
   *     needed; null for none
   */
  private void expectDisconnect(Playing<JobResult> pub, String repeated) throws Exception {
    Packet next = broker.read();
    while (next instanceof Publish again && text(again).equals(repeated)) {
      next = broker.read();
    }
    assertThat(next).isInstanceOf(Disconnect.class);
    broker.hangUp();
    assertThat(pub.result()).isEqualTo(JobResult.DONE);
  }

  @ParameterizedTest
  @EnumSource(Qos.class)
  void aLossIsRepairedWhileTheInputIsSilent(Qos qos) throws Exception {
    Typed input = new Typed();
    Playing<JobResult> pub = publishing(specs(), qos, input);
    broker.welcome();
    broker.hangUp();

    welcomeAgain(false, Properties.NONE);
    if (qos == Qos.AT_MOST_ONCE) {
      awaitSent(input, "b");
    } else {
      input.type("b");
    }
    input.end();
    Publish publish = (Publish) broker.read(PacketType.PUBLISH);

    assertThat(text(publish)).isEqualTo("b");
    if (qos == Qos.AT_LEAST_ONCE) {
      broker.send(Ack.of(PacketType.PUBACK, publish.packetId()));
    }
    if (qos == Qos.EXACTLY_ONCE) {
      broker.send(Ack.of(PacketType.PUBREC, publish.packetId()));
      expectRelease(publish.packetId());
    }
    expectDisconnect(pub, qos == Qos.AT_MOST_ONCE ? "b" : null);
  }

  @Test
  void aBrokerThatHangsUpBeforeConnackIsAskedAgain() throws Exception {
    Playing<JobResult> pub = publishing(specs(), Qos.AT_LEAST_ONCE, Typed.atOnce(1));
    broker.accept();
    broker.read(PacketType.CONNECT);
    broker.hangUp();

    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBACK, 1));
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(pub.result()).isEqualTo(JobResult.DONE);
  }

  @Slow("waits for keep alive")
  @Test
  void theConnectionIsKeptAliveWhileTheInputIsSilent() throws Exception {
    Typed input = new Typed();
    Playing<JobResult> pub = publishing(specs().keepAlive(2), Qos.AT_LEAST_ONCE, input);
    broker.welcome();
    for (int i = 0; i < 2; i++) {
      broker.read(PacketType.PINGREQ);
      broker.send(Ping.RESPONSE);
    }
    input.end();

    broker.readAnsweringPings(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(pub.result()).isEqualTo(JobResult.DONE);
  }

  @Slow("waits for keep alive")
  @Test
  void aBrokerThatAnswersNoPingIsLeftForAnotherConnection() throws Exception {
    Typed input = new Typed().type("a");
    Playing<JobResult> pub = publishing(specs().keepAlive(1), Qos.AT_LEAST_ONCE, input);
    broker.welcome();
    expect(1, false);

    welcomeAgain(false, Properties.of(Property.SERVER_KEEP_ALIVE, 60));
    expect(1, true);
    acknowledge(1, 1);
    input.end();
    expectDisconnect(pub);
  }

  @Test
  void theEndOfTheInputWaitsForTheNextConnection() throws Exception {
    Playing<JobResult> pub = publishing(specs(), Qos.AT_LEAST_ONCE, Typed.atOnce(3));
    broker.welcome();
    for (int id = 1; id <= 3; id++) {
      expect(id, false);
    }
    acknowledge(1, 1);
    broker.hangUp();
    broker.accept().read(PacketType.CONNECT);
    assertThat(pub.isDone()).isFalse();
    broker.hangUp();

    welcomeAgain(false, Properties.NONE);
    expect(2, true);
    expect(3, true);
    acknowledge(2, 3);
    expectDisconnect(pub);
  }

  @ParameterizedTest
  @CsvSource({"V5, 135, 135", "V3_1_1, 5, 5", "V3_1_1, 3, 3"})
  void aRefusalEndsItEvenWhenConnectingAgain(ProtocolVersion version, int code, int status)
      throws Exception {
    Playing<JobResult> pub =
        publishing(specs().version(version), Qos.AT_LEAST_ONCE, Typed.atOnce(1));
    broker.welcome();
    broker.hangUp();
    broker.refuse(code);

    ConnectionFailure failure = pub.failure();
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure.code()).isEqualTo(status);
  }

  @Test
  void aMessageThatTheBrokerHasReceivedIsOnlyReleased() throws Exception {
    Playing<JobResult> pub = publishing(kept(), Qos.EXACTLY_ONCE, Typed.atOnce(2));
    broker.welcome();
    expect(1, false);
    expect(2, false);
    broker.send(Ack.of(PacketType.PUBREC, 1));
    broker.read(PacketType.PUBREL);
    broker.hangUp();

    welcomeAgain(true, Properties.NONE);
    expectRelease(1);
    expect(2, true);
    broker.send(Ack.of(PacketType.PUBREC, 2));
    expectRelease(2);
    expectDisconnect(pub);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBrokerThatHasForgottenTheSessionGetsTheMessageAnew(boolean kept) throws Exception {
    Playing<JobResult> pub = publishing(kept ? kept() : specs(), Qos.EXACTLY_ONCE, Typed.atOnce(1));
    broker.welcome();
    expect(1, false);
    broker.send(Ack.of(PacketType.PUBREC, 1));
    broker.read(PacketType.PUBREL);
    broker.hangUp();

    welcomeAgain(false, Properties.NONE);
    expect(1, true);
    broker.send(Ack.of(PacketType.PUBREC, 1));
    expectRelease(1);
    expectDisconnect(pub);
  }

  @Test
  void aBrokerMayRepeatWhatItHasReceivedBeforeItIsAsked() throws Exception {
    Playing<JobResult> pub = publishing(kept(), Qos.EXACTLY_ONCE, Typed.atOnce(1));
    broker.welcome();
    expect(1, false);
    broker.hangUp();

    welcomeAgain(true, Properties.NONE);
    broker.send(Ack.of(PacketType.PUBREC, 1));
    Packet next = broker.read();
    if (next.type() == PacketType.PUBLISH) {
      broker.send(Ack.of(PacketType.PUBREC, 1));
      next = broker.read();
    }
    assertThat(next).isEqualTo(Ack.of(PacketType.PUBREL, 1));
    broker.send(Ack.of(PacketType.PUBCOMP, 1));
    next = broker.read();
    if (next.type() == PacketType.PUBREL) {
      broker.send(Ack.of(PacketType.PUBCOMP, 1));
      next = broker.read();
    }
    assertThat(next.type()).isEqualTo(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(pub.result()).isEqualTo(JobResult.DONE);
  }

  @Test
  void noMoreThanAllowedAreInFlightAgain() throws Exception {
    Playing<JobResult> pub = publishing(specs().maxInflight(3), Qos.AT_LEAST_ONCE, Typed.atOnce(4));
    broker.welcome();
    for (int id = 1; id <= 3; id++) {
      expect(id, false);
    }
    broker.hangUp();

    welcomeAgain(false, Properties.NONE);
    for (int id = 1; id <= 3; id++) {
      expect(id, true);
    }
    assertThat(broker.watch(100)).isEqualTo(Sight.NOTHING);
    acknowledge(1, 1);
    expect(4, false);
    acknowledge(2, 4);
    expectDisconnect(pub);
  }

  @Test
  void theReceiveMaximumOfTheNextConnackCounts() throws Exception {
    Playing<JobResult> pub = publishing(specs(), Qos.AT_LEAST_ONCE, Typed.atOnce(5));
    broker.welcome();
    for (int id = 1; id <= 5; id++) {
      expect(id, false);
    }
    broker.hangUp();

    welcomeAgain(false, Properties.of(Property.RECEIVE_MAXIMUM, 2));
    expect(1, true);
    expect(2, true);
    assertThat(broker.watch(100)).isEqualTo(Sight.NOTHING);
    for (int id = 1; id <= 3; id++) {
      acknowledge(id, id);
      expect(id + 2, true);
    }
    acknowledge(4, 5);
    expectDisconnect(pub);
  }

  @Test
  void aTopicAliasStartsOver() throws Exception {
    Playing<JobResult> pub =
        publishing(
            specs(), Qos.AT_LEAST_ONCE, Properties.of(Property.TOPIC_ALIAS, 1), Typed.atOnce(2));
    for (boolean dup : new boolean[] {false, true}) {
      if (dup) {
        broker.hangUp();
      }
      welcomeAgain(false, Properties.of(Property.TOPIC_ALIAS_MAXIMUM, 10));
      assertThat(expect(1, dup).message().topic()).isEqualTo("t");
      assertThat(expect(2, dup).message().topic()).isEmpty();
    }
    acknowledge(1, 2);
    expectDisconnect(pub);
  }

  @Test
  void onlySoManyLinesAreReadWhileTheBrokerIsAway() throws Exception {
    Typed input = Typed.atOnce(2000);
    Playing<JobResult> pub = publishing(specs().maxInflight(10), Qos.AT_LEAST_ONCE, input);
    broker.welcome();
    broker.hangUp();
    for (int i = 0; i < 5; i++) {
      broker.accept().hangUp();
    }

    // Ten that are in flight, and 16 KB of those that may follow, with 32 bytes for each.
    assertThat(input.taken()).isLessThanOrEqualTo(10 + 16 * 1024 / 32 + 1);
    welcomeAgain(false, Properties.NONE);
    for (int id = 1; id <= 2000; id++) {
      broker.read(PacketType.PUBLISH);
      acknowledge(id, id);
    }
    expectDisconnect(pub);
  }

  @Test
  void aLargeLineBehindSmallOnesGoesOutInItsTurn() throws Exception {
    Typed input = new Typed();
    for (int i = 1; i <= 20; i++) {
      input.type(i % 4 == 0 ? "x".repeat(40_000) : "line " + i);
    }
    Playing<JobResult> pub = publishing(specs().maxInflight(2), Qos.AT_LEAST_ONCE, input.end());
    broker.welcome();
    for (int id = 1; id <= 20; id++) {
      int length = id % 4 == 0 ? 40_000 : ("line " + id).length();
      assertThat(expect(id, false).message().payload()).hasSize(length);
      acknowledge(id, id);
    }
    expectDisconnect(pub);
  }

  @Test
  void whatWaitsForTheWindowIsSentWhileTheInputGivesNothing() throws Exception {
    Typed input = new Typed();
    Playing<JobResult> pub = publishing(specs().maxInflight(2), Qos.AT_LEAST_ONCE, input);
    broker.welcome();
    for (int i = 1; i <= 5; i++) {
      input.type("line " + i);
    }
    expect(1, false);
    expect(2, false);
    if (engine == EngineKind.DIRECT) { // Paho does not read ahead.
      input.awaitNextAsked();
    }

    for (int id = 3; id <= 5; id++) {
      acknowledge(id - 2, id - 2);
      expect(id, false);
    }
    acknowledge(4, 5);
    input.end();
    expectDisconnect(pub);
  }

  @Test
  void aLineThatTheBrokerDoesNotTakeKeepsNoneBeforeItWaiting() throws Exception {
    Typed input = new Typed().type("a").type("b").type("c".repeat(100)).end();
    Playing<JobResult> pub = publishing(specs(), Qos.AT_LEAST_ONCE, input);
    welcomeAgain(false, Properties.of(Property.MAXIMUM_PACKET_SIZE, 50));

    expect(1, false);
    expect(2, false);
    acknowledge(1, 2);
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(pub.failure().kind()).isEqualTo(ConnectionFailure.Kind.OVERSIZE);
  }

  @Test
  void aLineOfQos0IsLostWithoutAConnectionAndNeverDoubled() throws Exception {
    Typed input = new Typed().type("a");
    Playing<JobResult> pub = publishing(specs(), Qos.AT_MOST_ONCE, input);
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.hangUp();
    broker.accept().read(PacketType.CONNECT);
    input.type("b").awaitNextAsked();
    broker.send(new Connack(false, 0, Properties.NONE));
    awaitSent(input, "c");
    input.end();

    Publish publish = (Publish) broker.read(PacketType.PUBLISH);
    assertThat(text(publish)).isEqualTo("c");
    expectDisconnect(pub, "c");
  }

  @Test
  void aLineOfQos0WaitsForAClientThatComesBackAfterAFault() throws Exception {
    Typed input = new Typed().type("a");
    Specs specs = specs().clientId("c").fault("close@publish:1").comingBack(Duration.ZERO);
    Playing<JobResult> pub = publishing(specs, Qos.AT_MOST_ONCE, input);
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    assertThat(broker.read()).isNull();
    broker.hangUp();
    broker.accept().read(PacketType.CONNECT);
    input.type("b");
    Awaitility.await().until(() -> input.taken() == 2);
    input.type("c").end();
    broker.send(new Connack(false, 0, Properties.NONE));

    for (String line : List.of("b", "c")) {
      assertThat(text((Publish) broker.read(PacketType.PUBLISH))).isEqualTo(line);
    }
    expectDisconnect(pub);
  }

  @Test
  void anEndOfInputBeforeAClientIsBackIsTheMomentOfItsFaultBehindConnack() throws Exception {
    Typed input = new Typed().type("a");
    Specs specs =
        specs().clientId("c").fault("close@publish:1").fault("will@eof").comingBack(Duration.ZERO);
    Playing<JobResult> pub = publishing(specs, Qos.AT_MOST_ONCE, input);
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    assertThat(broker.read()).isNull();
    input.end();
    Awaitility.await().until(input::isEndTaken);
    broker.hangUp();
    welcomeAgain(false, Properties.NONE);

    assertThat(((Disconnect) broker.read(PacketType.DISCONNECT)).reasonCode())
        .isEqualTo(ReasonCode.DISCONNECT_WITH_WILL_MESSAGE);
    broker.hangUp();
    welcomeAgain(false, Properties.NONE);
    expectDisconnect(pub);
  }

  /** Messages that a test has handed over. */
  private static final class Handed implements HandedMessages {
    private final Queue<Message> messages;
    private final CompletableFuture<Taker> taker = new CompletableFuture<>();

    Handed(Message... messages) {
      this.messages = new ArrayDeque<>(List.of(messages));
    }

    @Override
    public Message next() {
      return messages.poll();
    }

    @Override
    public boolean isReady() {
      return !messages.isEmpty();
    }

    @Override
    public boolean isStream() {
      return true;
    }

    @Override
    public void handTo(Taker whoTakes) {
      taker.complete(whoTakes);
    }
  }

  private static Message message(Qos qos) {
    return Message.of("t", new byte[0], qos, false);
  }

  @Test
  void whoTakesMessagesIsLetGoAtTheEndOfAJobThatCannotDeliverThem() throws Exception {
    Handed source = new Handed(message(Qos.EXACTLY_ONCE), message(Qos.AT_LEAST_ONCE));
    PublishSpec publish =
        new PublishSpec("t", Qos.AT_MOST_ONCE, false, Properties.NONE, Properties.NONE, null);
    Playing<JobResult> pub =
        Playing.of(
            () -> new PublishJob(specs().spec(), publish, heard, PAUSE_MILLIS).publishAll(source));
    broker.welcome();
    Playing<Boolean> taking = Playing.of(() -> source.taker.get().take());
    broker.read(PacketType.PUBLISH); // Behind it the other has to wait for PUBCOMP.
    broker.hangUp();
    broker.accept().read(PacketType.CONNECT);
    broker.send(new Connack(false, ReasonCode.NOT_AUTHORIZED, Properties.NONE));
    broker.hangUp();

    assertThat(pub.failure().kind()).isEqualTo(Kind.REFUSED);
    assertThat(taking.result()).isFalse();
  }

  @Test
  void aReceiptThatNobodyWaitsForIsNoReasonToHangUp() throws Exception {
    Typed input = new Typed();
    Playing<JobResult> pub = publishing(kept(), Qos.EXACTLY_ONCE, input);
    broker.welcome();
    broker.send(Ack.of(PacketType.PUBREC, 9));

    assertThat(broker.read()).isEqualTo(Ack.of(PacketType.PUBREL, 9)); // As mosquitto does.
    broker.send(new Ack(PacketType.PUBCOMP, 9, 0x92, Properties.NONE));
    input.end();
    expectDisconnect(pub);
  }

  /** Types a QoS 0 line until one has gone out: the first may find no connection and be lost. */
  private void awaitSent(Typed input, String line) {
    Awaitility.await()
        .until(
            () -> {
              input.type(line).awaitNextAsked();
              return heard.sent.stream()
                  .anyMatch(packet -> packet instanceof Publish sent && text(sent).equals(line));
            });
  }

  private static String text(Publish publish) {
    return new String(publish.message().payload(), US_ASCII);
  }

  @Test
  void noThreadOutlivesItsConnection() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet(); // Of other tests in this JVM.
    Typed input = new Typed();
    Playing<JobResult> pub = publishing(specs(), Qos.AT_LEAST_ONCE, input);
    for (int i = 0; i < 40; i++) {
      broker.welcome();
      broker.hangUp();
    }
    broker.welcome();

    Awaitility.await().until(() -> threadsSince(before) < 20);
    input.end();
    expectDisconnect(pub);
  }

  private static long threadsSince(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread.getName().matches("(MQTT|midge) .*"))
        .count();
  }

  /** Publishes one empty message of each QoS, as a recording may hold them. */
  private Playing<JobResult> mixed(Specs specs, Qos... all) {
    PublishSpec publish =
        new PublishSpec(
            "t", Qos.AT_MOST_ONCE, false, Properties.NONE, Properties.NONE, Duration.ZERO);
    Iterator<Qos> each = List.of(all).iterator();
    MessageSource source =
        new MessageSource() {
          @Override
          public Message next() {
            return each.hasNext() ? Message.of("t", new byte[0], each.next(), false) : null;
          }

          @Override
          public boolean isReady() {
            return true;
          }

          @Override
          public boolean isStream() {
            return true;
          }
        };
    return Playing.of(
        () -> new PublishJob(specs.spec(), publish, heard, PAUSE_MILLIS).publishAll(source));
  }

  @Test
  void aMessageOfQos0StaysBehindThoseThatWaitForTheWindow() throws Exception {
    Playing<JobResult> pub =
        mixed(specs().maxInflight(1), Qos.AT_LEAST_ONCE, Qos.AT_LEAST_ONCE, Qos.AT_MOST_ONCE);
    broker.welcome();
    expect(1, false);
    acknowledge(1, 1);
    expect(2, false);

    assertThat(((Publish) broker.read(PacketType.PUBLISH)).message().qos())
        .isEqualTo(Qos.AT_MOST_ONCE);
    acknowledge(2, 2);
    expectDisconnect(pub);
  }

  @Test
  void noMessageOvertakesOneOfQos2() throws Exception {
    Playing<JobResult> job =
        mixed(specs(), Qos.EXACTLY_ONCE, Qos.EXACTLY_ONCE, Qos.AT_MOST_ONCE, Qos.AT_LEAST_ONCE);
    broker.welcome();
    int first = ((Publish) broker.read(PacketType.PUBLISH)).packetId();
    int second = ((Publish) broker.read(PacketType.PUBLISH)).packetId();
    for (int id : new int[] {first, second}) {
      broker.send(Ack.of(PacketType.PUBREC, id));
      assertThat(((Ack) broker.read(PacketType.PUBREL)).packetId()).isEqualTo(id);
    }
    broker.send(Ack.of(PacketType.PUBCOMP, first));
    broker.send(Ack.of(PacketType.PUBCOMP, second));

    assertThat(((Publish) broker.read(PacketType.PUBLISH)).message().qos())
        .isEqualTo(Qos.AT_MOST_ONCE);
    Publish third = (Publish) broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBACK, third.packetId()));
    broker.read(PacketType.DISCONNECT);
    assertThat(job.result()).isEqualTo(JobResult.DONE);
  }
}
