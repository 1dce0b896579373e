package dev.midge.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.client.FaultStory.Expected;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Heard;
import dev.midge.testing.ObservedBroker;
import dev.midge.testing.ObservedBroker.Observed;
import dev.midge.testing.ObservedBroker.Step;
import dev.midge.testing.Playing;
import dev.midge.testing.Program;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fault kill at every moment of a client: the process is gone, and the broker sees no more. */
@EachEngine
@Execution(ExecutionMode.CONCURRENT)
class KillAtEveryMomentIT {
  @Parameter EngineKind engine;

  static Stream<String> moments() {
    return FaultPairsOfAClientTest.moments("kill");
  }

  private List<Step> baseline(String fault) throws Exception {
    String variant = FaultPairsOfAClientTest.variant(fault);
    try (ObservedBroker broker = new ObservedBroker(fault.contains("@disconnect-in"))) {
      Heard heard = new Heard();
      Playing.of(() -> FaultConversation.play(broker.port(), engine, variant, heard)).result();
      await().until(() -> !broker.connections().get(0).ending().isEmpty());
      return broker.connections().get(0).steps();
    }
  }

  @ParameterizedTest
  @MethodSource("moments")
  void theProcessIsGone(String fault) throws Exception {
    Expected expected = FaultStory.expected(fault, baseline(fault));
    try (ObservedBroker broker = new ObservedBroker(fault.contains("@disconnect-in"))) {
      Program client =
          Program.start(
                  Path.of(System.getProperty("java.home"), "bin", "java"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.midge.client.FaultConversation",
                  broker.port(),
                  engine,
                  fault)
              .await();

      assertThat(client.status()).as(client.errText()).isEqualTo(137);
      await().until(() -> !broker.connections().isEmpty());
      Observed seen = broker.connections().get(0);
      await().until(() -> !seen.ending().isEmpty());
      assertThat(HexFormat.of().formatHex(seen.bytes()))
          .isEqualTo(HexFormat.of().formatHex(expected.bytes()));
      assertThat(broker.connections()).hasSize(1);
    }
  }
}
