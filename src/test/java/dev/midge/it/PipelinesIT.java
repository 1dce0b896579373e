package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lines through pub, a broker and sub: nothing is lost, nothing reordered. */
class PipelinesIT {
  private static final String THOUSAND =
      IntStream.rangeClosed(1, 1000).mapToObj(i -> i + "\n").collect(Collectors.joining());

  @Test
  void aThousandLinesThroughTheMiniBroker() {
    try (MidgeBroker broker = new MidgeBroker()) {
      thousandLinesThrough(broker.port());
    }
  }

  @Test
  void aThousandLinesThroughMosquitto() {
    try (Mosquitto mosquitto = Mosquitto.start()) {
      thousandLinesThrough(mosquitto.port());
    }
  }

  private static void thousandLinesThrough(int port) {
    // A kept session, so that it does not matter who is faster.
    Program.midge("sub", "-t", "n", "-q", "1", "-p", port, "-i", "s", "-c", "-E").await();

    Program pub = Program.shell("seq 1000 | midge pub -l -q 1 -t n -p " + port).await();
    Program sub =
        Program.midge("sub", "-t", "n", "-q", "1", "-C", "1000", "-p", port, "-i", "s", "-c")
            .await();

    assertThat(pub.status()).as(pub.errText()).isZero();
    assertThat(sub.outText()).isEqualTo(THOUSAND);
    assertThat(sub.status()).isZero();
  }
}
