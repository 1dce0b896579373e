package dev.midge.lwt;

import dev.midge.mqtt.Qos;
import java.time.Duration;

/** Holds what the watcher sees against what the broker owes. */
final class Expect {
  private Expect() {}

  /** Nothing is to come. */
  static Finding nothing(Stage stage, long end, Duration watch) throws InterruptedException {
    Watcher.Arrival arrival = stage.watcher().next(watch);
    if (stage.watcher().isLost()) {
      return lost();
    }
    return arrival == null
        ? Finding.ok("nothing", null)
        : Finding.failed(arrival.words(), arrival.since(end));
  }

  /** One will that is due at once. */
  static Finding will(Stage stage, long end, String payload, Qos qos) throws InterruptedException {
    return will(stage, end, payload, qos, Duration.ZERO, stage.patience());
  }

  /** One will, and only one, not before and not after these times from the end of the client. */
  static Finding will(
      Stage stage, long end, String payload, Qos qos, Duration earliest, Duration latest)
      throws InterruptedException {
    Watcher.Arrival arrival = stage.watcher().next(latest.minus(sinceThen(end)));
    if (stage.watcher().isLost()) {
      return lost();
    }
    if (arrival == null) {
      return Finding.failed("nothing in " + seconds(latest), null);
    }
    Duration after = arrival.since(end);
    if (!arrival.payload().equals(payload) || arrival.received().message().qos() != qos) {
      return Finding.failed(arrival.words(), after);
    }
    if (after.compareTo(earliest) < 0) {
      return Finding.failed(arrival.words() + ", too early", after);
    }
    if (stage.watcher().next(stage.echo()) != null) {
      return Finding.failed(arrival.words() + ", and a second one", after);
    }
    return Finding.ok(arrival.words(), after);
  }

  private static Finding lost() {
    return Finding.failed("the watcher lost its connection", null);
  }

  private static Duration sinceThen(long end) {
    return Duration.ofNanos(System.nanoTime() - end);
  }

  static String seconds(Duration time) {
    long tenths = time.toMillis() / 100;
    return tenths / 10 + "." + tenths % 10 + " s";
  }
}
