package dev.midge.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.testing.MidgeRun;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pub --clients}: many publishers, each with its own id and topic. */
class PubFleetTest {
  private Broker broker;

  @BeforeEach
  void startBroker() throws Exception {
    broker = Broker.start(BrokerConfig.onFreePort());
    // A kept session, so that it does not matter who is faster.
    MidgeRun.run("sub", "-p", broker.port(), "-i", "s", "-c", "-t", "t/#", "-q", "1", "-E");
  }

  @AfterEach
  void closeBroker() {
    broker.close();
  }

  private List<String> received(int count) {
    return MidgeRun.run(
            "sub", "-p", broker.port(), "-i", "s", "-c", "-t", "t/#", "-q", "1", "-v", "-C", count)
        .outText()
        .lines()
        .toList();
  }

  private MidgeRun pub(String input, String... words) {
    Stream<String> all =
        Stream.concat(Stream.of("pub", "-p", "" + broker.port(), "-q", "1"), Stream.of(words));
    return MidgeRun.runWithInput(input.getBytes(StandardCharsets.UTF_8), all.toArray());
  }

  @Test
  void eachPublishesTheMessageToItsTopic() {
    MidgeRun run = pub("", "--clients", "20", "-I", "d", "-t", "t/{id}/{client}/{x}", "-m", "{id}");

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(run.errText()).isEmpty();
    assertThat(received(20))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 20).mapToObj(n -> "t/d" + n + "/" + n + "/{x} {id}").toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "paho"})
  void eachRepeats(String engine) {
    MidgeRun run =
        pub(
            "",
            "--clients",
            "3",
            "-I",
            "d",
            "-t",
            "t/{client}",
            "-m",
            "x",
            "--repeat",
            "4",
            "--engine",
            engine);

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(received(12).stream().collect(Collectors.groupingBy(l -> l, Collectors.counting())))
        .containsOnly(Map.entry("t/1 x", 4L), Map.entry("t/2 x", 4L), Map.entry("t/3 x", 4L));
  }

  @Test
  void linesAreDealtOutInTurn() {
    MidgeRun run = pub("a\nb\nc\nd\ne\n", "--clients", "2", "-I", "d", "-t", "t/{client}", "-l");

    assertThat(run.status()).as(run.errText()).isZero();
    List<String> received = received(5);
    assertThat(received.stream().filter(line -> line.startsWith("t/1 ")))
        .containsExactly("t/1 a", "t/1 c", "t/1 e");
    assertThat(received.stream().filter(line -> line.startsWith("t/2 ")))
        .containsExactly("t/2 b", "t/2 d");
  }

  @Test
  void linesGoToThoseWhoAreConnected() throws Exception {
    broker.faults().add(FaultParser.parse("refuse@connack client=d2", FaultSide.BROKER));
    MidgeRun run = pub("a\nb\nc\n", "--clients", "3", "-I", "d", "-t", "t/{client}", "-l");

    assertThat(run.status()).isEqualTo(0x88);
    assertThat(run.errText())
        .contains("(1 of 3 clients: d2.)")
        .contains("3 clients: 2 connected, 2 ended by DISCONNECT, 1 failed.");
    assertThat(received(3)).containsExactlyInAnyOrder("t/1 a", "t/3 b", "t/1 c");
  }

  @Test
  void refusedMessagesAreToldOnceAndDecideTheStatus() throws Exception {
    broker.faults().add(FaultParser.parse("nack:0x87@publish-out:1", FaultSide.BROKER));
    String[] words = {"--clients", "5", "-I", "d", "-t", "t", "-m", "x"};
    MidgeRun lenient = pub("", words);
    MidgeRun strict =
        pub("", Stream.concat(Stream.of(words), Stream.of("--strict")).toArray(String[]::new));

    assertThat(lenient.status()).as(lenient.errText()).isZero();
    assertThat(lenient.errText()).contains("5 times in all: Warning: Publish 1 failed: Not auth");
    assertThat(lenient.errText().lines().limit(2))
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("Warning: Publish 1 failed: Not authorized."),
            second ->
                assertThat(second)
                    .matches("\\(d[1-5]; others are counted, and told of at the end\\.\\)"));
    assertThat(strict.status()).isEqualTo(50);
  }

  @Test
  void eachIsHitByItsFault() {
    MidgeRun run =
        pub(
            "",
            "--clients",
            "4",
            "-I",
            "d",
            "-t",
            "t/{client}",
            "-m",
            "x",
            "--repeat",
            "3",
            "--fault",
            "reset@publish:2",
            "--will-topic",
            "t/will/{id}",
            "--will-payload",
            "gone",
            "--will-retain");

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(run.errText()).contains("Fault reset@publish:2: 4 times, at 4 of 4 clients.");
    assertThat(
            MidgeRun.run("sub", "-p", broker.port(), "-t", "t/will/+", "-v", "-C", "4", "-W", "20")
                .outText()
                .lines())
        .allMatch(line -> line.startsWith("t/will/d"))
        .hasSize(4);
  }

  @Test
  void mosquittosToolHasNoneOfIt() {
    MidgeRun run = MidgeRun.runAs("mosquitto_pub", "--clients", "2", "-t", "t", "-m", "x");

    assertThat(run.errText()).contains("Unknown option '--clients'");
  }
}
