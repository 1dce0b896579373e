package dev.midge.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of {@code src/bench/growth} as Markdown. */
final class GrowthReport {
  private final GrowthOptions options;
  private final Machine before;
  private final List<Growth> all;
  private final Figures figures;
  private final List<String> leftOut;
  private final Page page = new Page();

  GrowthReport(
      GrowthOptions options,
      Machine before,
      List<Growth> all,
      Figures figures,
      List<String> leftOut) {
    this.options = options;
    this.before = before;
    this.all = all;
    this.figures = figures;
    this.leftOut = leftOut;
  }

  Page page() {
    page.paragraph(
        before.sentence("src/bench/growth", options.words())
            + " Rounds: "
            + options.rounds()
            + "; "
            + Cells.number(options.warmUp())
            + " s of warm-up.");
    if (!leftOut.isEmpty()) {
      page.paragraph("Left out: " + String.join("; ", leftOut) + ".");
    }
    for (Growth growth : all) {
      String things = growth.things();
      page.title(things.substring(0, 1).toUpperCase(Locale.ROOT) + things.substring(1));
      page.head(
          things,
          growth.firstOperation() + ", µs: midge",
          "mosquitto",
          growth.secondOperation() + ", µs: midge",
          "mosquitto",
          "resident, MB: midge",
          "mosquitto");
      for (int size : growth.sizes()) {
        List<String> cells = new ArrayList<>(List.of(Cells.number(size)));
        for (String what : List.of("first µs", "second µs", "MB")) {
          for (Target target : List.of(Target.MIDGE, Target.MOSQUITTO)) {
            cells.add(Cells.range(figures.of(GrowthBench.key(growth, size, target), what)));
          }
        }
        page.row(cells);
      }
    }
    for (String failure : figures.failures()) {
      page.paragraph("Failed: " + failure);
    }
    return page;
  }
}
