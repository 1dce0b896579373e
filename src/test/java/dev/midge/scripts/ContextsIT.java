package dev.midge.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Installed;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts as a script uses them, with a broker that lets in who has the password. */
class ContextsIT {
  private static final String SECRET = "hush-4711";
  private static final Pattern SCRIPT = Pattern.compile("(?s)```sh\\n(.*?)```");

  @TempDir private Path home;

  private Program script(String lines) {
    String path = Program.launcher().getParent() + ":" + System.getenv("PATH");
    return Program.start(
            Map.of("PATH", path, "HOME", home.toString(), "XDG_CONFIG_HOME", "", "OUT", "x"),
            "sh",
            "-ec",
            "cd \"$HOME\"\n" + lines)
        .await();
  }

  private Mosquitto mosquitto() throws Exception {
    Installed.require("mosquitto_passwd");
    Path passwords = Files.writeString(home.resolve("passwords"), "me:" + SECRET + "\n");
    assertThat(Program.start("mosquitto_passwd", "-U", passwords).await().status()).isZero();
    Files.writeString(home.resolve("pw"), SECRET + "\n");
    return Mosquitto.configured(home, "listener PORT 127.0.0.1", "password_file " + passwords);
  }

  @Test
  void theCommandsOfTheDocumentDoWhatItSays() throws Exception {
    String document = Files.readString(Path.of("docs/pipelines.md"));
    String section = document.substring(document.indexOf("## Contexts"));
    int next = section.indexOf("\n## ", 1);
    try (Mosquitto mosquitto = mosquitto()) {
      List<String> scripts =
          SCRIPT
              .matcher(next < 0 ? section : section.substring(0, next))
              .results()
              .map(block -> block.group(1).replace("1883", "" + mosquitto.port()))
              .toList();
      assertThat(scripts).hasSize(3);

      Program run = script(String.join("", scripts));

      assertThat(run.errText()).isEmpty();
      assertThat(run.status()).isZero();
      assertThat(run.outText())
          .contains("  lab   localhost:" + mosquitto.port() + "\n")
          .contains("  prod  broker.example:8883 over TLS\n")
          .contains("\non\n{")
          .contains("\"payload\":\"on\"")
          .endsWith("-L mqtts://broker.example:8883\n-u me\n--pw-command pass show mqtt/prod\n")
          .doesNotContain(SECRET);
      assertThat(Files.readString(home.resolve(".config/midge/contexts")))
          .doesNotContain("[", "use ", SECRET);
    }
  }

  @Test
  void aScriptCanTellByTheStatus() throws Exception {
    try (Mosquitto mosquitto = mosquitto()) {
      Program run =
          script(
              """
              midge context add a -h localhost -p PORT -u me --pw-file pw
              midge context add a -h localhost || echo "again $?"
              midge pub --context b -t t -m x || echo "unknown $?"
              midge pub --context a -t t -m x -q 1 && echo "published $?"
              midge pub --context a -p 1 -t t -m x || echo "elsewhere $?"
              midge pub --context a -P wrong -t t -m x || echo "refused $?"
              """
                  .replace("PORT", "" + mosquitto.port()));

      assertThat(run.outText())
          .isEqualTo("again 1\nunknown 1\npublished 0\nelsewhere 1\nrefused 135\n");
      assertThat(run.errText()).doesNotContain(SECRET);
    }
  }

  @Test
  void neitherTheProcessListNorAnyOutputShowsThePassword() throws Exception {
    try (Mosquitto mosquitto = mosquitto()) {
      script(
          "midge context add a --store-password -P %s -h localhost -p %d -u me"
              .formatted(SECRET, mosquitto.port()));
      Map<String, String> environment = Map.of("HOME", home.toString(), "XDG_CONFIG_HOME", "");
      try (Program sub =
          Program.start(environment, Program.launcher(), "sub", "-t", "t", "-d", "--context=a")) {
        sub.awaitErr("").awaitOut("SUBACK");
        assertThat(commandLine(sub.pid())).contains("--context=a").doesNotContain(SECRET);
        sub.signal("TERM").await();
        assertThat(sub.outText() + sub.errText()).contains("CONNECT").doesNotContain(SECRET);
      }
      Program shown = script("midge context ls; midge context show a; midge context show a --json");
      assertThat(shown.outText() + shown.errText()).contains("-P ***").doesNotContain(SECRET);
    }
  }

  private static String commandLine(long process) throws IOException {
    return Files.readString(Path.of("/proc", String.valueOf(process), "cmdline"));
  }
}
