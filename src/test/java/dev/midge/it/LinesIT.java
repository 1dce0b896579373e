package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.CuttingRelay;
import dev.midge.testing.Program;
import dev.midge.testing.ScriptedBroker;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code midge pub -l} as a user runs it, with a connection that does not last. */
class LinesIT {

  @ParameterizedTest
  @CsvSource({"2, 130, true", "15, 143, true", "2, 130, false", "15, 143, false"})
  @SuppressWarnings("try") // the broker goes before the end
  void aSignalEndsItWhileThereIsNoConnection(String signal, int status, boolean reachable)
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Program pub =
            Program.midge("pub", "-p", broker.port(), "-t", "a", "-l", "-q", "1", "-k", "5")) {
      welcome(broker);
      broker.hangUp();
      if (reachable) {
        broker.accept().read(PacketType.CONNECT); // And no answer.
      } else {
        broker.close();
      }

      assertThat(pub.signal(signal).await().status()).isEqualTo(status);
    }
  }

  /** A first start may have to build the launcher's archive. */
  private static void welcome(ScriptedBroker broker) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        broker.welcome();
        return;
      } catch (java.net.SocketTimeoutException slow) {
        if (attempt == 4) {
          throw slow;
        }
      }
    }
  }

  @Test
  void everyLineArrivesOnceThroughACutConnection() throws Exception {
    try (MidgeBroker broker = new MidgeBroker();
        CuttingRelay relay = new CuttingRelay(broker.port(), 1, 1_000_000);
        Program sub =
            Program.midge("sub", "-p", broker.port(), "-t", "n", "-q", "2", "-C", "1001", "-d")
                .awaitOut("Subscribed")) {
      Program pub =
          Program.shell("seq 1000 | midge pub -l -q 2 -t n -c -i me -p %d".formatted(relay.port()))
              .await();
      Program.midge("pub", "-p", broker.port(), "-t", "n", "-m", "end", "-q", "2").await();

      assertThat(pub.status()).isZero();
      assertThat(relay.cuts()).isPositive();
      assertThat(pub.errText().lines())
          .isNotEmpty()
          .allMatch(
              line ->
                  line.endsWith("; trying again once a second.")
                      || line.equals("Connected again."));
      assertThat(sub.await().outText().lines().filter(line -> line.matches("[0-9]+|end")).toList())
          .isEqualTo(
              IntStream.rangeClosed(1, 1001)
                  .mapToObj(i -> i == 1001 ? "end" : String.valueOf(i))
                  .collect(Collectors.toList()));
    }
  }
}
