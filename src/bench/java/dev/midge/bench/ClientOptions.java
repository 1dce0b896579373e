package dev.midge.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line of {@code src/bench/clients} says.
 *
 * @param longRounds of the streams of a million
 * @param starts of each program in a round
 * @param only names of cases, or their first words (pub, pub-0); empty for all
 * @param javas homes of the JDKs to measure with
 * @param mosquitto the broker; null if there is none
 * @param mqttJs the CLI of MQTT.js; null if there is none
 * @param markdown the file whose part about the clients is replaced; null for standard output
 */
record ClientOptions(
    List<String> words,
    int rounds,
    int longRounds,
    int starts,
    List<String> only,
    List<Path> javas,
    Path launcher,
    String mosquitto,
    String mqttJs,
    Path markdown) {
  static final String USAGE =
      """
      usage: src/bench/clients [--rounds N] [--starts N] [--long N] [--only NAME]... [--java HOME]...
                           [--mqttjs PROGRAM] [--markdown FILE]

        --rounds N        everything N times, in alternation (default: 5)
        --starts N        starts of each program in a round, for the start-up part (default: 10)
        --long N          rounds of the streams of a million (default: as all others)
        --only NAME       only these cases: start, pub, pub-0-1000000, sub-1, pub-1-60000-nodelay, ...
        --java HOME       measure the start-up with this JDK; again for more (default: the one that runs this)
        --mqttjs PROGRAM  the CLI of MQTT.js; otherwise BENCH_MQTTJS, target/npm, or 'mqtt' in PATH
        --markdown FILE   put the tables into FILE, between its marks; otherwise they are printed\
      """;

  static ClientOptions parse(String[] words) {
    int rounds = 5;
    int longRounds = 0;
    int starts = 10;
    List<String> only = new ArrayList<>();
    List<Path> javas = new ArrayList<>();
    Path markdown = null;
    String mqttJs = System.getenv("BENCH_MQTTJS");
    for (int i = 0; i < words.length; i += 2) {
      String value = Words.value(words, i);
      switch (words[i]) {
        case "--rounds" -> rounds = Math.max(1, Integer.parseInt(value));
        case "--starts" -> starts = Math.max(1, Integer.parseInt(value));
        case "--long" -> longRounds = Math.max(1, Integer.parseInt(value));
        case "--only" -> only.add(value);
        case "--java" -> javas.add(home(value));
        case "--mqttjs" -> mqttJs = value;
        case "--markdown" -> markdown = Path.of(value);
        default -> throw Words.unknown(words[i]);
      }
    }
    if (javas.isEmpty()) {
      javas.add(Path.of(System.getProperty("java.home")));
    }
    Path launcher = Path.of(System.getProperty("bench.launcher"));
    return new ClientOptions(
        List.of(words),
        rounds,
        longRounds == 0 ? rounds : Math.min(rounds, longRounds),
        starts,
        only,
        javas,
        launcher,
        Machine.inPath("mosquitto"),
        mqttJs == null ? findMqttJs(launcher) : mqttJs,
        markdown);
  }

  private static Path home(String word) {
    Path home = Path.of(word).toAbsolutePath();
    if (!Files.isExecutable(home.resolve("bin/java"))) {
      throw new IllegalArgumentException("no JDK: " + word);
    }
    return home;
  }

  /** The one that npm has put below the tree's target, or one of this system; null if none. */
  private static String findMqttJs(Path launcher) {
    Path own = launcher.resolve("../../target/npm/node_modules/.bin/mqtt").normalize();
    return Files.isExecutable(own) ? own.toString() : Machine.inPath("mqtt");
  }

  boolean wants(String name) {
    return only.isEmpty()
        || only.stream().anyMatch(part -> name.equals(part) || name.startsWith(part + "-"));
  }
}
