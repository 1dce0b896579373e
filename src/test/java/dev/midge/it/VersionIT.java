package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.control.Facts;
import dev.midge.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the launcher tells {@code midge version} and {@code midge doctor}. */
class VersionIT {
  private static Facts version(Map<String, String> environment) {
    Program run =
        Program.start(environment, Program.launcher(), "version", "--all", "--json").await();
    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
    return Facts.parse(run.outText());
  }

  @Test
  void theArchiveIsInUseOnceItIsMade() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> version(Map.of()).facts("archive").text("state").equals("in use"));
    Facts archive = version(Map.of()).facts("archive");

    assertThat(Path.of(archive.text("path"))).isAbsolute().isNotEmptyFile();
    assertThat(Program.start(Program.launcher(), "doctor").await().outText())
        .containsPattern("ok +archive +in use");
  }

  @Test
  void whyItIsNotInUseIsTold() {
    assertThat(version(Map.of("MIDGE_ARCHIVE", "off")).facts("archive").text("state"))
        .isEqualTo("none: MIDGE_ARCHIVE is off");
  }

  @Test
  void theJarItsLibrariesAndTheUsersLocaleAreTold() throws Exception {
    Facts facts = version(Map.of("LC_ALL", "POSIX"));
    Path jar = Path.of(facts.facts("program").text("jar"));

    assertThat(facts.text("version")).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(facts.facts("program").text("sha256"))
        .isEqualTo(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar))));
    assertThat(facts.facts("libraries").names()).contains("picocli", "Eclipse Paho mqttv5");
    for (String library : facts.facts("libraries").names()) {
      assertThat(facts.facts("libraries").text(library)).matches("\\d+\\.\\d+.*");
    }
    assertThat(facts.facts("locale").text("name")).isEqualTo("POSIX");
    assertThat(facts.facts("locale").text("charset")).isEqualTo("UTF-8");
    assertThat(
            Program.start(Map.of("LC_ALL", "POSIX"), Program.launcher(), "doctor")
                .await()
                .outText())
        .containsPattern("warning +locale +POSIX is without UTF-8");
  }
}
