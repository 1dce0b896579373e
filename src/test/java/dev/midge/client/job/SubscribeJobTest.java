package dev.midge.client.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.EngineKind;
import dev.midge.client.StopSignal;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Unsubscribe;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Heard;
import dev.midge.testing.Playing;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.Specs;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;

/** How sub begins, goes on after a loss, and ends, against a broker that is played. */
@EachEngine
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class SubscribeJobTest {

  @Parameter EngineKind engine;

  private final Heard heard = new Heard();
  private final StopSignal stop = new StopSignal();
  private final List<ReceivedMessage> printed = new CopyOnWriteArrayList<>();
  private ScriptedBroker broker;

  @BeforeEach
  void listen() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void close() throws Exception {
    stop.request();
    broker.close();
  }

  private Specs v3() {
    return Specs.to(broker.port()).engine(engine);
  }

  private Specs v5() {
    return v3().version(ProtocolVersion.V5);
  }

  private SubscribeSpec subscribing(List<String> unsubscriptions, boolean endAfterSuback) {
    return new SubscribeSpec(
        List.of(Subscription.of("a", Qos.AT_LEAST_ONCE)),
        unsubscriptions,
        Properties.NONE,
        Properties.NONE,
        Properties.NONE,
        Selection.of(0),
        endAfterSuback,
        null);
  }

  private Playing<JobResult> running(Specs specs, SubscribeSpec subscribe) {
    return Playing.of(
        () -> new SubscribeJob(specs.spec(), subscribe, heard, printed::add, stop).run());
  }

  private String unsubscribed() throws Exception {
    return String.join(",", ((Unsubscribe) broker.read(PacketType.UNSUBSCRIBE)).filters());
  }

  @RepeatedTest(20)
  void everyUnsubscribeIsSentThoughSubackAndTheEndComeAtOnce() throws Exception {
    Playing<JobResult> sub = running(v3(), subscribing(List.of("b", "c", "d"), true));
    broker.welcome();
    broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(1, List.of(1), Properties.NONE));

    assertThat(unsubscribed()).isEqualTo("b");
    assertThat(unsubscribed()).isEqualTo("c");
    assertThat(unsubscribed()).isEqualTo("d");
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(sub.result()).isEqualTo(JobResult.DONE);
  }

  @RepeatedTest(20)
  void everyUnsubscribeIsSentThoughAllSubscriptionsAreRefusedAtOnce() throws Exception {
    Playing<JobResult> sub = running(v5(), subscribing(List.of("b", "c"), false));
    broker.welcome();
    broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(1, List.of(0x87), Properties.NONE));

    assertThat(unsubscribed()).isEqualTo("b");
    assertThat(unsubscribed()).isEqualTo("c");
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(sub.result()).isEqualTo(JobResult.DENIED);
  }

  @Test
  void aBrokerThatHangsUpBeforeConnackIsTriedAgain() throws Exception {
    Playing<JobResult> sub = running(v3(), subscribing(List.of(), true));
    broker.accept().read(PacketType.CONNECT);
    broker.hangUp();
    broker.accept().hangUp();
    broker.welcome();
    broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(1, List.of(1), Properties.NONE));
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();

    assertThat(sub.result()).isEqualTo(JobResult.DONE);
  }

  @Test
  void anEndWhileTheFirstConnackIsStillAwaitedIsThatOfNoConnection() throws Exception {
    Playing<JobResult> sub = running(v3(), subscribing(List.of(), false));
    broker.accept().read(PacketType.CONNECT);
    broker.hangUp();
    broker.accept().read(PacketType.CONNECT);
    stop.request();

    assertThat(sub.result()).isEqualTo(JobResult.NEVER_CONNECTED);
  }
}
