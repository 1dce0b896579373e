package dev.midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.parse.RawArguments;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong command lines under mosquitto's names, to the letter. Nothing is connected to. */
class DropInUsageTest {
  private static final Path TABLE = Path.of("src/test/resources/cli/drop-in-usage-errors.txt");
  private static final Pattern LONG = Pattern.compile("\\{long:(\\d+)}");
  private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

  record Row(String tool, String words, String text) {}

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] columns = line.split(" \\| ?", 3);
      for (char tool : columns[0].toCharArray()) {
        String name = tool == 'P' ? "pub" : tool == 'S' ? "sub" : "rr";
        rows.add(new Row("mosquitto_" + name, columns[1], columns[2]));
      }
    }
    return rows;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void eachUsageErrorOfTheContractHasItsTextAndStatus1(Row row) {
    MidgeRun run = MidgeRun.runAs(row.tool(), (Object[]) words(row.words()));

    assertThat(run.errText()).isEqualTo(expected(row));
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  private static String[] words(String line) {
    String[] words = line.split(" ");
    for (int i = 0; i < words.length; i++) {
      Matcher matcher = LONG.matcher(words[i]);
      if (matcher.matches()) {
        words[i] = "x".repeat(Integer.parseInt(matcher.group(1)));
      }
      words[i] =
          BYTE.matcher(words[i].replace("''", ""))
              .replaceAll(
                  found ->
                      // As the command line of the process would bring it.
                      RawArguments.decode(
                          new byte[] {(byte) Integer.parseInt(found.group(1), 16)}, 0, 1));
    }
    return words;
  }

  private static String expected(Row row) {
    String text = row.text().replace("\\n", "\n");
    if (text.startsWith("[")) {
      String line = text.substring(1, text.length() - 1);
      return line.isEmpty() ? "" : line + "\n";
    }
    String hint = "\nUse '" + row.tool() + " --help' to see usage.\n";
    return text.isEmpty() ? hint : text + "\n" + hint;
  }

  @Test
  void pubWithoutTopicOrMessagePrintsTheUsageTextOnStandardOutput() {
    for (String[] words : new String[][] {{}, {"-t", "a"}, {"-m", "x"}, {"--quiet", "-m", "x"}}) {
      MidgeRun run = MidgeRun.runAs("mosquitto_pub", (Object[]) words);

      assertThat(run.errText()).isEqualTo("Error: Both topic and message must be supplied.\n");
      assertThat(run.outText()).isEqualTo(MidgeRun.runAs("mosquitto_pub", "--help").outText());
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void quietSilencesImpossibleSettingsAndNothingElse() {
    MidgeRun setting = MidgeRun.runAs("mosquitto_pub", "-t", "a", "-m", "x", "-P", "p", "--quiet");
    MidgeRun word = MidgeRun.runAs("mosquitto_pub", "--quiet", "--will-retain");

    assertThat(setting.errText()).isEmpty();
    assertThat(setting.status()).isEqualTo(1);
    assertThat(word.errText()).startsWith("Error: Will retain given");
  }

  @Test
  void helpAndVersionGoToStandardOutputWithStatus1AndEndTheLine() {
    for (String tool : new String[] {"mosquitto_pub", "mosquitto_sub", "mosquitto_rr"}) {
      MidgeRun help = MidgeRun.runAs(tool, "-q", "1", "--help", "--bogus");
      MidgeRun version = MidgeRun.runAs(tool, "--version", "--bogus");

      assertThat(help.outText()).startsWith("Usage: " + tool).doesNotContain("--fault");
      assertThat(version.outText()).startsWith(tool + " version ").hasLineCount(1);
      assertThat(help.errText() + version.errText()).isEmpty();
      assertThat(List.of(help.status(), version.status())).containsOnly(1);
    }
  }

  @Test
  void theBrokersNameHasItsOwnTextsAndStatus3() {
    String[][] lines = {
      {"-p", "Error: -p argument given, but no port specified."},
      {"-c", "Error: -c argument given, but no config file specified."},
      {"-p 0", "Error: Invalid port specified (0)."},
      {"-p abc", "Error: Invalid port specified (0)."},
      {"--port 65536", "Error: Invalid port specified (65536)."},
      {"--bogus", "Error: Unknown option '--bogus'."},
      {"-p1883", "Error: Unknown option '-p1883'."},
      {"-c x.conf", "Error: Unable to open config file 'x.conf'."},
      {"--test-config", "Error: Please provide a configuration file to test."},
      {"--cert x", "Error: Unknown option '--cert'."},
      {"--user a:b", "Error: Unknown option '--user'."},
      {"-d", "Error: -d is not supported: a JVM cannot become a daemon by itself."},
    };
    for (String[] line : lines) {
      MidgeRun run = MidgeRun.runAs("mosquitto", (Object[]) line[0].split(" "));

      assertThat(run.errText()).isEqualTo(line[1] + "\n");
      assertThat(run.status()).isEqualTo(3);
    }
  }

  @Test
  void theBrokersNameHelpsWithStatus0() {
    for (String word : new String[] {"-h", "--help"}) {
      MidgeRun help = MidgeRun.runAs("mosquitto", word);

      assertThat(help.outText()).startsWith("Usage: mosquitto ");
      assertThat(help.status()).isZero();
    }
  }

  @Test
  void anotherNameOfMosquittosIsNotKnown() {
    MidgeRun run = MidgeRun.runAs("mosquitto_ctrl", "-c", "x");

    assertThat(run.errText()).startsWith("Error: Unknown name 'mosquitto_ctrl'.");
    assertThat(run.status()).isEqualTo(1);
  }
}
