package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.RawClient;
import dev.midge.testing.Slow;
import dev.midge.testing.willbroker.Behaviour;
import dev.midge.testing.willbroker.Behaviour.Denial;
import dev.midge.testing.willbroker.WillBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Brokers that refuse, fall silent or go away in the middle are not accused of what they did not
 * do.
 */
@Slow("waits for brokers that are silent")
@Execution(ExecutionMode.CONCURRENT)
class LwtOnOddBrokersTest {
  private static final String PREFIX = "forbidden/";

  @ParameterizedTest(name = "{0}, MQTT {1}")
  @CsvSource({
    "PUBLISH, 5, 135",
    "PUBLISH, 311, 5",
    "SUBSCRIBE, 5, 135",
    "SUBSCRIBE, 311, 5",
    "READ, 5, 135",
    "READ, 31, 5"
  })
  void anAccessListIsToldInOneLineAndNoRowIsPlayed(Denial denial, String version, int status) {
    try (WillBroker broker = WillBroker.start(Behaviour.honest().denying(PREFIX, denial))) {
      MidgeRun run =
          MidgeRun.run("lwt", "-p", broker.port(), "-V", version, "--prefix", "forbidden");

      assertThat(run.errText())
          .hasLineCount(1)
          .startsWith("Error: this user may not publish, or not read, below forbidden/")
          .contains("--prefix");
      assertThat(run.outText()).isEmpty();
      assertThat(run.status()).isEqualTo(status);
    }
  }

  @Test
  void aBrokerThatDiesInTheFifthRowLeavesTheRestUnexamined() throws IOException {
    AtomicInteger wills = new AtomicInteger();
    try (WillBroker broker =
        WillBroker.start(
            Behaviour.honest()
                .dyingAfter(packet -> hasWill(packet) && wills.incrementAndGet() == 5))) {
      MidgeRun run = MidgeRun.run("lwt", "-p", broker.port(), "--json");

      List<String> verdicts = LwtTest.verdicts(run.out());
      assertThat(verdicts).doesNotContain("failed");
      assertThat(verdicts.subList(5, verdicts.size())).containsOnly("not examined");
      // Rows wait side by side: one of them may have had a session that cannot be removed now.
      assertThat(run.errText()).startsWith("Error: The broker was lost").contains("not examined");
      assertThat(run.errText().lines().skip(1)).allMatch(line -> line.contains("left behind on"));
      assertThat(run.status()).isEqualTo(7);
    }
  }

  private static boolean hasWill(Packet packet) {
    return packet instanceof Connect connect && connect.will() != null;
  }

  @Test
  void aBrokerThatAcceptsAndStaysSilentEndsTheDrill() {
    try (WillBroker broker = WillBroker.start(Behaviour.honest().silentAfterAccept())) {
      MidgeRun run = MidgeRun.run("lwt", "-p", broker.port(), "--connect-timeout", 1);

      assertThat(run.errText()).startsWith("Error: Not connected within 1 s (--connect-timeout)");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 135", "311, 5"})
  void aRefusedConnectionHasTheStatusOfItsCode(String version, int code) {
    try (WillBroker broker = WillBroker.start(Behaviour.honest().refusing(code))) {
      MidgeRun run = MidgeRun.run("lwt", "-p", broker.port(), "-V", version, "--quiet");

      assertThat(run.status()).isEqualTo(code);
      assertThat(run.errText()).startsWith("Error: The broker refused the connection: ");
      assertThat(run.outText()).isEmpty();
    }
  }

  /** A build server that reads the file alone must not find the result of the run before. */
  @ParameterizedTest
  @CsvSource({"0, CONNACK 0x87", "135, this user may not publish"})
  void aDrillThatCannotBeginReplacesTheFilesOfTheRunBefore(
      int denies, String reason, @TempDir Path files) throws IOException {
    Path junit = Files.writeString(files.resolve("lwt.xml"), "<testsuites/>");
    Path report = files.resolve("lwt.md");
    Behaviour behaviour =
        denies == 0
            ? Behaviour.honest().refusing(135)
            : Behaviour.honest().denying(PREFIX, Denial.PUBLISH);
    try (WillBroker broker = WillBroker.start(behaviour)) {
      MidgeRun run =
          MidgeRun.run(
              "lwt",
              "-p",
              broker.port(),
              "--prefix",
              "forbidden",
              "--only",
              "clean,reset",
              "--junit",
              junit,
              "--report",
              report);

      assertThat(run.status()).isEqualTo(135);
      assertThat(run.outText()).isEmpty();
      assertThat(junit)
          .content()
          .contains("tests=\"3\" failures=\"0\" errors=\"1\" skipped=\"2\"")
          .contains("<error message=\"The drill ended early: " + reason);
      assertThat(report).content().contains("The drill ended early: `" + reason);
    }
  }

  /** Whatever row is played when the signal comes. */
  @ParameterizedTest
  @CsvSource({"1", "12", "25", "40"})
  void afterASignalNothingIsLeftBehind(int clients) throws IOException {
    AtomicInteger wills = new AtomicInteger();
    CompletableFuture<MidgeRun> started = new CompletableFuture<>();
    try (WillBroker broker =
        WillBroker.start(
            Behaviour.honest()
                .dyingAfter(
                    packet -> {
                      if (hasWill(packet) && wills.incrementAndGet() == clients) {
                        started.join().requestStop();
                      }
                      return false;
                    }))) {
      MidgeRun run = MidgeRun.start("lwt", "-p", broker.port(), "--prefix", "stopped");
      started.complete(run);

      assertThat(run.await().status()).isEqualTo(130);
      assertThat(run.outText()).contains("not examined");
      assertNothingIsRetained(broker.port());
    }
  }

  /** The wills of all clients that were still connected are due by then. */
  private static void assertNothingIsRetained(int port) throws IOException {
    try (RawClient client = RawClient.connected(port, ProtocolVersion.V5, "late")) {
      client.subscribe("#", Qos.AT_MOST_ONCE);
      client.publish(Message.of("marker", new byte[] {'m'}, Qos.AT_MOST_ONCE, false));
      client.expectMessage("m");
      client.send(Disconnect.NORMAL);
    }
  }

  @Test
  void nothingIsLeftBehindAtTheEndEither() throws IOException {
    try (WillBroker broker = WillBroker.honest()) {
      MidgeRun run = MidgeRun.run("lwt", "-p", broker.port(), "--only", "retained*,expiry,kept");

      assertThat(run.status()).as(run.outText()).isZero();
      assertNothingIsRetained(broker.port());
    }
  }
}
