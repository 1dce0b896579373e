package dev.midge.lwt;

import dev.midge.lwt.row.RowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Merges the passes of a drill: the worst verdict of each row, and its times. */
final class PassMerger {
  private PassMerger() {}

  static List<RowResult> merge(List<List<RowResult>> passes) {
    if (passes.size() == 1) {
      return passes.get(0);
    }
    List<RowResult> merged = new ArrayList<>();
    for (int row = 0; row < passes.get(0).size(); row++) {
      List<RowResult> results = new ArrayList<>();
      for (List<RowResult> pass : passes) {
        results.add(pass.get(row));
      }
      merged.add(mergeRow(results));
    }
    return merged;
  }

  private static RowResult mergeRow(List<RowResult> passes) {
    RowResult worst = passes.get(0);
    List<Duration> times = new ArrayList<>();
    for (RowResult result : passes) {
      if (result.verdict().compareTo(worst.verdict()) > 0) {
        worst = result;
      }
      if (result.after() != null) {
        times.add(result.after());
      }
    }
    Collections.sort(times);
    boolean none = times.isEmpty();
    return new RowResult(
        worst.row(),
        worst.verdict(),
        worst.seen(),
        none ? null : times.get(times.size() / 2),
        none ? null : times.get(0),
        none ? null : times.get(times.size() - 1),
        worst.bound(),
        worst.control(),
        worst.reason(),
        worst.trace());
  }
}
