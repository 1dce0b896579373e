package dev.midge.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line of {@code src/bench/growth} says.
 *
 * @param only names of series; empty for all
 * @param largest no size above this one
 * @param markdown the file whose part about growth is replaced; null for standard output
 * @param picture null for none
 */
record GrowthOptions(
    List<String> words,
    int rounds,
    double warmUp,
    int largest,
    List<String> only,
    Path markdown,
    Path picture,
    Path launcher,
    String mosquitto) {
  static final String USAGE =
      """
      usage: src/bench/growth [--rounds N] [--warm-up S] [--largest N] [--only SERIES]... [--markdown FILE]
                          [--picture FILE]

        --rounds N       each series N times against each broker in turn (default: 3)
        --warm-up S      how long the operations run before in each (default: 2)
        --largest N      no size above N (default: 100000)
        --only SERIES    connections, subscriptions, retained or levels
        --markdown FILE  put the tables into FILE, between its marks; otherwise they are printed
        --picture FILE   draw them as SVG\
      """;

  static GrowthOptions parse(String[] words) {
    int rounds = 3;
    double warmUp = 2;
    int largest = 100_000;
    List<String> only = new ArrayList<>();
    Path markdown = null;
    Path picture = null;
    for (int i = 0; i < words.length; i += 2) {
      String value = Words.value(words, i);
      switch (words[i]) {
        case "--rounds" -> rounds = Math.max(1, Integer.parseInt(value));
        case "--warm-up" -> warmUp = Double.parseDouble(value);
        case "--largest" -> largest = Math.max(1, Integer.parseInt(value));
        case "--only" -> only.add(value);
        case "--markdown" -> markdown = Path.of(value);
        case "--picture" -> picture = Path.of(value);
        default -> throw Words.unknown(words[i]);
      }
    }
    return new GrowthOptions(
        List.of(words),
        rounds,
        warmUp,
        largest,
        only,
        markdown,
        picture,
        Path.of(System.getProperty("bench.launcher")),
        Machine.inPath("mosquitto"));
  }
}
