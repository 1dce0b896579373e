package dev.midge.cli.about;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.control.Facts;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tries {@code midge version} with and without its options. */
class VersionTest {
  private static final String SECRET = "hush-4711";
  private static final List<String> SECTIONS =
      List.of(
          "program",
          "java",
          "system",
          "archive",
          "engines",
          "libraries",
          "files",
          "locale",
          "terminal",
          "environment");

  private static Facts json(Map<String, String> environment) {
    MidgeRun run = MidgeRun.startAs(null, environment, "version", "--all", "--json").await();
    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.outText().lines()).hasSize(1);
    return Facts.parse(run.outText());
  }

  @Test
  void withoutMoreItIsTheLineOfTheOption() {
    String line = MidgeRun.run("--version").outText();

    assertThat(line).startsWith("midge version ").hasLineCount(1);
    assertThat(MidgeRun.run("version").outText()).isEqualTo(line);
    assertThat(MidgeRun.run("version", "--version").outText()).isEqualTo(line);
    assertThat(MidgeRun.run("version", "--json").outText())
        .isEqualTo("{\"version\":\"" + line.substring("midge version ".length()).strip() + "\"}\n");
  }

  @Test
  void allIsInSectionsAsTextAndAsJson() {
    Facts facts = json(Map.of());
    String text = MidgeRun.run("version", "--all").outText();

    assertThat(facts.names()).containsExactly(concat("version", SECTIONS));
    for (String section : SECTIONS) {
      assertThat(text.toLowerCase(java.util.Locale.ROOT)).contains("\n\n" + section + "\n");
      for (String name : facts.facts(section).names()) {
        assertThat(text).containsPattern("(?m)^  " + name.replace('_', ' ') + "( |$)");
      }
    }
    assertThat(text.lines().filter(line -> !line.contains("/")))
        .allMatch(line -> line.length() <= 80);
    assertThat(facts.facts("java").text("home")).isEqualTo(System.getProperty("java.home"));
    assertThat(facts.facts("system").text("architecture")).isEqualTo(System.getProperty("os.arch"));
  }

  private static String[] concat(String first, List<String> others) {
    String[] all = new String[others.size() + 1];
    all[0] = first;
    for (int i = 0; i < others.size(); i++) {
      all[i + 1] = others.get(i);
    }
    return all;
  }

  @Test
  void filesAreNamedAndWhetherTheyAreThere(@TempDir Path home) throws IOException {
    Files.writeString(home.resolve("midge_pub"), "-q 1\n");
    Facts files = json(Map.of("XDG_CONFIG_HOME", home.toString())).facts("files");

    assertThat(files.text("options_pub")).isEqualTo(home + "/midge_pub");
    assertThat(files.text("options_sub")).isEqualTo(home + "/mosquitto_sub (not there)");
    assertThat(files.text("contexts")).isEqualTo(home + "/midge/contexts (not there)");
  }

  @Test
  void ofVariablesTheNamesAreToldAndNoSecret(@TempDir Path home) throws IOException {
    Files.writeString(home.resolve("midge_pub"), "-P " + SECRET + "\n");
    Map<String, String> environment =
        Map.of(
            "XDG_CONFIG_HOME",
            home.toString(),
            "MIDGE_PASSWORD",
            SECRET,
            "MIDGE_PROXY",
            "socks5h://u:" + SECRET + "@p",
            "MIDGE_ENGINE",
            SECRET,
            "JAVA_TOOL_OPTIONS",
            "-Dsecret=" + SECRET,
            "OTHER",
            SECRET);
    Facts facts = json(environment);

    assertThat(facts.facts("environment").words("set"))
        .containsExactly(
            "JAVA_TOOL_OPTIONS",
            "MIDGE_ENGINE",
            "MIDGE_PASSWORD",
            "MIDGE_PROXY",
            "XDG_CONFIG_HOME");
    assertThat(facts.careful()).doesNotContain(SECRET);
    assertThat(MidgeRun.startAs(null, environment, "version", "--all").await().outText())
        .contains("neither paho nor direct")
        .doesNotContain(SECRET);
    assertThat(json(Map.of("MIDGE_ENGINE", "paho")).facts("engines").text("chosen"))
        .isEqualTo("paho");
  }

  /** The table of docs/engines.md says the same of each command. */
  @Test
  void enginesAreThoseOfTheDocument() throws IOException {
    String document = Files.readString(Path.of("docs/engines.md")).replace("`", "");
    Facts engines = json(Map.of()).facts("engines");
    for (String name : engines.names()) {
      if (!name.equals("chosen")) {
        assertThat(document).contains("\n| " + name + " | " + engines.text(name));
      }
    }
  }

  @Test
  void theUsersLocaleIsTheFirstThatIsSet() {
    assertThat(UsersLocale.name(Map.of("LC_ALL", "", "LC_CTYPE", "C", "LANG", "de_DE")))
        .isEqualTo("C");
    assertThat(UsersLocale.name(Map.of())).isEmpty();
  }
}
