package dev.midge.client.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.EngineKind;
import dev.midge.client.StopSignal;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Playing;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.Slow;
import dev.midge.testing.Specs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;

/** A subscriber whose output is blocked is slow itself; the broker is not dead because of that. */
@Slow("waits for several intervals of keep alive")
@EachEngine
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class SlowOutputTest {
  private static final String BLOCKING = "blocks";

  @Parameter EngineKind engine;

  private final StopSignal stop = new StopSignal();
  private final Semaphore mayPrint = new Semaphore(0);
  private final List<String> printed = new CopyOnWriteArrayList<>();
  private final List<ConnectionFailure> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger printing = new AtomicInteger();
  private final AtomicInteger mostPrinting = new AtomicInteger();
  private ScriptedBroker broker;

  @BeforeEach
  void listen() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void close() throws Exception {
    mayPrint.release(1000);
    stop.request();
    broker.close();
  }

  private Playing<JobResult> subscribing(Specs specs, Selection selection) {
    SubscribeSpec subscribe =
        new SubscribeSpec(
            List.of(Subscription.of("#", Qos.AT_LEAST_ONCE)),
            List.of(),
            Properties.NONE,
            Properties.NONE,
            Properties.NONE,
            selection,
            false,
            null);
    ClientEvents events =
        new ClientEvents() {
          @Override
          public void retrying(ConnectionFailure failure) {
            failures.add(failure);
          }
        };
    return Playing.of(
        () ->
            new SubscribeJob(specs.engine(engine).spec(), subscribe, events, this::print, stop)
                .run());
  }

  private void print(ReceivedMessage received) {
    mostPrinting.accumulateAndGet(printing.incrementAndGet(), Math::max);
    try {
      String payload = new String(received.message().payload(), UTF_8);
      if (payload.equals(BLOCKING)) {
        assertThat(mayPrint.tryAcquire(100, TimeUnit.SECONDS)).isTrue();
      }
      printed.add(payload);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      printing.decrementAndGet();
    }
  }

  private void publish(String topic, String payload, boolean retain) throws Exception {
    Message message = Message.of(topic, payload.getBytes(UTF_8), Qos.AT_MOST_ONCE, retain);
    broker.send(new Publish(message, false, 0));
  }

  @Test
  void aBrokerWhosePingresponsesAreNotReadIsAliveAndIsPingedOn() throws Exception {
    Playing<JobResult> sub = subscribing(Specs.to(broker.port()).keepAlive(3), Selection.of(2));
    broker.welcome();
    broker.read(PacketType.SUBSCRIBE);
    publish("a", BLOCKING, false);
    for (int i = 0; i < 3; i++) {
      broker.read(PacketType.PINGREQ);
      broker.send(Ping.RESPONSE);
    }
    assertThat(printed).isEmpty();
    mayPrint.release();
    publish("a", "next", false);

    broker.readAnsweringPings(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(sub.result()).isEqualTo(JobResult.DONE);
    assertThat(printed).containsExactly(BLOCKING, "next");
    assertThat(failures).isEmpty();
  }

  @Test
  void theNextConnectionIsMadeWhenTheLastMessageOfTheOneBeforeIsPrinted() throws Exception {
    Selection removing = new Selection(0, false, false, true, List.of());
    // The last message is read long before the broker counts as dead, 9 s later.
    subscribing(Specs.to(broker.port()).keepAlive(6).maxInflight(1000), removing);
    broker.welcome();
    broker.read(PacketType.SUBSCRIBE);
    // Each is removed by a PUBLISH with its topic; the broker reads none of them.
    for (int i = 0; i < 400; i++) {
      publish(i + "x".repeat(60_000), "retained", true);
    }
    publish("a", BLOCKING, false);
    publish("a", "too late", false);
    Awaitility.await().until(() -> !failures.isEmpty());
    Playing<ScriptedBroker> next = Playing.of(broker::welcome);

    Awaitility.await()
        .during(Duration.ofMillis(2500))
        .atMost(Duration.ofSeconds(30))
        .until(() -> !next.isDone());
    mayPrint.release();
    next.result();
    publish("a", "next", false);
    Awaitility.await().until(() -> printed.contains("next"));
    assertThat(printed).doesNotContain("too late").endsWith(BLOCKING, "next");
    assertThat(mostPrinting).hasValue(1);
  }
}
