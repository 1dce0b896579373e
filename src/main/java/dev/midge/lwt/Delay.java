package dev.midge.lwt;

import dev.midge.client.ConnectSpec;
import dev.midge.client.Link;
import dev.midge.client.LinkFailure;
import dev.midge.fault.Effect;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import java.time.Duration;

/** The rows about the Will Delay Interval of MQTT 5. */
final class Delay {
  private static final int SECONDS = 2;
  private static final int SESSION_EXPIRY = 30;
  private static final Duration DELAY = Duration.ofSeconds(SECONDS);

  /** Brokers may count by the second. */
  private static final Duration LATE = Duration.ofSeconds(3);

  private static final Duration CLOCKS_DIFFER = Duration.ofMillis(50);

  private Delay() {}

  static Finding late(Stage stage) throws LinkFailure, InterruptedException {
    if (!stage.isV5()) {
      return Finding.skipped(Rows.needsV5());
    }
    try (Link link = stage.open(first(stage))) {
      if (Rows.sessionExpiry(link, SESSION_EXPIRY) <= SECONDS) {
        return Finding.skipped("the broker keeps no session so long");
      }
      long end = System.nanoTime();
      link.inflict(Effect.RESET);
      return Expect.will(
          stage, end, Stage.OFFLINE, qos(stage), DELAY.minus(CLOCKS_DIFFER), DELAY.plus(LATE));
    } finally {
      stage.removeSession();
    }
  }

  static Finding cancelled(Stage stage) throws LinkFailure, InterruptedException {
    if (!stage.isV5()) {
      return Finding.skipped(Rows.needsV5());
    }
    try (Link link = stage.open(first(stage))) {
      if (Rows.sessionExpiry(link, SESSION_EXPIRY) <= SECONDS) {
        return Finding.skipped("the broker keeps no session so long");
      }
      link.inflict(Effect.RESET);
      long end = System.nanoTime();
      ConnectSpec again =
          stage
              .target()
              .spec(Stage.CLIENT, null, false, Target.ORDINARY_KEEP_ALIVE, SESSION_EXPIRY);
      try (Link back = stage.open(again)) {
        if (!back.connack().sessionPresent()) {
          return Finding.failed("the broker had lost the session", null);
        }
        Finding finding = Expect.nothing(stage, end, DELAY.plus(stage.doubt())); // [MQTT-3.1.3-9]
        back.end(ReasonCode.NORMAL_DISCONNECTION, Properties.NONE);
        return finding;
      }
    } finally {
      stage.removeSession();
    }
  }

  private static ConnectSpec first(Stage stage) {
    return stage
        .target()
        .spec(
            Stage.CLIENT,
            stage.delayedWill(SECONDS, qos(stage)),
            true,
            Target.ORDINARY_KEEP_ALIVE,
            SESSION_EXPIRY);
  }

  private static Qos qos(Stage stage) {
    return stage.maximumQos().min(Qos.AT_LEAST_ONCE);
  }
}
