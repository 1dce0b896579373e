package dev.midge.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One thing to measure, against a fresh server each time. */
interface Scenario {
  /** The name for {@code --only} and for the table. */
  String name();

  /** Whom it is measured against, in the order of the alternation. */
  List<Target> targets();

  /**
   * Measures once.
   *
   * @return figures by name; the same names every time
   */
  Map<String, Double> run(Servers servers, Target target) throws IOException, InterruptedException;
}
