package dev.midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.lwt.Outcome;
import dev.midge.lwt.Verdict;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.testing.MidgeRun;
import dev.midge.wire.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What strangers say stays text wherever midge repeats it; {@code ShownTest} has their messages.
 */
class OthersWordsTest {
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

  @Test
  void whatTheDrillHasSeen() throws IOException {
    List<Outcome> outcomes =
        List.of(new Outcome("reset", "will", "\"\033[2J" + TURNED + "\"", null, Verdict.FAILED));
    Surroundings nobody =
        new Surroundings(null, null, null, null, Map.of(), false, false, null, null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DrillTable.write(outcomes, "h:1", ProtocolVersion.V5, Terminal.ofOut(nobody), out);
    DrillJson.write(
        Instant.EPOCH, outcomes, new Endpoint("h", 1, null), false, ProtocolVersion.V5, out);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"\\x1b[2J" + SHOWN + "\"", "\\u001B[2Ja\\u202Eb")
        .doesNotContain("\033", "\u202e");
  }
}
