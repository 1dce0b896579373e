package dev.midge.client.job;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.config.Limits;
import dev.midge.client.ClientEvents;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.EngineKind;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.Subscription;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Heard;
import dev.midge.testing.Slow;
import dev.midge.testing.Specs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code pub -l} through a connection that is cut again and again, to the mini broker. */
@Slow("connects again once a second, many times")
@EachEngine
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class LinesThroughCutsTest {

  @Parameter EngineKind engine;

  private Broker broker;

  @BeforeEach
  void start() throws Exception {
    Limits unlimited = Limits.builder().maxQueuedMessages(0).build();
    broker = Broker.start(BrokerConfig.onFreePort().withLimits(unlimited));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.midge.client.job.LinesTrial#all")
  void everyLineArrives(LinesTrial trial) throws Exception {
    Heard heard = new Heard();
    try (Connection subscriber =
        Engines.open(Specs.to(broker.port()).engine(engine).spec(), ClientEvents.NONE, heard)) {
      ConnectionFailures.result(
          subscriber.subscribe(List.of(Subscription.of("t", Qos.EXACTLY_ONCE)), Properties.NONE));

      trial.publish(engine, broker.port(), "t");

      trial.check(upToTheLast(heard));
    }
  }

  private static List<String> upToTheLast(Heard heard) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    while (true) {
      ReceivedMessage next = heard.message();
      String line = new String(next.message().payload(), US_ASCII);
      if (line.equals(LinesTrial.LAST)) {
        return lines;
      }
      lines.add(line);
    }
  }
}
