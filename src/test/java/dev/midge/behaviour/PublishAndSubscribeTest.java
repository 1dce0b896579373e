package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.FreePort;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishAndSubscribeTest extends BehaviourTest {

  @ParameterizedTest(name = "QoS {0}, MQTT {1}")
  @CsvSource({"0, 5", "1, 5", "2, 5", "0, 311", "1, 311", "2, 311", "0, 31", "1, 31", "2, 31"})
  void aMessageArrivesWithItsTopicPayloadAndQos(int qos, String version) {
    MidgeRun subscriber =
        subscriber("-V", version, "-t", "a/#", "-q", "2", "-C", "1", "-F", "%t %p %q");

    MidgeRun publisher =
        MidgeRun.run("pub", "-p", port(), "-V", version, "-t", "a/b", "-m", "grüße 😀", "-q", qos);

    assertThat(messages(subscriber.await())).containsExactly("a/b grüße 😀 " + qos);
    assertThat(publisher.status()).isZero();
    assertThat(publisher.errText() + publisher.outText()).isEmpty();
  }

  @ParameterizedTest(name = "QoS {0}")
  @CsvSource({"0", "1", "2"})
  void linesArriveCompleteAndInOrder(int qos) {
    MidgeRun subscriber = subscriber("-t", "n", "-q", qos, "-C", "1000");
    List<String> lines = IntStream.rangeClosed(1, 1000).mapToObj(String::valueOf).toList();

    MidgeRun publisher =
        MidgeRun.runWithInput(
            String.join("\n", lines).getBytes(StandardCharsets.US_ASCII),
            "pub",
            "-p",
            port(),
            "-l",
            "-t",
            "n",
            "-q",
            qos);

    assertThat(messages(subscriber.await())).isEqualTo(lines);
    assertThat(publisher.status()).isZero();
  }

  @Test
  void anyBytesTravelUnchanged(@TempDir Path directory) throws IOException {
    byte[] bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    Path file = Files.write(directory.resolve("payload"), bytes);
    MidgeRun.run("pub", "-p", port(), "-t", "bin", "-f", file, "-r", "-q", "1");

    assertThat(MidgeRun.run("sub", "-p", port(), "-t", "bin", "-C", "1", "-N").out())
        .isEqualTo(bytes);

    MidgeRun.runWithInput(bytes, "pub", "-p", port(), "-t", "bin2", "-s", "-r", "-q", "2");
    assertThat(MidgeRun.run("sub", "-p", port(), "-t", "bin2", "-C", "1", "-N").out())
        .isEqualTo(bytes);
  }

  @Test
  void retainedMessagesComeLateAndAnEmptyOneClears() {
    MidgeRun.run("pub", "-p", port(), "-t", "r", "-m", "kept", "-r");
    assertThat(MidgeRun.run("sub", "-p", port(), "-t", "r", "-C", "1", "-F", "%p %r").outText())
        .isEqualTo("kept 1\n");

    MidgeRun.run("pub", "-p", port(), "-t", "r", "-n", "-r");
    MidgeRun none = MidgeRun.run("sub", "-p", port(), "-t", "r", "-W", "2");
    assertThat(none.outText()).isEmpty();
    assertThat(none.errText()).isEqualTo("Timed out\n");
    assertThat(none.status()).isEqualTo(27);
  }

  @Test
  void aKeptSessionHoldsWhatCameMeanwhile() {
    MidgeRun.run("sub", "-p", port(), "-i", "me", "-c", "-q", "1", "-t", "s", "-E");
    MidgeRun.run("pub", "-p", port(), "-t", "s", "-m", "meanwhile", "-q", "1");

    MidgeRun back =
        MidgeRun.run("sub", "-p", port(), "-i", "me", "-c", "-q", "1", "-t", "s", "-C", "1");

    assertThat(back.outText()).isEqualTo("meanwhile\n");
  }

  @Test
  void propertiesTravel() {
    MidgeRun subscriber = subscriber("-t", "p", "-C", "1", "-F", "%C %R %D %P %F");

    MidgeRun.run(
        "pub",
        "-p",
        port(),
        "-t",
        "p",
        "-m",
        "x",
        "-D",
        "publish",
        "content-type",
        "text/plain",
        "-D",
        "PUBLISH",
        "response-topic",
        "back",
        "-D",
        "publish",
        "correlation-data",
        "42",
        "-D",
        "publish",
        "user-property",
        "k",
        "v",
        "-D",
        "publish",
        "user-property",
        "k",
        "w",
        "-D",
        "publish",
        "payload-format-indicator",
        "1");

    assertThat(messages(subscriber.await())).containsExactly("text/plain back 42 k:v k:w 1");
  }

  @Test
  void nobodyThereIsStatus1AndTheSystemsWords() throws IOException {
    try (FreePort dead = FreePort.take()) {
      MidgeRun run = MidgeRun.run("pub", "-p", dead.number(), "-t", "a", "-m", "x");

      assertThat(run.errText()).startsWith("Error: Connection refused");
      assertThat(run.status()).isEqualTo(1);
      assertThat(
              MidgeRun.run("pub", "-p", dead.number(), "-t", "a", "-m", "x", "--quiet").errText())
          .isEmpty();
    }
  }

  @Test
  void debugShowsThePackets() {
    MidgeRun run =
        MidgeRun.run("pub", "-p", port(), "-i", "me", "-t", "a", "-m", "xy", "-q", "2", "-d");

    assertThat(run.outText().lines())
        .containsExactly(
            "Client me sending CONNECT",
            "Client me received CONNACK (0)",
            "Client me sending PUBLISH (d0, q2, r0, m1, 'a', ... (2 bytes))",
            "Client me received PUBREC (Mid: 1)",
            "Client me sending PUBREL (m1)",
            "Client me received PUBCOMP (Mid: 1, RC:0)",
            "Client me sending DISCONNECT");
  }
}
