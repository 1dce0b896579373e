package dev.midge.behaviour;

import dev.midge.broker.config.Limits;
import dev.midge.testing.Slow;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Payloads of many sizes, in every QoS and both versions, through every door of the mini broker.
 */
@Slow("a hundred payloads, some of many megabytes")
class PayloadSizesTest {
  @TempDir static Path directory;
  private static MiniBrokerWithDoors broker;

  @BeforeAll
  static void start() throws Exception {
    Limits limits = Limits.builder().maxPacketSize(32 * 1024 * 1024).build();
    broker = new MiniBrokerWithDoors(directory, limits);
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  static Stream<Arguments> table() {
    return PayloadTrial.table(Door.values());
  }

  @ParameterizedTest(name = "{0}, version {1}, {2} bytes")
  @MethodSource("table")
  void everySizeTravelsThroughEveryDoor(Door door, String version, int size) throws Exception {
    new PayloadTrial(directory).travels(broker.endpoint(door), version, size);
  }
}
