package dev.midge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the launcher takes, from exec until it becomes java: a program that ends at once stands in
 * for java, and its own time is subtracted. Started by {@code src/bench/launcher}.
 */
public final class LauncherBench {
  private static final String USAGE =
      "usage: src/bench/launcher [--rounds N] [--other LAUNCHER]     N: 100 if not told";
  private static final List<String> SHELLS = List.of("dash", "bash");
  private static final String STAND_IN = "stand-in";
  private static final String BARE = "bare JVM";

  private final Path work;
  private final Path standIn;
  private final Map<String, ProcessBuilder> programs = new LinkedHashMap<>();
  private final Map<String, List<Double>> taken = new LinkedHashMap<>();

  private LauncherBench(Path work) throws IOException {
    this.work = work;
    standIn = work.resolve("java");
    Path bin = Files.createDirectories(standIn.resolve("bin"));
    Path java = Path.of(System.getProperty("java.home"));
    Files.copy(java.resolve("release"), standIn.resolve("release"));
    String nothing = Machine.inPath("true");
    if (nothing == null) {
      throw new IOException("there is no program true in PATH to stand in for java");
    }
    Path program = Files.copy(Path.of(nothing), bin.resolve("java"));
    programs.put(STAND_IN, Midge.program(program.toString()));
    programs.put(BARE, StartCases.bare(java));
  }

  public static void main(String[] words) throws Exception {
    int rounds = 100;
    List<Path> launchers = new ArrayList<>(List.of(Path.of(System.getProperty("bench.launcher"))));
    try {
      for (int i = 0; i < words.length; i += 2) {
        String value = Words.value(words, i);
        switch (words[i]) {
          case "--rounds" -> rounds = Math.max(1, Integer.parseInt(value));
          case "--other" -> launchers.add(Path.of(value));
          default -> throw Words.unknown(words[i]);
        }
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + USAGE);
      System.exit(2);
    }
    Path work = Files.createTempDirectory("midge-launcher");
    try {
      new LauncherBench(work.toRealPath()).run(launchers, rounds);
    } finally {
      delete(work);
    }
  }

  private void run(List<Path> launchers, int rounds) throws IOException, InterruptedException {
    String load = Machine.loadNow();
    Path home = launchers.get(0).resolveSibling("..").toRealPath();
    for (int i = 0; i < launchers.size(); i++) {
      Path place = Files.createDirectory(work.resolve("tree" + i));
      for (LauncherTree tree : LauncherTree.all(home, launchers.get(i), place, standIn)) {
        add(tree, i == 0 ? "" : launchers.get(i) + ": ");
      }
    }
    round(); // not counted
    taken.clear();
    for (int i = 0; i < rounds; i++) {
      round();
    }
    report();
    System.out.println("load average before: " + load + "; after: " + Machine.loadNow());
  }

  private void add(LauncherTree tree, String prefix) {
    for (String shell : SHELLS) {
      String program = Machine.inPath(shell);
      if (program != null) {
        ProcessBuilder start = Midge.program(program, tree.script().toString(), "pub", "-m", "x");
        start.environment().put("JAVA_HOME", standIn.toString());
        start.environment().remove("MIDGE_ARCHIVE");
        programs.put(prefix + tree.name() + ", " + shell, start);
      }
    }
  }

  /** One start of each, in an order of chance. */
  private void round() throws IOException, InterruptedException {
    List<String> order = new ArrayList<>(programs.keySet());
    Collections.shuffle(order);
    for (String name : order) {
      Child child = Child.run(programs.get(name), 0);
      if (child.status() != 0) {
        throw new IOException("status " + child.status() + ": " + name);
      }
      taken.computeIfAbsent(name, any -> new ArrayList<>()).add(child.seconds() * 1000);
    }
  }

  private void report() {
    double nothing = Samples.of(taken.get(STAND_IN)).median();
    Samples bare = Samples.of(taken.get(BARE));
    System.out.printf(
        Locale.ROOT,
        "a bare JVM: %.1f ms; what stands in for it: %.1f ms%n",
        bare.median(),
        nothing);
    System.out.println("time of the launcher alone: median, and as a share of the bare JVM");
    for (String name : programs.keySet()) {
      if (!name.equals(STAND_IN) && !name.equals(BARE)) {
        double median = Samples.of(taken.get(name)).median() - nothing;
        System.out.printf(
            Locale.ROOT, "%-30s %5.1f ms  %.3f ×%n", name, median, median / bare.median());
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
