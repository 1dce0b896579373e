package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What pub does not need is not loaded when pub starts: the test remembers, so that people need
 * not.
 */
class StartUpIT {
  @Test
  void pubLoadsNoBrokerNoColoursNoFormatsAndNoLogging() throws IOException {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      Program pub =
          Program.start(
                  Path.of(System.getProperty("java.home"), "bin", "java"),
                  "-Xlog:class+load",
                  "-jar",
                  "target/midge.jar",
                  "pub",
                  "-p",
                  broker.port(),
                  "-t",
                  "a",
                  "-m",
                  "x")
              .await();

      List<String> loaded = pub.outText().lines().toList();
      assertThat(pub.status()).as(pub.errText()).isZero();
      assertThat(loaded).anyMatch(line -> line.contains("dev.midge.cli.PubCommand "));
      assertThat(loaded)
          .noneMatch(line -> line.contains("dev.midge.broker"))
          .noneMatch(line -> line.contains("dev.midge.lwt"))
          .noneMatch(line -> line.contains("dev.midge.format"))
          .noneMatch(line -> line.contains("org.fusesource.jansi"))
          .noneMatch(line -> line.contains("com.fasterxml"))
          .noneMatch(line -> line.contains("dev.midge.cli.SubCommand"))
          .noneMatch(line -> line.contains("java.util.logging.Logger "))
          .noneMatch(line -> line.contains("java.util.ResourceBundle "));
    }
  }
}
