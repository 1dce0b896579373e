package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals, exit statuses and broken pipes of the packaged midge. */
class SignalsIT {
  private static MidgeBroker broker;

  @BeforeAll
  static void start() {
    broker = new MidgeBroker();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalEndsSubAndConnWithStatus0(String signal) {
    Program sub = Program.midge("sub", "-p", broker.port(), "-t", "a", "-d").awaitOut("Subscribed");
    Program conn = Program.midge("conn", "-p", broker.port()).awaitErr("Connected");

    assertThat(sub.signal(signal).await().status()).isZero();
    assertThat(conn.signal(signal).await().status()).isZero();
    assertThat(sub.outText()).endsWith("sending DISCONNECT\n");
  }

  @Test
  void aSignalEndsPubByItself() {
    for (int[] signal : new int[][] {{2, 130}, {15, 143}}) {
      Program pub =
          Program.midge("pub", "-p", broker.port(), "-t", "a", "-l", "-d")
              .awaitOut("received CONNACK");

      assertThat(pub.signal(String.valueOf(signal[0])).await().status()).isEqualTo(signal[1]);
    }
  }

  @Test
  void aKilledClientIsGoneWithStatus137AndItsWillComes() {
    Program watcher =
        Program.midge("sub", "-p", broker.port(), "-t", "w", "-C", "1", "-d")
            .awaitOut("Subscribed");

    Program conn =
        Program.midge(
            "conn",
            "-p",
            broker.port(),
            "--will-topic",
            "w",
            "--will-payload",
            "dead",
            "--fault",
            "kill@connected");

    assertThat(conn.await().status()).isEqualTo(137);
    assertThat(watcher.await().outText()).contains("dead\n");
  }

  @Test
  void aClosedPipeEndsSubQuietly() {
    Program pipe =
        Program.shell(
            "{ midge sub -p %d -t pipe; echo \"status $?\" >&2; } | head -n 1"
                .formatted(broker.port()));
    while (pipe.isAlive() && !pipe.errText().contains("status")) {
      Program.midge("pub", "-p", broker.port(), "-t", "pipe", "-m", "x").await();
    }

    assertThat(pipe.await().outText()).isEqualTo("x\n");
    assertThat(pipe.errText()).isEqualTo("status 0\n");
  }

  @Test
  void aClosedPipeEndsHelpQuietly() {
    Program pipe = Program.shell("{ midge pub --help; echo \"status $?\" >&2; } | true").await();

    assertThat(pipe.errText()).isEqualTo("status 0\n");
  }

  @Test
  void aPortInUseIsStatus1() {
    Program second = Program.midge("broker", "-p", broker.port()).await();

    assertThat(second.errText()).contains("Error: ").contains(String.valueOf(broker.port()));
    assertThat(second.status()).isEqualTo(1);
  }
}
