package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.core.Limits;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads around the borders of the remaining length, and large ones, in every QoS. */
class PayloadSizesTest {
  private static final int MEGABYTE = 1024 * 1024;

  @TempDir static Path directory;
  private static Broker broker;

  @BeforeAll
  static void start() throws IOException {
    Limits limits = Limits.builder().maxPacketSize(32 * MEGABYTE).build();
    broker = Broker.start(BrokerConfig.onFreePort().withLimits(limits));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {0, 1, 127, 128, 16383, 16384, 2097151, 2097152, 20 * MEGABYTE})
  void everySizeTravelsInEveryQos(int size) throws IOException {
    byte[] payload = new byte[size];
    new Random(size).nextBytes(payload);
    Path file = Files.write(directory.resolve("payload"), payload);
    for (String qos : new String[] {"0", "1", "2"}) {
      String topic = "size/" + qos;
      // Retained, so that it does not matter who is first.
      MidgeRun publisher =
          MidgeRun.run("pub", "-p", broker.port(), "-t", topic, "-q", qos, "-f", file, "-r");
      assertThat(publisher.status()).as(publisher.errText()).isZero();
      if (size > 0) {
        MidgeRun subscriber =
            MidgeRun.run("sub", "-p", broker.port(), "-t", topic, "-q", qos, "-C", "1", "-N");
        assertThat(sha256(subscriber.out())).as("QoS " + qos).isEqualTo(sha256(payload));
      }
    }
  }

  @Test
  void anEmptyPayloadArrivesInEveryQos() {
    for (String qos : new String[] {"0", "1", "2"}) {
      MidgeRun subscriber =
          MidgeRun.start(
                  "sub", "-p", broker.port(), "-t", "empty", "-q", qos, "-C", "1", "-d", "-v")
              .awaitOut("Subscribed");
      MidgeRun.run("pub", "-p", broker.port(), "-t", "empty", "-q", qos, "-n");

      assertThat(subscriber.await().outText()).contains("empty (null)\n");
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
