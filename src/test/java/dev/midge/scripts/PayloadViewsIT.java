package dev.midge.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of docs/pipelines.md about payloads in other forms, word for word. */
class PayloadViewsIT {
  private static final Path PAGE = Path.of("docs/pipelines.md");
  private static final Pattern SCRIPT =
      Pattern.compile("(?ms)^```sh\\n(.*?)^```\\n\\n```text\\n(.*?)^```$");

  @TempDir Path directory;

  /** A script and what it prints. */
  record Script(String text, String output) {}

  static List<Script> scripts() throws IOException {
    String section =
        Files.readString(PAGE).split("(?m)^## Payloads in other forms$")[1].split("(?m)^## ")[0];
    Matcher matcher = SCRIPT.matcher(section);
    List<Script> scripts =
        matcher.results().map(each -> new Script(each.group(1), each.group(2))).toList();
    assertThat(scripts).hasSize(section.split("(?m)^```sh$").length - 1);
    return scripts;
  }

  private Program run(String script, int port) {
    String path = Program.launcher().getParent() + ":" + System.getenv("PATH");
    return Program.start(
            Map.of("PATH", path, "MIDGE_PORT", String.valueOf(port)),
            "sh",
            "-c",
            "cd \"$0\" && " + script,
            directory)
        .await();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void eachScriptPrintsWhatThePageSays(Script script) throws IOException {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      Program run = run(script.text(), broker.port());

      assertThat(run.outText()).as(run.errText()).isEqualTo(script.output());
      assertThat(run.errText()).isEmpty();
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void mosquittosBrokerCarriesTheSame() throws IOException {
    Script packed = scripts().get(1);
    try (Mosquitto mosquitto = Mosquitto.start()) {
      assertThat(run(packed.text(), mosquitto.port()).outText()).isEqualTo(packed.output());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--decode cbor",
        "--decode msgpack",
        "--decode sparkplug",
        "--schema reading.json"
      })
  void withoutTheJarOfLibrariesOneLineSaysSo(String option) throws IOException {
    Path alone = Files.copy(Path.of("target/midge.jar"), directory.resolve("midge.jar"));
    Files.writeString(directory.resolve("reading.json"), "{}");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    Program sub = run(java + " -jar " + alone + " sub -t a " + option, 1);

    assertThat(sub.errText().lines().findFirst().orElse(""))
        .isEqualTo(
            "Error: "
                + option.replace(" reading.json", "")
                + " needs midge-libraries.jar in the directory of midge.jar, and it is missing or incomplete.");
    assertThat(sub.status()).isEqualTo(1);
  }

  static List<Path> javas() throws IOException {
    try (Stream<Path> jvms = Files.list(Path.of("/usr/lib/jvm"))) {
      return jvms.filter(jvm -> !Files.isSymbolicLink(jvm))
          .map(jvm -> jvm.resolve("bin/java"))
          .filter(Files::isExecutable)
          .toList();
    }
  }

  /** Later versions of Java warn of what some libraries do. */
  @ParameterizedTest
  @MethodSource("javas")
  void noJavaThatIsInstalledWarnsOfTheLibraries(Path java) throws IOException {
    Files.writeString(directory.resolve("any.json"), "{}");
    String midge = java + " -jar " + Path.of("target/midge.jar").toAbsolutePath();
    String pub = midge + " pub -r -q 1 -t a -m '{\"seq\":3}' --encode ";
    String sub = midge + " sub -t a -C 1 --quiet --schema any.json --decode ";
    for (String form : List.of("cbor", "msgpack", "sparkplug")) {
      try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
        Program run = run(pub + form + " && " + sub + form, broker.port());

        assertThat(run.errText()).isEmpty();
        assertThat(run.outText()).startsWith("{\"seq\":3");
        assertThat(run.status()).isZero();
      }
    }
  }
}
