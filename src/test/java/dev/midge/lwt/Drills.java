package dev.midge.lwt;

import dev.midge.client.ClientEvents;
import dev.midge.client.EngineKind;
import dev.midge.lwt.peer.Target;
import dev.midge.lwt.row.DrillListener;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.Verdict;
import dev.midge.lwt.rows.DrillRows;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Drills as tests need them. */
final class Drills {
  private Drills() {}

  static Target target(Endpoint endpoint, ProtocolVersion version, EngineKind engine) {
    return new Target(endpoint, version, null, null, "drill/", Duration.ofSeconds(10), engine);
  }

  /** Returns the rows with these ids, or all of them. */
  static List<Row> rows(String... ids) {
    List<String> wanted = Arrays.asList(ids);
    return DrillRows.all().stream()
        .filter(row -> wanted.isEmpty() || wanted.contains(row.id()))
        .toList();
  }

  static DrillResult run(Target target, Duration patience, String... ids) throws Exception {
    DrillSpec spec = new DrillSpec(rows(ids), 1, patience, false, null);
    return new Drill(target, spec, DrillListener.NONE, ClientEvents.NONE).run();
  }

  /** The ids of the rows that are neither well nor skipped, each with its verdict and its sight. */
  static Map<String, String> complaints(DrillResult result) {
    Map<String, String> complaints = new TreeMap<>();
    for (RowResult row : result.rows()) {
      if (row.verdict() != Verdict.OK && row.verdict() != Verdict.SKIPPED) {
        complaints.put(
            row.row().id(),
            row.verdict().word()
                + ": "
                + (row.seen() == null ? row.reason() : row.seen())
                + (row.after() == null ? "" : " after " + row.after().toMillis() + " ms"));
      }
    }
    return complaints;
  }
}
