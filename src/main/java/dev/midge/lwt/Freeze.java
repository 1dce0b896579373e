package dev.midge.lwt;

import dev.midge.client.Link;
import dev.midge.client.LinkFailure;
import dev.midge.fault.Effect;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import java.time.Duration;

/** The row in which only keep alive can find out that the client is gone. */
final class Freeze {
  /** The first that the broker accepts is used, to be quick. */
  private static final int[] KEEP_ALIVES = {1, 5, 10, 30, 60};

  private static final int TOO_LONG = 120;

  private Freeze() {}

  static Finding play(Stage stage) throws LinkFailure, InterruptedException {
    for (int asked : KEEP_ALIVES) {
      try (Link link = stage.open(spec(stage, asked))) {
        long keepAlive =
            link.connack()
                .properties()
                .number(Property.SERVER_KEEP_ALIVE, asked); // [MQTT-3.2.2-21]
        if (keepAlive == 0 || keepAlive > TOO_LONG) {
          return Finding.skipped("the broker wants a keep alive of " + keepAlive + " s");
        }
        long end = System.nanoTime();
        link.inflict(Effect.FREEZE);
        stage.story().client("frozen, keep alive " + keepAlive + " s");
        // The standard wants one and a half times [MQTT-3.1.2-22]; brokers look at their clocks by
        // the second.
        Duration earliest = Duration.ofSeconds(keepAlive);
        Duration latest = Duration.ofMillis(keepAlive * 1500).plusSeconds(3);
        Finding finding =
            Expect.will(stage, end, Stage.OFFLINE, Qos.AT_MOST_ONCE, earliest, latest);
        return new Finding(
            finding.verdict(),
            finding.seen() + ", keep alive " + keepAlive + " s",
            finding.after());
      } catch (LinkFailure e) {
        if (e.kind() != LinkFailure.Kind.REFUSED || asked == KEEP_ALIVES[KEEP_ALIVES.length - 1]) {
          throw e;
        }
      }
    }
    throw new IllegalStateException("the last keep alive returned or threw");
  }

  private static dev.midge.client.ConnectSpec spec(Stage stage, int keepAlive) {
    return stage
        .target()
        .spec(Stage.CLIENT, stage.will(Stage.OFFLINE, Qos.AT_MOST_ONCE, false), true, keepAlive, 0);
  }
}
