package dev.midge.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line says.
 *
 * @param only names of scenarios, or how they begin; empty for all
 * @param markdown the file whose measured part is replaced; null for standard output
 * @param mosquitto the program; null if there is none
 */
record Options(
    List<String> words,
    int rounds,
    Throughput.Timing timing,
    List<String> only,
    Path markdown,
    Path launcher,
    String mosquitto) {
  static final String USAGE =
      """
      usage: src/bench/broker [--rounds N] [--seconds S] [--warm-up S] [--only SCENARIO]... [--markdown FILE]
                          [--mosquitto PROGRAM]

        --rounds N        each scenario N times against each broker in turn (default: 5)
        --seconds S       how long throughput and latency are measured in each (default: 3)
        --warm-up S       how long they run before (default: 5)
        --only SCENARIO   only scenarios whose names begin so: 1-1, 1-20-qos1, latency, idle, start, ...
        --markdown FILE   put the tables into FILE, between its marks; otherwise they are printed
        --mosquitto PROGRAM   another one than that of this system; without one, midge alone is measured\
      """;

  static Options parse(String[] words) {
    int rounds = 5;
    double seconds = 3;
    double warmUp = 5;
    List<String> only = new ArrayList<>();
    Path markdown = null;
    String mosquitto = Machine.inPath("mosquitto");
    for (int i = 0; i < words.length; i += 2) {
      String value = Words.value(words, i);
      switch (words[i]) {
        case "--rounds" -> rounds = Math.max(1, Integer.parseInt(value));
        case "--seconds" -> seconds = Double.parseDouble(value);
        case "--warm-up" -> warmUp = Double.parseDouble(value);
        case "--only" -> only.add(value);
        case "--markdown" -> markdown = Path.of(value);
        case "--mosquitto" -> mosquitto = Files.isExecutable(Path.of(value)) ? value : null;
        default -> throw Words.unknown(words[i]);
      }
    }
    return new Options(
        List.of(words),
        rounds,
        new Throughput.Timing(warmUp, seconds),
        only,
        markdown,
        Path.of(System.getProperty("bench.launcher")),
        mosquitto);
  }

  boolean wants(String scenario) {
    return only.isEmpty() || only.stream().anyMatch(scenario::startsWith);
  }
}
