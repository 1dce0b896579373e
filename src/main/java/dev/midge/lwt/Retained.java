package dev.midge.lwt;

import dev.midge.client.Link;
import dev.midge.client.LinkFailure;
import dev.midge.fault.Effect;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import java.time.Duration;

/** The row in which somebody who comes late still learns of the end. */
final class Retained {
  private static final Duration MARKER_LIMIT = Duration.ofSeconds(5);

  private Retained() {}

  static Finding play(Stage stage) throws LinkFailure, InterruptedException {
    if (!stage.retainAvailable()) {
      return Finding.skipped("the broker retains nothing");
    }
    try (Link link = stage.connect(stage.will(Stage.OFFLINE, Qos.AT_MOST_ONCE, true))) {
      long end = System.nanoTime();
      link.inflict(Effect.RESET);
      Finding live = Expect.will(stage, end, Stage.OFFLINE, Qos.AT_MOST_ONCE);
      if (live.verdict() != Verdict.OK) {
        return live;
      }
      Watcher.Arrival late = forLateSubscriber(stage);
      if (late == null) {
        return Finding.failed(live.seen() + "; a late subscriber sees nothing", live.after());
      }
      boolean asOwed = late.received().message().retain() && late.payload().equals(Stage.OFFLINE);
      String seen = live.seen() + "; late: " + late.words();
      return asOwed ? Finding.ok(seen, live.after()) : Finding.failed(seen, live.after());
    } finally {
      clear(stage);
    }
  }

  /** What the broker has retained on the topic; null when nothing. */
  static Watcher.Arrival forLateSubscriber(Stage stage) throws LinkFailure, InterruptedException {
    String marker = stage.target().prefix() + "sensor/marker";
    try (Watcher late = Watcher.open(stage.target(), "late", stage.story(), marker)) {
      // What the late subscriber publishes itself comes after whatever was retained.
      late.link().publish(Message.empty(marker));
      Watcher.Arrival first = late.next(MARKER_LIMIT);
      return first == null || first.received().message().topic().equals(marker) ? null : first;
    }
  }

  private static void clear(Stage stage) throws LinkFailure, InterruptedException {
    Message nothing = Message.of(stage.target().topic(), new byte[0], Qos.AT_MOST_ONCE, true);
    stage.watcher().link().publish(nothing);
    stage.watcher().next(MARKER_LIMIT);
  }
}
