package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What pub does not need is not loaded when pub starts: the test remembers, so that people need
 * not.
 */
class StartUpIT {
  private static final Pattern NEEDLESS =
      Pattern.compile(
          " (dev\\.midge\\.(broker|lwt|format|view)\\b|dev\\.midge\\.cli\\.command\\.((Sub|Conn|Broker|Lwt)Command|PubSources)"
              + " |dev\\.midge\\.cli\\.((failure|drill|help|context|view|pipe|make|expect|exec|fleet)\\.|console\\.(Terminal|ControllingTerminal)|MosquittoCompatibility )"
              + "|dev\\.midge\\.net\\.([a-z]+\\.)*(NetFailure|FailedAttempts)"
              + " |org\\.fusesource"
              + "|com\\.fasterxml|javax\\.net\\.ssl|sun\\.security\\.ssl|dev\\.midge\\.net\\.([a-z]+\\.)*(Tls|Unix|Proxied|WebSocket|Frame)\\w*"
              + " |java\\.util\\.logging\\.Logger )");

  @Test
  void pubLoadsNoBrokerNoColoursNoFormatsNoLoggingAndNoTls() throws IOException {
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

      List<String> loaded =
          pub.outText().lines().filter(line -> line.contains("[class,load]")).toList();
      assertThat(pub.status()).as(pub.errText()).isZero();
      assertThat(loaded)
          .filteredOn(line -> line.contains("dev.midge.cli.command.PubCommand "))
          .hasSize(1);
      assertThat(loaded).filteredOn(line -> NEEDLESS.matcher(line).find()).isEmpty();
    }
  }

  @Test
  void wordsThatOnlyHaveToBeSplitNeedNoPicocli() throws IOException {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      String line = "pub -rta -m x --qos=1 -D publish user-property k v -p" + broker.port();
      Program pub = start(line).await();

      assertThat(pub.status()).as(pub.errText()).isZero();
      assertThat(pub.outText())
          .contains("dev.midge.cli.command.PubCommand ")
          .doesNotContain(" picocli.");
    }
  }

  private static Program start(String line) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                "target/midge.jar",
                "dev.midge.Midge"));
    words.addAll(List.of(line.split(" ")));
    return Program.start(words.toArray());
  }

  /**
   * The first comparison of a record by its generated equals spins a hundred classes, and each of
   * the others loads dozens; none is needed for a fault.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conn --fault close@connected",
        "conn --fault reset@after:1ms --will-topic w --will-payload x",
        "pub -t a -m x -q 1 --fault reset@publish-out:1 --then reconnect:1ms",
        "pub -t a -m x --fault delay:1ms --fault close -D publish user-property k v",
        "sub -t a -W 1 --fault close@subscribed --json",
        "rr -t b -e c -m x -W 1 --fault close@publish-out:1",
      })
  void aFaultNeedsNoGeneratedEqualsNoRandomNumbersForSecretsAndNoFormatter(String line)
      throws IOException {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      Program program = start(line + " -p " + broker.port()).await();

      assertThat(program.outText()).as(program.errText()).contains("dev.midge.client.FaultWatch ");
      assertThat(program.outText())
          .doesNotContain(
              " java.lang.runtime.ObjectMethods ",
              " java.security.SecureRandom ",
              " java.util.Formatter ");
    }
  }

  @Test
  void aBrokerWithoutATerminalLoadsNoLineEditorAndNoPicocli() {
    try (Program broker =
        Program.start(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            "-Xlog:class+load",
            "-jar",
            "target/midge.jar",
            "broker",
            "-p",
            "0")) {
      broker.awaitErr(" running");
      broker.awaitOut("dev.midge.control.socket.ControlServer ");
      broker.signal("TERM").await();

      assertThat(broker.status()).as(broker.errText()).isZero();
      assertThat(broker.outText())
          .doesNotContain(" org.jline.", " dev.midge.cli.keyboard.Keyboard ", " picocli.")
          // Only who is asked loads what answers.
          .doesNotContain(" dev.midge.control.Facts ", " com.fasterxml.")
          // Only who has a configuration file loads what reads it.
          .doesNotContain(" dev.midge.broker.config.file.");
    }
  }
}
