package dev.midge.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.lwt.row.Row;
import dev.midge.lwt.rows.DrillRows;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of {@code midge lwt} that play nothing, and those that cannot be. */
class DrillUsageTest {

  @ParameterizedTest(name = "midge lwt {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--times 0 | Error: Invalid number of times \"0\", it is from 1 to 1000.",
        "--times 1001 | Error: Invalid number of times",
        "--times x | Error: Invalid number of times",
        "--patience -1 | Error: Invalid patience \"-1\": it is a number of seconds from 0 to 3600.",
        "--patience 3600.1 | Error: Invalid patience",
        "--patience 1e3 | Error: Invalid patience",
        "--patience NaN | Error: Invalid patience",
        "--only no-such-row | Error: No row matches 'no-such-row' of --only",
        "--skip no-such-row | Error: No row matches 'no-such-row' of --skip",
        "--only , | Error: Invalid --only argument ','",
        "--skip * | Error: --only and --skip leave no row to play.",
        "--prefix a/+ | Error: Invalid prefix 'a/+', does it contain '+' or '#'?",
        "--prefix # | Error: Invalid prefix '#', does it contain '+' or '#'?",
        "--prefix $SYS/x | Error: Invalid prefix '$SYS/x': topics that begin with $ are the broker's.",
        "--prefix $share/g/x | Error: Invalid prefix '$share/g/x'",
        "--json --tap | Error: --json and --tap cannot be used together",
        "--list --tap | Error: --list and --tap",
        "--list --junit x | Error: --list and --tap",
        "--list --report x | Error: --list and --tap",
        "--list --against mqtt://h | Error: --list and --tap",
        "--junit x --report x | Error: --junit and --report with the same file cannot be used together",
        "--against mqtt://h --tap | Error: --against and --tap cannot be used together",
        "--against mqtt://h -h h | Error: --against and -h, -p, --unix, --ws or --context cannot be used together",
        "--against mqtt://h -p 1 | Error: --against and -h, -p, --unix, --ws or --context cannot be used together",
        "--against mqtt://h --unix p | Error: --against and -h, -p, --unix, --ws or --context",
        "--against mqtt://h --ws | Error: --against and -h, -p, --unix, --ws or --context",
        "--against h:1883 | Error: Unsupported URL scheme: it is one of mqtt, mqtts, ws, wss, unix.",
        "--against mqtt://h/topic | Error: Invalid URL for --against argument specified - this command has no topic",
        "--against mqtt://:1883 | Error: Invalid URL for --against argument specified - it names no host.",
        "--against mqtt://h:65536 | Error: Invalid URL for --against argument specified - a port is a number",
        "--against mqtt://h:0 | Error: Invalid URL for --against argument specified - a port is a number",
        "--against unix: | Error: The path of a unix socket has 1 to 107 bytes.",
        "--connect-timeout -1 | Error: Invalid connect timeout \"-1\", it is a number of seconds from 0.",
        "--junit /nowhere/x | Error: Unable to write the file of --junit: /nowhere/x (No such file or directory).",
        "--report /nowhere/x | Error: Unable to write the file of --report: /nowhere/x (No such file or directory).",
      })
  void aWrongCommandLineIsOneClearLineAndStatus1(String line, String complaint) {
    MidgeRun run = MidgeRun.run((Object[]) ("lwt " + line).split(" "));

    assertThat(run.errText()).startsWith(complaint).contains("--help' to see").hasLineCount(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aTooLongOrMalformedPrefixIsRefused() {
    for (String prefix :
        new String[] {"x".repeat(65500), "a/".repeat(190), "a\u0000b", "a\udc80"}) {
      MidgeRun run = MidgeRun.run("lwt", "--prefix", prefix);

      assertThat(run.errText()).startsWith("Error: ").contains("prefix").doesNotContain("xxxx");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void aPasswordInAUrlIsNeverShown() {
    MidgeRun run = MidgeRun.run("lwt", "--against", "mqtt://u:s3c/ret@h");

    assertThat(run.errText()).startsWith("Error: Invalid URL").doesNotContain("s3c", "ret@");
  }

  @Test
  void theListHasEveryRowAndItsRule() {
    MidgeRun run = MidgeRun.run("lwt", "--list");

    for (Row row : DrillRows.all()) {
      assertThat(run.outText().lines())
          .anyMatch(line -> line.startsWith(row.id() + " ("))
          .anyMatch(line -> line.startsWith("    " + row.rule().split(" ")[0]));
    }
    assertThat(run.outText().lines()).allMatch(line -> line.length() <= 80);
    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void theListCanBeCutShortAndIsAsWideAsTheTerminal() {
    String first = DrillRows.all().get(0).id();

    MidgeRun run =
        MidgeRun.runOnTerminal(Map.of("COLUMNS", "30"), "lwt", "--list", "--only", first);

    assertThat(run.outText()).startsWith(first + " (");
    assertThat(run.outText().lines()).allMatch(line -> line.length() <= 30);
    assertThat(MidgeRun.run("lwt", "--list", "--json", "--only", first).outText())
        .startsWith("[{\"id\":\"" + first + "\",\"clause\":\"")
        .endsWith("}]\n")
        .hasLineCount(1);
  }

  @Test
  void aFileThatCannotBeWrittenLeavesTheOtherAsItWas(@TempDir Path directory) throws IOException {
    Path old = Files.writeString(directory.resolve("old.xml"), "old");
    Path fresh = directory.resolve("fresh.xml");

    for (Path junit : new Path[] {old, fresh}) {
      MidgeRun run = MidgeRun.run("lwt", "--junit", junit, "--report", directory);
      assertThat(run.errText()).startsWith("Error: Unable to write the file of --report: ");
    }

    assertThat(old).hasContent("old");
    assertThat(fresh).doesNotExist();
  }

  @Test
  void aBrokerThatIsNotThereIsAnErrorInTheFiles(@TempDir Path directory) throws IOException {
    Path old = Files.writeString(directory.resolve("old.xml"), "old");
    Path fresh = directory.resolve("fresh.md");

    MidgeRun run =
        MidgeRun.run("lwt", "-h", "127.0.0.1", "-p", "1", "--junit", old, "--report", fresh);

    assertThat(run.status()).isEqualTo(1);
    assertThat(old)
        .content()
        .startsWith("<?xml")
        .contains("<error message=\"The drill ended early: Connection refused\"");
    assertThat(fresh).content().contains("The drill ended early: `Connection refused`");
  }

  @Test
  void aFileThatIsFullDoesNotHideThatTheBrokerIsNotThere() {
    Needs.file("/dev/full");
    MidgeRun run = MidgeRun.run("lwt", "-h", "127.0.0.1", "-p", "1", "--junit", "/dev/full");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText())
        .contains(
            "Error: Unable to write the file of --junit: /dev/full (No space left on device).")
        .contains("Error: Connection refused: 127.0.0.1:1 over TCP, MQTT 5");
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt, 'Warning: --insecure has no effect: no URL of --against begins with mqtts:// or'",
    "mqtts, 'Warning: --insecure verifies nothing, '"
  })
  void optionsOfTlsAreWarnedOfWhereBrokersAreCompared(String scheme, String warning) {
    MidgeRun run = MidgeRun.run("lwt", "--against", scheme + "://127.0.0.1:1", "--insecure");

    assertThat(run.errText()).startsWith(warning);
  }

  @Test
  void theEnvironmentsBrokerIsNoneOfThoseToCompare() {
    MidgeRun run =
        MidgeRun.runOnTerminal(
            Map.of("MIDGE_HOST", "h", "MIDGE_PORT", "1", "MIDGE_UNIX", "p", "MIDGE_WS", "1"),
            "lwt",
            "--against",
            "mqtt://h",
            "--junit",
            "/nowhere/x");

    assertThat(run.errText()).startsWith("Error: Unable to write the file of --junit");
  }

  /**
   * The user who says how a broker is reached does not mean the mini broker, which would be fine.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--cafile /nowhere/ca.crt",
        "--proxy socks5h://127.0.0.1:1",
        "-A nowhere.invalid",
        "--tls-use-os-certs -A nowhere.invalid"
      })
  void theWayToABrokerIsNotThatToTheMiniBroker(String way) {
    MidgeRun run = MidgeRun.run((Object[]) ("lwt --only clean " + way).split(" "));

    assertThat(run.errText()).startsWith("Error: ");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  /** The list of the rows that no engine plays. */
  @Test
  void theDocsNameTheRowsThatAreThoseOfTheDrillWithAnyEngine() throws IOException {
    String text = Files.readString(Path.of("docs/lwt.md"));
    Matcher list =
        Pattern.compile("played by the drill's own packets with any engine: ([^.]*)\\.")
            .matcher(text.replace('\n', ' '));

    assertThat(list.find()).isTrue();
    assertThat(list.group(1).split("`(, | and )?`?"))
        .filteredOn(id -> !id.isEmpty())
        .containsExactlyElementsOf(
            DrillRows.all().stream().filter(Row::byPackets).map(Row::id).toList());
  }
}
