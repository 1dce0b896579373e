package dev.midge.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Installed;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** The benchmarks run, as short as they can, and fill their part of docs/benchmarks.md. */
class BenchmarksIT {
  private static final Path SCRIPTS = Path.of("src/bench").toAbsolutePath();

  @TempDir private Path directory;
  private Path document;

  @BeforeEach
  void copyTheDocument() throws IOException {
    document = Files.copy(Path.of("docs/benchmarks.md"), directory.resolve("benchmarks.md"));
  }

  private static Program run(String script, Object... words) {
    Object[] command = new Object[words.length + 1];
    command[0] = SCRIPTS.resolve(script);
    System.arraycopy(words, 0, command, 1, words.length);
    return Program.start(command).await();
  }

  /** Returns what stands between the marks now; all else in the document must be as it was. */
  private String filled(String name) throws IOException {
    String old = Files.readString(Path.of("docs/benchmarks.md"));
    String now = Files.readString(document);
    String begin = "<!-- " + name + ": begin -->";
    String end = "<!-- " + name + ": end -->";
    assertThat(now).startsWith(old.substring(0, old.indexOf(begin) + begin.length()));
    assertThat(now).endsWith(old.substring(old.indexOf(end)));
    return now.substring(now.indexOf(begin), now.indexOf(end));
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker", "clients", "growth", "launcher", "proxy", "quick"})
  void eachTellsItsUse(String script) {
    Program run = run(script, "--help");

    assertThat(run.outText()).startsWith("usage: src/bench/" + script + " ");
    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void theBrokerIsMeasuredAgainstMosquittoAsItComesAndWithNoDelay() throws Exception {
    Installed.require("mosquitto");

    Program run =
        run(
            "broker",
            "--rounds",
            1,
            "--seconds",
            0.1,
            "--warm-up",
            0.1,
            "--only",
            "1-1-qos1",
            "--only",
            "latency-qos0",
            "--markdown",
            document);

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(filled("measured"))
        .contains("`src/bench/broker --rounds 1 --seconds 0.1")
        .contains("| midge | mosquitto as it comes | midge / that | with `set_tcp_nodelay true` |")
        .containsPattern("\\| 1 → 1, QoS 1 \\| \\d")
        .containsPattern("\\| QoS 0, p99 \\| \\d")
        .containsPattern("deliveries against mosquitto's \\| [\\d.]+ × \\| ≥ 8 × \\|")
        .doesNotContain("Failed");
  }

  @Test
  void theClientsAreMeasuredAtBothMosquittos() throws Exception {
    Installed.require("mosquitto");
    Installed.require("mosquitto_pub");

    Program run = run("clients", "--rounds", 1, "--only", "pub-1-60000", "--markdown", document);

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(filled("clients"))
        .contains("`src/bench/clients --rounds 1 --only pub-1-60000")
        .contains("### Lines of 64 bytes, published, at mosquitto as it comes\n")
        .contains("### Lines of 64 bytes, published, at mosquitto with `set_tcp_nodelay true`\n")
        .containsPattern("\\| `pub -l`, QoS 1, 60,000 \\| \\d")
        .contains("### Against the aims\n")
        .doesNotContain("Failed");
  }

  private Program growth(Path picture, String series, String other) {
    return run(
        "growth",
        "--rounds",
        1,
        "--warm-up",
        0.1,
        "--largest",
        10,
        "--only",
        series,
        "--only",
        other,
        "--markdown",
        document,
        "--picture",
        picture);
  }

  @Test
  void growthIsATable() throws Exception {
    Installed.require("mosquitto");

    Program run = growth(directory.resolve("growth.svg"), "connections", "retained");

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(filled("growth"))
        .contains("`src/bench/growth --rounds 1 --warm-up 0.1 --largest 10")
        .contains("### Idle connections\n")
        .contains("### Retained messages\n")
        .containsPattern("\\| 10 \\| [\\d.]+ \\| [\\d.]+ \\| [\\d.]+ \\| [\\d.]+ \\|")
        .doesNotContain("Failed");
  }

  @Test
  void growthIsAPicture() throws Exception {
    Installed.require("mosquitto");
    Path picture = directory.resolve("images/growth.svg");

    Program run = growth(picture, "subscriptions", "levels");

    assertThat(run.status()).as(run.errText()).isZero();
    Element svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(picture.toFile())
            .getDocumentElement();
    assertThat(svg.getTagName()).isEqualTo("svg");
    assertThat(svg.getElementsByTagName("style").item(0).getTextContent())
        .contains("prefers-color-scheme: dark");
    // Two operations and the memory, of midge and mosquitto, in two series.
    assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(12);
  }

  @Test
  void theLauncherIsMeasuredByEachShellOfThisSystem() {
    Program run = run("launcher", "--rounds", 1);

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(run.outText())
        .startsWith("a bare JVM: ")
        .containsPattern("\nin a checkout, (dash|bash) +-?[\\d.]+ ms +-?[\\d.]+ ×\n")
        .containsPattern("\ninstalled, (dash|bash) +-?[\\d.]+ ms ")
        .containsPattern("\ninstalled, by a link, (dash|bash) +-?[\\d.]+ ms ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker", "clients", "growth", "launcher", "proxy"})
  void anUnknownOptionIsRefused(String script) {
    Program run = run(script, "--colour", "red");

    assertThat(run.errText()).startsWith("what is --colour?\nusage: src/bench/" + script + " ");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void quickNamesTheCommitThatIsNone() {
    Program run = run("quick", "no-such-commit");

    assertThat(run.errText()).isEqualTo("bench: no such commit: no-such-commit\n");
    assertThat(run.status()).isEqualTo(1);
  }
}
