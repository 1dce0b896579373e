package dev.midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What strangers say stays text wherever midge repeats it; {@code ShownTest} has their messages.
 */
class RemoteTextEscapingTest {
  private static final String TURNED = "a\u202eb";
  private static final String SHOWN = "a\\u202eb";

  @Test
  void topicsInDebugLines() throws IOException {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      MidgeRun.run("pub", "-p", broker.port(), "-t", TURNED, "-m", "x", "-r", "-q", "1");
      String[] line = ("-d -t # -C 1 -p " + broker.port()).split(" ");

      Object[] words = Stream.concat(Stream.of("sub"), Stream.of(line)).toArray();
      assertThat(MidgeRun.run(words).outText())
          .contains("'" + SHOWN + "', ...")
          .doesNotContain(TURNED);
      assertThat(MidgeRun.startAs("mosquitto_sub", Map.of(), (Object[]) line).await().outText())
          .contains("'" + TURNED + "', ...");
    }
  }
}
