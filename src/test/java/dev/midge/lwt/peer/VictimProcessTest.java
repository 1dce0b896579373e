package dev.midge.lwt.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.client.EngineKind;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client in a process of its own speaks through the engine that the user wants. */
class VictimProcessTest {

  /** The names of its threads, of which Linux keeps 15 characters, tell the engine. */
  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @CsvSource({", midge lwt victi", "DIRECT, midge reader", "PAHO, MQTT Rec: v"})
  void itsThreadsAreThoseOfTheEngine(EngineKind engine, String thread) throws Exception {
    List<String> kinds = List.of("midge lwt victi", "midge reader", "MQTT Rec: v");
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      Endpoint endpoint = new Endpoint("127.0.0.1", broker.port(), null);
      Target target =
          new Target(endpoint, ProtocolVersion.V5, null, null, "", Duration.ofSeconds(10), engine);
      VictimOrder order = new VictimOrder(target, "v", "w", new byte[] {'x'});
      try (VictimProcess process = VictimProcess.start(order, VictimProcess.START_LIMIT)) {
        assertThat(threads(process.pid())).filteredOn(kinds::contains).containsOnly(thread);
      }
    }
  }

  private static List<String> threads(long pid) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path task : tasks.toList()) {
        names.add(Files.readString(task.resolve("comm")).strip());
      }
    }
    return names;
  }
}
