package dev.midge.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.testing.FreePort;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Slow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code conn --count}: many clients, each with its own id, will and faults. */
class ConnFleetTest {
  private Broker broker;

  @BeforeEach
  void startBroker() throws Exception {
    broker = Broker.start(BrokerConfig.onFreePort());
  }

  @AfterEach
  void closeBroker() {
    broker.close();
  }

  private void brokerFault(String words) throws Exception {
    broker.faults().add(FaultParser.parse(words, FaultSide.BROKER));
  }

  private MidgeRun start(String... words) {
    Stream<String> all =
        Stream.concat(Stream.of("conn", "-p", "" + broker.port()), Stream.of(words));
    return MidgeRun.start(all.toArray());
  }

  private MidgeRun run(String... words) {
    return start(words).await();
  }

  /** Returns the retained messages below a topic. */
  private List<String> retained(String filter) {
    return MidgeRun.run("sub", "-p", broker.port(), "-t", filter, "-v", "--retained")
        .outText()
        .lines()
        .sorted()
        .toList();
  }

  private static List<String> each(int count, String line) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> line.replace("#", "" + number))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "paho"})
  void eachHasItsOwnWillWhichComesAfterAReset(String engine) {
    MidgeRun run =
        run(
            "--count",
            "50",
            "--id-prefix",
            "d",
            "--fault",
            "reset@connected",
            "--will-retain",
            "--will-topic",
            "w/{id}",
            "--will-payload",
            "{client} of {x}",
            "--engine",
            engine);

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(run.errText())
        .contains("Connected 50 clients to localhost:", " as d1 to d50 in ", "will on w/{id})")
        .contains("Fault reset@connected: 50 times, at 50 of 50 clients.\n")
        .contains("50 clients: 50 connected, 50 ended by a fault.\n")
        .containsOnlyOnce("reset the connection (TCP RST)");
    assertThat(run.outText()).isEmpty();
    assertThat(retained("w/#")).isEqualTo(each(50, "w/d# # of {x}"));
  }

  /** A standard output whose reader takes nothing before it is told to. */
  private static final class Unread extends OutputStream {
    private final CountDownLatch written = new CountDownLatch(1);
    private final CountDownLatch read = new CountDownLatch(1);

    @Override
    public void write(int b) throws IOException {
      written.countDown();
      try {
        read.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Test
  void whoIsToldOfALateConnackHoldsUpNoOtherClock() throws Exception {
    Unread out = new Unread();
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "" + silent.getLocalPort();
      MidgeRun run =
          MidgeRun.startTo(
              out,
              null,
              InputStream.nullInputStream(),
              (Object[]) ("conn -p " + port + " --count 1 --json --connect-timeout 1").split(" "));

      out.written.await();

      new CompletableFuture<>()
          .completeOnTimeout(null, 1, TimeUnit.MILLISECONDS)
          .get(30, TimeUnit.SECONDS);
      out.read.countDown();
      run.await();
    } finally {
      out.read.countDown();
    }
  }

  @Test
  void noWillComesAfterACleanEnd() {
    MidgeRun run =
        run(
            "--count",
            "50",
            "-I",
            "d",
            "-W",
            "2",
            "--will-retain",
            "--will-topic",
            "w/{id}",
            "--will-payload",
            "x");

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(run.errText())
        .contains("50 clients: 50 connected, 50 ended by DISCONNECT. ")
        .contains("the broker discards the will");
    assertThat(retained("w/#")).isEmpty();
  }

  @Test
  void aStopIsACleanEndOfAll() {
    MidgeRun run =
        start(
            "--count",
            "20",
            "-I",
            "d",
            "--will-retain",
            "--will-topic",
            "w/{client}",
            "--will-payload",
            "x");
    run.awaitErr("Connected 20 clients").stop();

    assertThat(run.status()).isZero();
    assertThat(run.errText()).contains("20 clients: 20 connected, 20 ended by DISCONNECT.");
    assertThat(retained("w/#")).isEmpty();
  }

  @Test
  void refusalsForOneReasonAreOneMessage() throws Exception {
    brokerFault("refuse@connack client=d1*");
    MidgeRun run = start("--count", "20", "-I", "d");
    run.awaitErr("Connected 9 of 20 clients").stop();

    assertThat(run.status()).isEqualTo(0x88);
    assertThat(run.errText())
        .containsOnlyOnce("Error: ")
        .containsOnlyOnce("0x88")
        .contains("\n(11 of 20 clients: d1, d10, d11 and 8 more.)\n")
        .contains("20 clients: 9 connected, 9 ended by DISCONNECT, 11 failed.\n");
  }

  @Test
  void theStatusIsThatOfTheFirstClientThatFailed() throws Exception {
    brokerFault("nack:0x87@connack client=d3");
    brokerFault("nack:0x8A@connack client=d2");

    MidgeRun run = run("--count", "3", "-I", "d", "-W", "2");

    assertThat(run.status()).isEqualTo(0x8A);
    assertThat(run.errText()).contains("(1 of 3 clients: d2.)", "(1 of 3 clients: d3.)");
  }

  @Test
  void aBrokerThatIsNotThereIsToldOnce() throws Exception {
    try (FreePort dead = FreePort.take()) {
      MidgeRun run = MidgeRun.run("conn", "-p", dead.number(), "--count", "30", "-I", "d");

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.errText())
          .containsOnlyOnce("Error: Connection refused")
          .contains("(30 of 30 clients: d1, d2, d3 and 27 more.)")
          .contains("30 clients: 0 connected, 30 failed.");
    }
  }

  @Test
  void eachConnectionHasItsTime() throws Exception {
    brokerFault("silent@connack client=d2");
    MidgeRun run = start("--count", "3", "-I", "d", "--connect-timeout", "3");
    run.awaitErr("(1 of 3 clients: d2.)").stop();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText()).contains("Not connected within 3 s", "3 clients: 2 connected, ");
  }

  @Test
  void aFaultThatDidNotHappenToOneIsAFailure() throws Exception {
    brokerFault("close@connected client=d2");
    MidgeRun run = run("--count", "3", "-I", "d", "-W", "2", "--fault", "reset@publish:1");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText())
        .contains(
            "Error: the planned fault reset@publish:1 did not happen: the end came before. (2 of 3"
                + " clients: d1, d3.)")
        .contains("(1 of 3 clients: d2.)");
  }

  @Test
  void eachComesBackAfterItsFault() {
    MidgeRun run =
        run(
            "--count",
            "5",
            "-I",
            "d",
            "-W",
            "3",
            "--fault",
            "reset@connected",
            "--then",
            "reconnect:10ms",
            "-v");

    assertThat(run.status()).as(run.errText()).isZero();
    for (int number = 1; number <= 5; number++) {
      assertThat(run.errText().split(" as d" + number + " \\(MQTT", -1)).hasSize(3);
    }
    assertThat(run.errText())
        .contains("Fault reset@connected: 5 times, at 5 of 5 clients.")
        .contains("5 clients: 5 connected, 5 ended by DISCONNECT.");
  }

  @Slow("gives forty clients on a busy machine the time to connect, twice")
  @Test
  void chanceDecidesForEachAlone() {
    String[] words = {
      "--count", "40", "-I", "d", "-W", "8", "--fault", "reset@random:0.3", "--fault-seed", "5"
    };
    MidgeRun first = run(words);
    MidgeRun second = run(words);

    assertThat(first.status()).isZero();
    assertThat(first.errText()).containsOnlyOnce("--fault-seed 5");
    // Those whose CONNECT or CONNACK was hit did not come so far.
    assertThat(connected(first)).isBetween(1, 39).isEqualTo(connected(second));
    assertThat(first.errText()).containsPattern("[0-9]+ ended by a fault");
  }

  private static int connected(MidgeRun run) {
    Matcher line = Pattern.compile("40 clients: ([0-9]+) connected").matcher(run.errText());
    assertThat(line.find()).as(run.errText()).isTrue();
    return Integer.parseInt(line.group(1));
  }

  @Test
  void programsHearOfEach() throws Exception {
    brokerFault("refuse@connack client=d2");
    MidgeRun run = run("--count", "2", "-I", "d", "-W", "2", "--json");

    assertThat(run.outText().lines())
        .anyMatch(line -> line.contains("\"event\":\"connected\"") && line.contains("\"d1\""))
        .anyMatch(
            line ->
                line.contains("\"event\":\"ended\",\"client_id\":\"d1\",\"how\":\"disconnected\""))
        .anyMatch(
            line -> line.contains("\"event\":\"failed\",\"client_id\":\"d2\",\"kind\":\"refused\""))
        .hasSize(3);
  }

  @Test
  void withoutAPrefixTheIdsAreMadeByChance() {
    MidgeRun run = run("--count", "2", "-W", "2", "-V", "31");

    assertThat(run.errText()).containsPattern("as (midge-[0-9A-Za-z]{8}-)1 to \\12 in ");
  }

  @Test
  void theyConnectInThatPace() {
    MidgeRun run = run("--count", "3", "-I", "d", "--connect-rate", "10/s", "-W", "2");

    assertThat(run.status()).isZero();
    // Two pauses of 100 ms; the line tells tenths of seconds.
    assertThat(run.errText()).containsPattern("in (0\\.[2-9]|[1-9][0-9]*\\.[0-9]) s");
  }

  @Test
  void aSessionIsKeptForEach() {
    run("--count", "2", "-I", "d", "-W", "2", "-c");
    MidgeRun again = run("--count", "2", "-I", "d", "-W", "2", "-c", "--json");

    assertThat(again.outText().lines().filter(line -> line.contains("\"session_present\":true")))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "--count 2 -i x, --count gives each client an id of its own",
    "--count 0, Invalid --count 0",
    "--count many, Invalid --count many",
    "--count 2 --connect-rate 0, Invalid --connect-rate",
    "--connect-rate 2, --connect-rate needs --count",
    "-v, -v needs --count",
    "--count 2 -c, You must provide a client id",
    "--count 2 -I a+ --will-topic {id}, Invalid will topic 'a+2'",
    "--count 1000000, raise the limit (ulimit -n 1000040)",
  })
  void wrongWordsAreToldBeforeAnybodyConnects(String words, String problem) {
    MidgeRun run = run(words.split(" "));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText()).contains(problem).doesNotContain("Connected");
  }
}
