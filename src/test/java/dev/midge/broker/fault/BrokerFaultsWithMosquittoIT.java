package dev.midge.broker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Qos;
import dev.midge.testing.Installed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that we did not write see the broker's faults as they see any broker's failures. */
class BrokerFaultsWithMosquittoIT {

  private static Process start(Scene scene, String command, String... words) throws IOException {
    Installed.require(command);
    List<String> line = new ArrayList<>(List.of(command, "-p", "" + scene.port()));
    line.addAll(List.of(words));
    return new ProcessBuilder(line).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @ParameterizedTest
  @CsvSource({
    "nack@publish-out:1, 5, Publish 1 failed: Not authorized",
    "reason:0x97@puback-in:1, 5, Publish 1 failed: Quota exceeded",
    "refuse, 5, Connection error: Server unavailable",
    "refuse, 311, Connection Refused: broker unavailable",
    "nack@connect-out:1, 311, Connection Refused: not authorised",
    "reset@connected, 311, The connection was lost",
    "close@publish-out:1, 5, The connection was lost",
  })
  void aPublisherIsToldWhatHappened(String fault, String version, String words) throws Exception {
    try (Scene scene = new Scene(fault + " client=m")) {
      Process pub =
          start(scene, "mosquitto_pub", "-V", version, "-i", "m", "-q", "1", "-t", "a", "-m", "x");
      assertThat(output(pub)).contains(words);
      Scene.until(() -> !scene.faults("m").isEmpty()); // told after the packet is written
    }
  }

  @Test
  void aSubscriberComesBackAfterAResetAndGetsTheMessageAgain() throws Exception {
    try (Scene scene = new Scene("reset@publish-in:1 client=m x1")) {
      Process sub = start(scene, "mosquitto_sub", "-i", "m", "-c", "-q", "1", "-t", "a", "-C", "2");
      Scene.until(() -> scene.log.contains("Sending SUBACK to m"));
      scene.publish("a", Qos.AT_LEAST_ONCE);
      assertThat(output(sub)).isEqualTo("m\nm\n");
      Scene.until(() -> !scene.faults("m").isEmpty());
      assertThat(scene.faults("m")).containsExactly("reset@publish-in:1");
    }
  }

  @Test
  void aSubscriberLosesNothingToABlackout() throws Exception {
    try (Scene scene = new Scene("blackout:500ms@publish-in:1 client=m")) {
      Process sub = start(scene, "mosquitto_sub", "-i", "m", "-q", "1", "-t", "a", "-C", "3");
      Scene.until(() -> scene.log.contains("Sending SUBACK to m"));
      for (int i = 0; i < 3; i++) {
        scene.publish("a", Qos.AT_LEAST_ONCE);
      }
      assertThat(output(sub)).isEqualTo("m\nm\nm\n");
    }
  }
}
