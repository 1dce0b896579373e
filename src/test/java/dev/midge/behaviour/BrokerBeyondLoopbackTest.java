package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mini broker on another address, and with other limits, from the command line. */
class BrokerBeyondLoopbackTest {

  private static MidgeRun broker(Object... words) {
    Object[] all = new Object[words.length + 3];
    all[0] = "broker";
    all[1] = "-p";
    all[2] = 0;
    System.arraycopy(words, 0, all, 3, words.length);
    return MidgeRun.start(all).awaitOut("\n");
  }

  private static int published(MidgeRun broker, String host, Object... more) {
    Object[] line = {"pub", "-h", host, "-p", broker.outText().strip(), "-t", "t", "-q", 1};
    Object[] all = new Object[line.length + more.length];
    System.arraycopy(line, 0, all, 0, line.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    return MidgeRun.runWithInput(new byte[2_500_000], all).status();
  }

  @Test
  void anotherLoopbackAddressIsBoundWithoutAWarning() {
    MidgeRun broker = broker("--bind", "127.0.0.2");

    assertThat(published(broker, "127.0.0.2", "-m", "x")).isZero();
    assertThat(published(broker, "127.0.0.1", "-m", "x")).isEqualTo(1);
    assertThat(broker.stop().errText()).doesNotContain("Warning");
    assertThat(broker.status()).isZero();
  }

  @Test
  void allAddressesAreBoundWithAWarning() {
    MidgeRun broker = broker("--bind", "0.0.0.0");

    assertThat(published(broker, "127.0.0.1", "-m", "x")).isZero();
    assertThat(broker.stop().errText())
        .contains("Warning: anybody who reaches 0.0.0.0 can connect");
    assertThat(broker("--bind", "0.0.0.0", "-q").stop().errText()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere.invalid", "192.0.2.1"})
  void anAddressThatIsNotOursIsOneLine(String address) {
    MidgeRun run = MidgeRun.run("broker", "-p", 0, "--bind", address, "-q");

    assertThat(run.errText()).contains("Error: ").contains(address);
    assertThat(run.outText()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aLargerPacketIsTakenWhereTheUserSaysSo() {
    assertThat(published(broker("-q"), "127.0.0.1", "-s")).isNotZero();
    assertThat(published(broker("-q", "--max-packet-size", 3_000_000), "127.0.0.1", "-s")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"19", "268435461", "x"})
  void aPacketSizeHasBounds(String size) {
    MidgeRun run = MidgeRun.run("broker", "--max-packet-size", size);

    assertThat(run.errText())
        .startsWith("Error: Invalid packet size (" + size + "), it is a number");
    assertThat(run.status()).isEqualTo(3);
  }
}
