package dev.midge.cli.expect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.FreePort;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Slow;
import dev.midge.testing.WithScriptedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** --retry: how often, with which pauses, and what is never tried again. */
class RetryTest extends WithScriptedBroker {
  private MidgeRun start(String line) {
    return MidgeRun.start(words(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub -t a", "pub -t a -m x", "pub -t a -l", "rr -t a -e b -m x", "conn"})
  void aBrokerThatIsNotThereIsTriedSoOften(String line) throws Exception {
    try (FreePort dead = FreePort.take()) {
      MidgeRun run =
          MidgeRun.run(words(line + " -p " + dead.number() + " --retry 2 --retry-delay 10ms"));

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.errText())
          .containsOnlyOnce("; trying again every 10 ms, at most 2 times.")
          .contains("Error: Connection refused")
          .endsWith("\nIt was tried again 2 times.\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub -t a", "pub -t a -m x", "pub -t a -l", "rr -t a -e b -m x", "conn"})
  void aRefusedLoginIsNeverTriedAgain(String line) throws Exception {
    MidgeRun run = start(line + " -p PORT --retry forever --retry-delay 10ms");
    broker.refuse(0x86);
    broker.hangUp();

    assertThat(run.await().status()).isEqualTo(0x86);
    assertThat(run.errText()).doesNotContain("again");
  }

  @ParameterizedTest
  @CsvSource({"5, 136", "5, 137", "5, 159", "311, 3"})
  void aBrokerThatIsBusyIsTriedAgain(String version, int code) throws Exception {
    MidgeRun run = start("conn -p PORT --retry 5 --retry-delay 10ms -V " + version);
    broker.refuse(code);
    broker.hangUp();
    broker.welcome();
    run.awaitErr("Connected to");
    run.requestStop();
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();

    assertThat(run.await().status()).isZero();
  }

  @Test
  void aBusyBrokerIsAnEndWithoutTheOptionAsBefore() throws Exception {
    MidgeRun run = start("sub -p PORT -t a");
    broker.refuse(0x88);
    broker.hangUp();

    assertThat(run.await().status()).isEqualTo(0x88);
  }

  @Test
  void aLossIsTriedAgainAndConnackBeginsTheCountAnew() throws Exception {
    MidgeRun run = start("conn -p PORT --retry 1 --retry-delay 10ms");
    for (int i = 0; i < 3; i++) {
      broker.welcome();
      broker.hangUp();
    }
    broker.accept().hangUp();

    assertThat(run.await().status()).isEqualTo(7);
    assertThat(run.errText()).endsWith("\nIt was tried again once.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub -t a", "pub -t a -l"})
  void neverIsAlsoForThoseThatUsuallyTryAgain(String line) throws Exception {
    MidgeRun run = MidgeRun.startWithInput(silent(), words(line + " -p PORT --retry never"));
    broker.welcome();
    if (line.startsWith("sub")) {
      grant();
    }
    broker.hangUp();

    assertThat(run.await().status()).isEqualTo(7);
    assertThat(run.errText()).startsWith("Error: ").doesNotContain("tried again");
  }

  private static InputStream silent() throws IOException {
    return new PipedInputStream(new PipedOutputStream());
  }

  private void grant() throws Exception {
    Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(subscribe.packetId(), List.of(0), Properties.NONE));
  }

  @Test
  void aMessageIsPublishedOnceABrokerIsThere() throws Exception {
    try (FreePort port = FreePort.take()) {
      String line = "pub -t a -m x -q 1 -r --retry forever --retry-delay 20ms -p ";
      MidgeRun pub = MidgeRun.start(words(line + port.number()));
      pub.awaitErr("trying again");
      BrokerConfig config = new BrokerConfig(List.of(port.number()), event -> {}, false);
      try (Broker there = Broker.start(config)) {
        assertThat(pub.await().status()).as(pub.errText()).isZero();
        assertThat(pub.errText()).endsWith("Connected again.\n");
        MidgeRun sub = MidgeRun.run("sub", "-p", there.port(), "-t", "a", "-C", 1);
        assertThat(sub.outText()).isEqualTo("x\n");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"paho, 1", "paho, 2", "direct, 1", "direct, 2"})
  void aRequestIsPublishedAnewBehindTheNextSuback(String engine, int qos) throws Exception {
    MidgeRun run = start(request(engine, qos) + "-V 311");
    broker.welcome();
    grant();
    broker.read(PacketType.PUBLISH);
    broker.hangUp();
    broker.welcome();
    grant();

    Publish again = (Publish) broker.read(PacketType.PUBLISH);
    assertThat(again.message().topic()).isEqualTo("a");
    assertThat(again.dup()).isFalse();
    answer(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"paho", "direct"})
  void aRequestOfASessionThatTheBrokerHasKeptIsSentAgain(String engine) throws Exception {
    MidgeRun run = start(request(engine, 1) + "-V 5 -c -x 100");
    broker.welcome();
    grant();
    int id = ((Publish) broker.read(PacketType.PUBLISH)).packetId();
    broker.hangUp();
    broker.accept().read(PacketType.CONNECT);
    broker.send(new Connack(true, 0, Properties.NONE));
    List<Packet> both = new ArrayList<>(List.of(broker.read(), broker.read()));
    both.sort(Comparator.comparing(Packet::type));

    Publish again = (Publish) both.get(0);
    assertThat(again.dup()).isTrue();
    assertThat(again.packetId()).isEqualTo(id);
    broker.send(new Suback(((Subscribe) both.get(1)).packetId(), List.of(1), Properties.NONE));
    answer(run);
  }

  private static String request(String engine, int qos) {
    String line = "rr -p PORT -t a -e b -m x -q %d -W 30 --retry 3 --retry-delay 10ms -i r ";
    return line.formatted(qos) + "--engine " + engine + " ";
  }

  private void answer(MidgeRun run) throws Exception {
    Message answer = Message.of("b", "y".getBytes(UTF_8), Qos.AT_MOST_ONCE, false);
    broker.send(new Publish(answer, false, 0));
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();

    assertThat(run.await().status()).isZero();
    assertThat(run.outText()).isEqualTo("y\n");
  }

  @Slow("waits for time-outs of whole seconds")
  @ParameterizedTest
  @ValueSource(strings = {"conn", "conn --count 1", "pub --clients 1 -t a -m x"})
  void aSilentBrokerIsGivenUpByEachTry(String line) throws Exception {
    MidgeRun run = start(line + " -p PORT --connect-timeout 1 --retry 1 --retry-delay 10ms");
    broker.accept().read(PacketType.CONNECT);
    broker.accept().read(PacketType.CONNECT);

    assertThat(run.await().status()).isEqualTo(1);
    assertThat(run.errText())
        .contains("Warning: Not connected within 1 s (--connect-timeout)")
        .contains("Error: Not connected within 1 s (--connect-timeout)")
        .contains("\nIt was tried again once.\n")
        .doesNotContain("\\n");
  }

  @Test
  void theTimeOfRrIsOverThoughNoBrokerIsThere() throws Exception {
    try (FreePort dead = FreePort.take()) {
      MidgeRun run =
          MidgeRun.run(
              words(
                  "rr -t a -e b -m x -p "
                      + dead.number()
                      + " --retry forever --retry-delay 10ms -W 0.3"));

      assertThat(run.status()).isEqualTo(27);
    }
  }

  @Test
  void theTimeOfSubIsOverThoughNoBrokerIsThere() throws Exception {
    try (FreePort dead = FreePort.take()) {
      MidgeRun run =
          MidgeRun.run(
              words(
                  "sub -t a -p "
                      + dead.number()
                      + " --retry forever --retry-delay 10ms --expect x"
                      + " --within 300ms"));

      assertThat(run.status()).isEqualTo(255);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "conn --retry forever --retry-delay 10ms, 255",
    "conn --retry 1 --retry-delay 1h, 255",
    "conn --retry 1 --retry-delay 1h --fault reset@connected --then reconnect:10ms, 255",
    "conn --count 2 --retry forever --retry-delay 10ms, 255",
    "conn --count 2 --retry 1 --retry-delay 1h, 255",
    "sub -t a --retry 1 --retry-delay 1h, 255",
    "rr --serve --echo -t a --retry 1 --retry-delay 1h, 255",
    "rr -t a -e b -m x --retry 1 --retry-delay 1h, 27"
  })
  void theTimeIsOverBetweenTwoTries(String line, int status) throws Exception {
    try (FreePort dead = FreePort.take()) {
      MidgeRun run = MidgeRun.run(words(line + " -W 0.3 -p " + dead.number()));

      assertThat(run.status()).as(run.errText()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({"conn, 255", "conn --count 1, 255", "sub -t a, 255", "rr -t a -e b -m x, 27"})
  void theTimeIsOverDuringATry(String line, int status) throws Exception {
    MidgeRun run = start(line + " -p PORT --retry forever --retry-delay 10ms -W 2");
    broker.accept().read(PacketType.CONNECT);

    assertThat(run.await().status()).as(run.errText()).isEqualTo(status);
  }

  @Slow("waits for a time-out of whole seconds")
  @ParameterizedTest
  @CsvSource({
    "conn, 'Ended without DISCONNECT: the connection was lost and not made again yet.'",
    "conn --count 1, '1 client: 1 connected, 1 ended without a connection.'"
  })
  void theTimeIsOverAfterALoss(String line, String end) throws Exception {
    MidgeRun run = start(line + " -p PORT --retry forever --retry-delay 1h -W 3");
    broker.welcome();
    broker.hangUp();

    assertThat(run.await().status()).as(run.errText()).isZero();
    assertThat(run.errText()).endsWith(end + "\n");
  }

  @Test
  void connTellsOfNoDisconnectThatItDidNotSend() throws Exception {
    MidgeRun run = start("conn -p PORT --json --retry forever --retry-delay 1h");
    broker.welcome();
    broker.hangUp();
    run.awaitErr("trying again");
    run.requestStop();

    assertThat(run.await().status()).isZero();
    assertThat(run.errText()).contains("Ended without DISCONNECT").doesNotContain("by DISCONNECT");
    assertThat(run.outText()).contains("\"how\":\"not_connected\"");
  }
}
