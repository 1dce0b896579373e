package dev.midge.cli.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TemplateWordTest {

  @Test
  void theManPageTellsEachWord() throws IOException {
    List<String> told =
        Pattern.compile("(?m)^\\*+\\{.*?::")
            .matcher(Files.readString(Path.of("src/main/man/templates.adoc")))
            .results()
            .flatMap(entry -> Pattern.compile("\\{([a-z-]+)").matcher(entry.group()).results())
            .map(word -> word.group(1))
            .distinct()
            .toList();

    assertThat(told).containsExactlyInAnyOrderElementsOf(TemplateWord.names());
  }
}
