package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.net.Endpoint;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Payloads around the borders of the remaining length travel there and back. */
final class PayloadTrial {
  private static final int[] SIZES = {
    0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 20 * 1024 * 1024
  };

  private final Path directory;

  /**
   * @param directory for the payloads
   */
  PayloadTrial(Path directory) {
    this.directory = directory;
  }

  /** Each way, with each version of MQTT, with each size. */
  static Stream<Arguments> table(Door... doors) {
    List<Arguments> rows = new ArrayList<>();
    for (Door door : doors) {
      for (String version : new String[] {"311", "5"}) {
        for (int size : SIZES) {
          rows.add(Arguments.of(door, version, size));
        }
      }
    }
    return rows.stream();
  }

  /** Sends such a payload in each QoS, from a file or from standard input, and receives it. */
  void travels(Endpoint endpoint, String version, int size) throws Exception {
    byte[] payload = new byte[size];
    new Random(size).nextBytes(payload);
    if (size == 0) {
      for (int qos = 0; qos <= 2; qos++) {
        anEmptyOne(endpoint, version, qos);
      }
      return;
    }
    Path file = Files.write(directory.resolve("payload"), payload);
    for (int qos = 0; qos <= 2; qos++) {
      // Retained, so that it does not matter who is first; of QoS 0 nobody tells when it is stored.
      String topic = String.join("/", "size", endpoint.toString(), version, size + "", qos + "");
      Object[] words = {"-V", version, "-t", topic.replaceAll("[+#]", "_"), "-q", qos};
      Object[] publishing = Door.words("pub", endpoint, words);
      MidgeRun publisher =
          qos == 1
              ? MidgeRun.runWithInput(payload, with(publishing, "-r", "-s"))
              : MidgeRun.run(with(publishing, "-r", "-f", file));
      assertThat(publisher.status()).as(publisher.errText()).isZero();
      Object[] subscribing = with(Door.words("sub", endpoint, words), "-N", "-C", "1");
      MidgeRun subscriber = MidgeRun.run(subscribing);
      assertThat(subscriber.status()).as(subscriber.errText()).isZero();
      assertThat(sha256(subscriber.out())).as("QoS " + qos).isEqualTo(sha256(payload));
    }
  }

  /** It cannot be retained: somebody has to be there. */
  private void anEmptyOne(Endpoint endpoint, String version, int qos) throws IOException {
    Object[] words = {"-V", version, "-t", "empty", "-q", qos};
    Object[] subscribing = with(Door.words("sub", endpoint, words), "-d", "-C", "1", "-F", "%l=%p");
    MidgeRun subscriber = MidgeRun.start(subscribing).awaitOut("Subscribed");
    Path file = Files.write(directory.resolve("empty"), new byte[0]);
    MidgeRun publisher = MidgeRun.run(with(Door.words("pub", endpoint, words), "-f", file));
    assertThat(publisher.status()).as(publisher.errText()).isZero();
    assertThat(subscriber.await().outText()).contains("\n0=\n");
  }

  private static Object[] with(Object[] words, Object... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
