package dev.midge.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.command.Commands;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.PicocliModel;
import dev.midge.client.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

/**
 * man/, completions/, the texts of help and docs/statuses.md are made from the tables and checked
 * in; this fails when they are older. {@code mvn test -Dtest=GenerateDocsTest -Dmidge.docs=write}
 * writes them anew.
 */
class GenerateDocsTest {
  private static final boolean WRITE = "write".equals(System.getProperty("midge.docs"));

  @Test
  void manPagesMatchTheOptions() throws IOException {
    compare(Path.of("man"), ManPages.render(tables()));
  }

  @Test
  void theTextsOfHelpMatchTheOptions() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    tables().forEach((word, table) -> texts.put(word + ".txt", HelpLayout.of(table, word, true)));

    compare(Path.of("src/main/resources/dev/midge/cli/help/commands"), texts);
  }

  @Test
  void theTextsOfHelpAreTheSameWithoutColours() {
    tables()
        .forEach(
            (word, table) ->
                assertThat(HelpText.of(word, false)).isEqualTo(HelpLayout.of(table, word, false)));
  }

  @Test
  void completionsMatchTheOptions() throws IOException {
    compare(Path.of("completions"), Completions.render(commands()));
  }

  @Test
  void theDocumentOfStatusesMatchesTheirTable() throws IOException {
    Path path = Path.of("docs/statuses.md");
    String text = StatusesDocument.render();
    if (WRITE) {
      Files.writeString(path, text);
    }
    assertThat(path).as("run with -Dmidge.docs=write").hasContent(text);
  }

  private static void compare(Path directory, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      if (WRITE) {
        Files.writeString(path, file.getValue());
      }
      assertThat(path).as("run with -Dmidge.docs=write").hasContent(file.getValue());
    }
    try (var found = Files.list(directory)) {
      assertThat(found.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(files.keySet());
    }
  }

  /** Every command as picocli models it. */
  static Map<String, CommandSpec> commands() {
    Map<String, CommandSpec> specs = new LinkedHashMap<>();
    tables()
        .forEach(
            (word, table) ->
                specs.put(
                    word, PicocliModel.of(table, MidgeCompatibility.INSTANCE.programName(word))));
    return specs;
  }

  /** The options of every command. */
  static Map<String, OptionTable> tables() {
    ProcessContext context =
        new ProcessContext(
            "midge",
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(OutputStream.nullOutputStream()),
            Map.of(),
            false,
            false,
            Clock::systemUTC,
            StopSignal::new);
    Map<String, OptionTable> tables = new LinkedHashMap<>();
    for (String word : Commands.NAMES) {
      tables.put(word, Commands.table(word, context));
    }
    return tables;
  }
}
