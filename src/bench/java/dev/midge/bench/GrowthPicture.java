package dev.midge.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures of {@code src/bench/growth} as SVG: for each series the costs above, the memory
 * below, on logarithmic scales. Colours follow the reader's choice of light or dark.
 */
final class GrowthPicture {
  private static final int WIDTH = 250;
  private static final int HEIGHT = 190;
  private static final int LEFT = 66;
  private static final int TOP = 90;
  private static final int GAP_BELOW = 44;

  private static final String STYLE =
      """
      <style>
        svg { --ink: #1f2328; --faint: #d1d9e0; --midge: #0969da; --mosquitto: #bc4c00; --paper: #ffffff }
        @media (prefers-color-scheme: dark) {
          svg { --ink: #f0f6fc; --faint: #3d444d; --midge: #58a6ff; --mosquitto: #f0883e; --paper: #0d1117 }
        }
        text { font: 11px sans-serif; fill: var(--ink) }
        .paper { fill: var(--paper) }
        .grid { stroke: var(--faint); stroke-width: 1 }
        .line { fill: none; stroke-width: 2 }
        .second { stroke-dasharray: 5 4 }
        .midge { stroke: var(--midge) }
        .mosquitto { stroke: var(--mosquitto) }
        .dot { stroke: none }
        .dot.midge { fill: var(--midge) }
        .dot.mosquitto { fill: var(--mosquitto) }
        .head { font-weight: bold }
        .end { text-anchor: end }
        .middle { text-anchor: middle }
      </style>
      """;

  private final List<Growth> all;
  private final Figures figures;
  private final StringBuilder svg = new StringBuilder();

  GrowthPicture(List<Growth> all, Figures figures) {
    this.all = all;
    this.figures = figures;
  }

  String svg() {
    int width = LEFT + all.size() * (WIDTH + LEFT);
    int height = TOP + 2 * (HEIGHT + GAP_BELOW);
    put(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">"
            + "<title>How the costs of midge's broker and mosquitto grow</title>\n",
        width, height);
    svg.append(STYLE);
    put("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", width, height);
    legend();
    for (int i = 0; i < all.size(); i++) {
      Growth growth = all.get(i);
      int x = LEFT + i * (WIDTH + LEFT);
      put("<text class=\"head\" x=\"%d\" y=\"40\">%s</text>", x, growth.things());
      put("<text x=\"%d\" y=\"56\">%s</text>", x, plain(growth.firstOperation()));
      put("<text x=\"%d\" y=\"72\">%s (dashed)</text>", x, plain(growth.secondOperation()));
      panel(growth, x, TOP, "µs", List.of("first µs", "second µs"));
      panel(growth, x, TOP + HEIGHT + GAP_BELOW, "MB", List.of("MB"));
    }
    svg.append("</svg>\n");
    return svg.toString();
  }

  private static String plain(String markdown) {
    return markdown.replace("`", "");
  }

  private void legend() {
    int x = LEFT;
    for (String who : List.of("midge", "mosquitto")) {
      put("<line class=\"line %s\" x1=\"%d\" y1=\"14\" x2=\"%d\" y2=\"14\"/>", who, x, x + 30);
      put("<text x=\"%d\" y=\"18\">%s</text>", x + 36, who);
      x += 120;
    }
    put(
        "<text x=\"%d\" y=\"18\">above: processor time of the broker for one operation, in µs;"
            + " below: its resident memory, in MB</text>",
        x);
  }

  private void panel(Growth growth, int x, int y, String unit, List<String> whats) {
    int[] sizes = growth.sizes();
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int size : sizes) {
      for (String what : whats) {
        for (Target target : List.of(Target.MIDGE, Target.MOSQUITTO)) {
          double value = value(growth, size, target, what);
          if (value > 0) {
            least = Math.min(least, value);
            most = Math.max(most, value);
          }
        }
      }
    }
    if (most == 0) {
      return;
    }
    Scale across = Scale.of(sizes[0], sizes[sizes.length - 1], x, WIDTH);
    Scale up = Scale.of(least, most, y + HEIGHT, -HEIGHT);
    for (int power = up.from; power <= up.to; power++) {
      double at = up.at(Math.pow(10, power));
      put(
          "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
          x, at, x + WIDTH, at);
      String label = label(power) + (power == up.to ? " " + unit : "");
      put("<text class=\"end\" x=\"%d\" y=\"%.1f\">%s</text>", x - 6, at + 4, label);
    }
    for (int power = across.from; power <= across.to; power++) {
      double at = across.at(Math.pow(10, power));
      put(
          "<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
          at, y, at, y + HEIGHT);
      put(
          "<text class=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>",
          at, y + HEIGHT + 16, label(power));
    }
    for (Target target : List.of(Target.MIDGE, Target.MOSQUITTO)) {
      for (int i = 0; i < whats.size(); i++) {
        line(growth, target, whats.get(i), i == 1, across, up);
      }
    }
  }

  private void line(
      Growth growth, Target target, String what, boolean isSecond, Scale across, Scale up) {
    List<String> points = new ArrayList<>();
    for (int size : growth.sizes()) {
      double value = value(growth, size, target, what);
      if (value > 0) {
        String at = String.format(Locale.ROOT, "%.1f", across.at(size));
        String height = String.format(Locale.ROOT, "%.1f", up.at(value));
        points.add(at + "," + height);
        put("<circle class=\"dot %s\" cx=\"%s\" cy=\"%s\" r=\"2.5\"/>", target.title, at, height);
      }
    }
    put(
        "<polyline class=\"line %s%s\" points=\"%s\"/>",
        target.title, isSecond ? " second" : "", String.join(" ", points));
  }

  private double value(Growth growth, int size, Target target, String what) {
    Samples samples = figures.of(GrowthBench.key(growth, size, target), what);
    return samples.isEmpty() ? 0 : samples.median();
  }

  private static String label(int power) {
    return power < 0
        ? String.format(Locale.ROOT, "%." + -power + "f", Math.pow(10, power))
        : String.format(Locale.ROOT, "%,d", Math.round(Math.pow(10, power)));
  }

  private void put(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /**
   * A logarithmic scale between two powers of ten.
   *
   * @param start where the lesser one lies
   * @param length to the greater one; negative for upwards
   */
  private record Scale(int from, int to, double start, double length) {
    static Scale of(double least, double most, double start, double length) {
      int from = (int) Math.floor(Math.log10(least) + 1e-9);
      int to = (int) Math.ceil(Math.log10(most) - 1e-9);
      return new Scale(from, Math.max(to, from + 1), start, length);
    }

    double at(double value) {
      return start + length * (Math.log10(value) - from) / (to - from);
    }
  }
}
