package dev.midge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.fault.EffectKind;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.FaultSyntaxException;
import dev.midge.testing.MarkdownPage;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Numbers, faults, Java and names of the README are those of the program. */
class ReadmeClaimsTest {
  private static final MarkdownPage README = MarkdownPage.of(Path.of("README.md"));
  private static final Path EXAMPLE =
      Path.of("docs/examples/src/test/java/example/PahoV5ExampleTest.java");
  private static final Pattern FAULT_ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
  private static final Pattern DROP_IN = Pattern.compile("`(mosquitto\\w*)`");
  private static final int MOST_LINES = 200;

  @Test
  void itIsShort() {
    assertThat(README.text().lines().count()).isLessThanOrEqualTo(MOST_LINES);
  }

  @Test
  void itCountsTheRowsOfTheDrillAndTheEffectsOfFaults() {
    long rows =
        MidgeRun.run("lwt", "--list")
            .outText()
            .lines()
            .filter(line -> !line.startsWith(" "))
            .count();

    assertThat(README.text())
        .contains("`midge lwt` checks " + rows + " such rules")
        .contains("There are " + EffectKind.values().length + " effects");
  }

  @Test
  void eachFaultOfTheTableCanBeGiven() {
    List<String> faults =
        FAULT_ROW
            .matcher(README.section("## Faults").text())
            .results()
            .map(each -> each.group(1))
            .toList();

    assertThat(faults).hasSize(5).allMatch(ReadmeClaimsTest::isFault);
  }

  private static boolean isFault(String words) {
    return Stream.of(FaultSide.values())
        .anyMatch(
            side -> {
              try {
                FaultParser.parse(words, side);
                return true;
              } catch (FaultSyntaxException e) {
                return false;
              }
            });
  }

  @Test
  void theJavaIsThatOfAnExampleThatTheBuildRuns() throws IOException {
    List<String> lines = lines(README.blocks("java").get(0));

    assertThat(lines).hasSizeGreaterThan(5);
    assertThat(lines(Files.readString(EXAMPLE))).containsSubsequence(lines);
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  @Test
  void itNamesTheLinksForMosquittosNames() throws IOException {
    List<String> named =
        DROP_IN
            .matcher(README.section("## Instead of mosquitto's tools").text())
            .results()
            .map(each -> each.group(1))
            .toList();
    try (Stream<Path> links = Files.list(Path.of("bin/drop-in"))) {
      assertThat(links.map(link -> link.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }
}
