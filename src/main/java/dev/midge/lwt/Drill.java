package dev.midge.lwt;

import dev.midge.client.LinkFailure;
import dev.midge.mqtt.ReasonCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The Last Will drill: lets clients end in every way there is, and notes what a watcher sees. */
public final class Drill {
  private final Target target;
  private final Story story;
  private final Runnable watching;

  /**
   * @param watching told when the watcher is connected
   */
  public Drill(Target target, Story story, Runnable watching) {
    this.target = target;
    this.story = story;
    this.watching = watching;
  }

  /**
   * Plays all rows, one after the other; takes about ten seconds.
   *
   * @throws LinkFailure when the watcher cannot connect or subscribe
   */
  public List<Outcome> run() throws LinkFailure, InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    List<Row> rows = Rows.all();
    try (Watcher watcher = Watcher.open(target, "watcher", story)) {
      watching.run();
      Stage stage = new Stage(target, watcher, story);
      for (Row row : rows) {
        story.row(outcomes.size() + 1, rows.size(), row.ending());
        Finding finding = play(row, stage);
        Outcome outcome =
            new Outcome(
                row.ending(), row.expected(), finding.seen(), finding.after(), finding.verdict());
        story.outcome(outcome);
        outcomes.add(outcome);
      }
    }
    return outcomes;
  }

  private static Finding play(Row row, Stage stage) throws InterruptedException {
    try {
      return row.play().on(stage);
    } catch (LinkFailure e) {
      return Finding.failed("the client's connection failed: " + words(e), null);
    } catch (IOException e) {
      return Finding.failed("the client in a process of its own " + e.getMessage(), null);
    }
  }

  static String words(LinkFailure failure) {
    if (failure.kind() == LinkFailure.Kind.REFUSED) {
      int code = failure.code();
      return code >= 0x80 ? ReasonCode.text(code) : ReasonCode.connackTextV3(code);
    }
    return failure.getMessage() == null ? failure.kind().toString() : failure.getMessage();
  }
}
