package dev.midge.lwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.embedded.EmbeddedBroker;
import dev.midge.client.ClientEvents;
import dev.midge.client.EngineKind;
import dev.midge.lwt.row.DrillListener;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.Verdict;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

class StoppedDrillTest {

  @ParameterizedTest
  @NullSource
  @EnumSource
  void aClientThatCameAfterTheStopLeavesNoWill(EngineKind engine) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.create().start()) {
      Endpoint endpoint = new Endpoint("127.0.0.1", broker.port(), null);
      AtomicReference<Drill> drill = new AtomicReference<>();
      DrillListener stopping =
          new DrillListener() {
            @Override
            public void row(int number, int of, Row row) {
              drill.get().stop(); // The row has not begun.
            }
          };
      DrillSpec spec = new DrillSpec(Drills.rows("reset"), 1, Duration.ofSeconds(4), false, null);
      drill.set(
          new Drill(
              Drills.target(endpoint, ProtocolVersion.V5, engine),
              spec,
              stopping,
              ClientEvents.NONE));

      assertThat(drill.get().run().rows())
          .extracting(RowResult::verdict)
          .containsExactly(Verdict.NOT_EXAMINED);
      await().until(() -> broker.connected().isEmpty());
      assertThat(broker.messages("drill/reset/#").all()).isEmpty();
    }
  }
}
