package dev.midge.cli.drill;

import dev.midge.cli.UsageException;
import dev.midge.lwt.row.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The choice of rows that {@code --only} and {@code --skip} leave: their words are ids or globs of
 * ids.
 */
final class RowSelection {
  private static final int MOST_NEAR = 3;

  private final List<Glob> only = new ArrayList<>();
  private final List<Glob> skipped = new ArrayList<>();

  /** A word of the user, and the option that it came by. */
  private record Glob(String option, String word, Pattern pattern) {
    static Glob of(String option, String word) {
      StringBuilder regex = new StringBuilder();
      word.chars()
          .forEach(
              c ->
                  regex.append(
                      c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf((char) c))));
      return new Glob(option, word, Pattern.compile(regex.toString()));
    }

    boolean matches(Row row) {
      return pattern.matcher(row.id()).matches();
    }
  }

  void only(String words) {
    add(words, "--only", only);
  }

  /** Tells whether rows were named that are to be played. */
  boolean hasOnly() {
    return !only.isEmpty();
  }

  void skip(String words) {
    add(words, "--skip", skipped);
  }

  private static void add(String words, String option, List<Glob> globs) {
    for (String word : words.split(",", -1)) {
      if (word.isBlank()) {
        throw new UsageException(
            "Error: Invalid " + option + " argument '" + words + "'.",
            ": it is ids of rows, with commas between them; --list shows them.");
      }
      globs.add(Glob.of(option, word.strip()));
    }
  }

  /**
   * Chooses the rows.
   *
   * @throws UsageException for a word that means no row, and when no row is left
   */
  List<Row> from(List<Row> all) {
    for (Glob glob : only) {
      check(glob, all);
    }
    for (Glob glob : skipped) {
      check(glob, all);
    }
    List<Row> left =
        all.stream()
            .filter(row -> only.isEmpty() || only.stream().anyMatch(glob -> glob.matches(row)))
            .filter(row -> skipped.stream().noneMatch(glob -> glob.matches(row)))
            .toList();
    if (left.isEmpty()) {
      throw new UsageException("Error: --only and --skip leave no row to play.");
    }
    return left;
  }

  private static void check(Glob glob, List<Row> all) {
    if (all.stream().noneMatch(glob::matches)) {
      List<String> near = near(glob.word, all);
      throw new UsageException(
          "Error: No row matches '" + glob.word + "' of " + glob.option + ".",
          near.isEmpty()
              ? "; --list shows the rows."
              : "; near are: " + String.join(", ", near) + ".");
    }
  }

  /** Returns the ids that the user may have meant, the likeliest first. */
  private static List<String> near(String word, List<Row> all) {
    String letters = word.replace("*", "").replace("?", "");
    int far = Math.max(2, letters.length() / 3);
    return all.stream()
        .map(Row::id)
        .filter(id -> isPart(letters, id) || distance(letters, id) <= far)
        .sorted(Comparator.comparingInt(id -> distance(letters, id)))
        .limit(MOST_NEAR)
        .toList();
  }

  private static boolean isPart(String letters, String id) {
    return letters.length() > 2 && (id.contains(letters) || letters.contains(id));
  }

  /** Returns how many letters have to be put in, taken out or changed. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
