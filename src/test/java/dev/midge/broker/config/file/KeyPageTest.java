package dev.midge.broker.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of keys in docs/broker.md is made from the code; -Dmidge.docs=write writes it. */
class KeyPageTest {
  private static final Path PAGE = Path.of("docs/broker.md");
  private static final String BEGIN = "<!-- keys -->\n";
  private static final String END = "<!-- end -->";

  @Test
  void theTableOfThePageIsThatOfTheCode() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    String right = page.substring(0, from) + table() + page.substring(page.indexOf(END, from));
    if ("write".equals(System.getProperty("midge.docs"))) {
      Files.writeString(PAGE, right);
      return;
    }
    assertThat(page).isEqualTo(right);
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder("| Key | Scope | Values | Default | Meaning |\n|---|---|---|---|---|\n");
    for (Key key : new Keys().all()) {
      table
          .append("| `")
          .append(key.name())
          .append("` | ")
          .append(key.scope().word())
          .append(key.reread() ? ", reread" : "")
          .append(" | ")
          .append(key.words())
          .append(" | ")
          .append(key.fallback())
          .append(key.fallback().isEmpty() ? "| " : " | ")
          .append(key.meaning())
          .append(" |\n");
    }
    return table.toString();
  }
}
