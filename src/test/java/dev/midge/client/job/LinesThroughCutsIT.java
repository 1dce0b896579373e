package dev.midge.client.job;

import dev.midge.client.EngineKind;
import dev.midge.testing.ConfiguredMosquitto;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code pub -l} through a connection that is cut again and again, to Debian's mosquitto, and from
 * there to Debian's mosquitto_sub.
 */
@EachEngine
class LinesThroughCutsIT {

  @Parameter EngineKind engine;

  private static ConfiguredMosquitto broker;

  @BeforeAll
  static void start() throws Exception {
    Mosquitto.require();
    broker = ConfiguredMosquitto.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (broker != null) {
      broker.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.midge.client.job.LinesTrial#all")
  void everyLineArrives(LinesTrial trial) throws Exception {
    String topic = "t" + System.identityHashCode(trial);
    try (Program subscriber = subscriber(topic)) {
      trial.publish(engine, broker.port(), topic);

      subscriber.awaitOut(LinesTrial.LAST + "\n");
      List<String> lines = subscriber.outText().lines().filter(line -> !isDebug(line)).toList();
      trial.check(lines.subList(0, lines.indexOf(LinesTrial.LAST)));
    }
  }

  /** Subscribed when this returns. */
  private static Program subscriber(String topic) {
    Object[] words = {
      "stdbuf", "-oL", "mosquitto_sub", "-d", "-p", broker.port(), "-t", topic, "-q", "2"
    };
    return Program.start(words).awaitOut("Subscribed");
  }

  private static boolean isDebug(String line) {
    return line.startsWith("Client ") || line.startsWith("Subscribed");
  }
}
