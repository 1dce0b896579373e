package dev.midge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of docs/faults.md are made from the code; {@code -Dmidge.docs=write} writes them. */
class FaultsPageTest {
  private static final Path PAGE = Path.of("docs/faults.md");
  private static final List<String> COLUMNS =
      List.of(
          "end",
          "connected",
          "connack",
          "subscribed",
          "after",
          "every",
          "bytes",
          "eof",
          "KIND-in",
          "KIND-out",
          "topic",
          "random");

  @Test
  void theTablesOfThePageAreThoseOfTheCode() throws IOException {
    String page = Files.readString(PAGE);
    String right = with(with(page, "effects", effects()), "pairs", pairs());
    if ("write".equals(System.getProperty("midge.docs"))) {
      Files.writeString(PAGE, right);
      return;
    }
    assertThat(page).isEqualTo(right);
  }

  private static String with(String page, String name, String table) {
    String begin = "<!-- " + name + " -->\n";
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf("<!-- end -->", from);
    return page.substring(0, from) + table + page.substring(to);
  }

  private static String effects() {
    StringBuilder table = new StringBuilder("| Effect | What happens | Whose |\n|---|---|---|\n");
    for (EffectKind kind : EffectKind.values()) {
      table
          .append("| `")
          .append(kind.word())
          .append(kind.argument().replace("|", "\\|"))
          .append("` | ")
          .append(kind.description())
          .append(" | ")
          .append(letters(side -> kind.isOf(side)))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String pairs() {
    StringBuilder table = new StringBuilder("| |");
    COLUMNS.forEach(column -> table.append(" ").append(column).append(" |"));
    table.append("\n|---|").append("---|".repeat(COLUMNS.size())).append("\n");
    for (String effect : FaultPairs.EFFECTS) {
      table.append("| `").append(effect).append("` |");
      for (String column : COLUMNS) {
        table
            .append(" ")
            .append(
                letters(
                    side ->
                        FaultPairs.possible(side).stream()
                            .anyMatch(
                                pair ->
                                    pair.effect().equals(effect)
                                        && column(pair.moment()).equals(column))))
            .append(" |");
      }
      table.append("\n");
    }
    return table.toString().replace(" |  |", " | |").replace("|  |", "| |");
  }

  private static String column(String moment) {
    String word = moment.replaceFirst(":.*", "");
    String bare = word.replaceFirst("-(in|out)$", "");
    return COLUMNS.contains(bare) ? bare : word.endsWith("-in") ? "KIND-in" : "KIND-out";
  }

  private static String letters(java.util.function.Predicate<FaultSide> has) {
    return List.of(FaultSide.values()).stream()
        .filter(has)
        .map(side -> String.valueOf(side.letter()))
        .collect(Collectors.joining(" "));
  }
}
