package dev.midge.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Installed;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The package for npm, installed as its users install it, but from a file. */
class NpmIT {
  /** The directory goes with the test, and nothing may be made in it meanwhile. */
  private static final Map<String, String> NO_ARCHIVE = Map.of("MIDGE_ARCHIVE", "off");

  @TempDir static Path prefix;
  private static Path midge;

  @BeforeAll
  static void install() throws IOException {
    Path tarball = Packages.made().one("midge-mqtt-", ".tgz");
    Installed.require("npm");
    Program install =
        Program.start(
                "npm",
                "install",
                "--global",
                "--offline",
                "--no-audit",
                "--no-fund",
                "--prefix",
                prefix,
                "--cache",
                prefix.resolve("cache"),
                tarball)
            .await();
    assertThat(install.status()).as(install.errText()).isZero();
    midge = prefix.resolve("bin/midge");
  }

  @Test
  void itIsTheSameMidge() {
    Program run = Program.start(NO_ARCHIVE, midge, "pub", "--help").await();

    assertThat(run.outText()).isEqualTo(Program.midge("pub", "--help").await().outText());
    assertThat(run.status()).isZero();
  }

  @Test
  void aMessageAndABrokerPassThroughIt() {
    try (Program broker = Program.start(NO_ARCHIVE, midge, "broker", "-p", "0").awaitOut("\n")) {
      String port = broker.outText().strip();
      Program pub =
          Program.start(NO_ARCHIVE, midge, "pub", "-p", port, "-q", "1", "-rt", "a", "-s")
              .input(bytes())
              .await();
      assertThat(pub.status()).as(pub.errText()).isZero();

      Program sub =
          Program.start(NO_ARCHIVE, midge, "sub", "-p", port, "-t", "a", "-C", "1", "-N").await();

      assertThat(sub.out()).isEqualTo(bytes());
      assertThat(broker.signal("TERM").await().status()).isZero();
    }
  }

  @Test
  void aSignalReachesMidgeAndNothingStays() {
    try (Program broker = Program.start(NO_ARCHIVE, midge, "broker", "-p", "0").awaitOut("\n")) {
      ProcessHandle java =
          ProcessHandle.of(broker.pid()).orElseThrow().descendants().findFirst().orElseThrow();

      broker.signal("INT").await();

      assertThat(broker.status()).isZero();
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> !java.isAlive());
    }
  }

  @ParameterizedTest
  @CsvSource({"end, 0", "close, 0", "kill, 137"})
  void itEndsAsMidgeEnds(String fault, int status) {
    try (Program broker = Program.start(NO_ARCHIVE, midge, "broker", "-p", "0").awaitOut("\n")) {
      String port = broker.outText().strip();
      String line = "MIDGE_ARCHIVE=off " + midge + " pub -p " + port + " -t a -m x";

      Program run = Program.shell(fault.equals("end") ? line : line + " --fault " + fault).await();

      assertThat(run.status()).as(run.errText()).isEqualTo(status);
      assertThat(broker.signal("TERM").await().status()).isZero(); // a killed one leaves its java
    }
  }

  @Test
  void withoutJavaItSaysSo() {
    Map<String, String> environment = Map.of("PATH", "/nowhere", "JAVA_HOME", "");
    String node = Program.shell("command -v node").await().outText().strip();

    Program run = Program.start(environment, node, midge, "--version").await();

    assertThat(run.errText()).contains("needs Java 17 or newer");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void manualsComeWithItAndNothingRunsAtItsInstallation() throws IOException {
    Path inside = prefix.resolve("lib/node_modules/midge-mqtt");

    assertThat(prefix.resolve("share/man/man1/midge-pub.1")).isRegularFile();
    assertThat(inside.resolve("completions/midge.bash")).isRegularFile();
    assertThat(inside.resolve("lib/midge-libraries.jar")).isRegularFile();
    assertThat(inside.resolve("licenses/NOTICE")).isRegularFile();
    assertThat(Files.readString(inside.resolve("package.json"))).doesNotContain("scripts");
  }

  private static byte[] bytes() {
    return new byte[] {0, -1, 'x', '\n', 13};
  }
}
