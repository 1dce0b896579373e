package dev.midge.cli.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Recipes: lines that say what a command does, each with the command. They are the examples of the
 * manual pages, those of docs/pipelines.md in pipelines.txt, and those of recipes.txt; a test runs
 * each.
 */
public final class Recipes {
  private static final int LEAST_WORD = 3;

  /**
   * A recipe.
   *
   * @param text what it does, with a colon at the end
   * @param command the lines to type, indented
   */
  public record Recipe(String text, String command) {

    /** Tells whether it is about something, by a word in any case, in the plural too. */
    public boolean isAbout(String word) {
      String all = (text + "\n" + command).toLowerCase(Locale.ROOT);
      String wanted = word.toLowerCase(Locale.ROOT);
      boolean plural = wanted.length() > LEAST_WORD && wanted.endsWith("s");
      return all.contains(wanted)
          || plural && all.contains(wanted.substring(0, wanted.length() - 1));
    }
  }

  private Recipes() {}

  /**
   * Returns those that are no example of a manual page of a command, as {@link Manual} has them.
   */
  public static String source() {
    return HelpSource.file("recipes.txt") + "\n\n" + HelpSource.file("pipelines.txt") + "\n";
  }

  /**
   * Returns all of them.
   *
   * @param commands the commands, whose examples come first
   */
  public static List<Recipe> all(List<String> commands) {
    List<Recipe> all = new ArrayList<>();
    for (String command : commands) {
      add(Manual.of(command).examples(), all);
    }
    add(source(), all);
    return all;
  }

  private static void add(String examples, List<Recipe> all) {
    for (String part : examples.strip().split("\n\n")) {
      int end = part.indexOf('\n');
      all.add(new Recipe(part.substring(0, end), part.substring(end + 1)));
    }
  }
}
