package dev.midge.cli.parse;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known word that a mistyped word stands for. Loaded only when a word is unknown. */
public final class SpellingHint {
  /** One mistake may be in three letters; a short word would be near to any other. */
  private static final int LETTERS_A_MISTAKE = 3;

  private static final int LEAST_PREFIX = 3;

  /** Counts as so many mistakes: connect is conn, and not context. */
  private static final int LONGER_FORM = 2;

  private SpellingHint() {}

  /**
   * Returns the known word that is nearest to the wrong one: by the fewest letters that are
   * missing, surplus, wrong or swapped, and else by a common beginning.
   *
   * @return null where none is near
   */
  static @Nullable String of(String wrong, Collection<String> known) {
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String word : known) {
      int distance = distance(bare(wrong), bare(word));
      if (isLongerFormOf(bare(wrong), bare(word))) {
        distance = Math.min(distance, LONGER_FORM);
      }
      if (distance < least && isNear(bare(wrong), bare(word), distance)) {
        nearest = word;
        least = distance;
      }
    }
    return nearest;
  }

  /** Returns the hint that ends a complaint about an unknown word; empty where no word is near. */
  public static String hint(String wrong, Collection<String> known) {
    String nearest = of(wrong, known);
    return nearest == null ? "" : ", did you mean '" + nearest + "'?";
  }

  /** Returns the letters that matter. */
  private static String bare(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.startsWith("--") ? lower.substring(2) : lower;
  }

  private static boolean isLongerFormOf(String wrong, String word) {
    return word.length() >= LEAST_PREFIX && wrong.startsWith(word);
  }

  private static boolean isNear(String wrong, String word, int distance) {
    int shorter = Math.min(wrong.length(), word.length());
    return distance == 0
        || distance <= shorter / LETTERS_A_MISTAKE
        || shorter >= LEAST_PREFIX && (wrong.startsWith(word) || word.startsWith(wrong));
  }

  /** Returns the distance of Damerau and Levenshtein, with each letter in one swap at most. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
