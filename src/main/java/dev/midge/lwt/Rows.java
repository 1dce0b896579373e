package dev.midge.lwt;

import dev.midge.client.Link;
import dev.midge.client.LinkFailure;
import dev.midge.fault.Effect;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import java.io.IOException;
import java.util.List;

/** All rows of the drill, in the order of the table. */
final class Rows {
  private static final String NEEDS_V5 = "needs MQTT 5";

  private Rows() {}

  static List<Row> all() {
    return List.of(
        new Row("clean DISCONNECT", "no will", Rows::cleanDisconnect),
        new Row("DISCONNECT 0x04", "will", Rows::disconnectWithWill),
        new Row("close (TCP FIN)", "will", stage -> cut(stage, Effect.CLOSE)),
        new Row("reset (TCP RST)", "will", stage -> cut(stage, Effect.RESET)),
        new Row("freeze (silence)", "will after 1.5 × keep alive", Freeze::play),
        new Row("kill (process dies)", "will", Rows::kill),
        new Row("take-over by the same client id", "will", Rows::takeOver),
        new Row(
            "reset, only --will-topic given", "empty will, QoS 0, not retained", Rows::onlyTopic),
        new Row("reset, will QoS 1", "will, QoS 1", stage -> qos(stage, Qos.AT_LEAST_ONCE)),
        new Row("reset, will QoS 2", "will, QoS 2", stage -> qos(stage, Qos.EXACTLY_ONCE)),
        new Row("reset, will retained", "will, and for a late subscriber", Retained::play),
        new Row("reset, new will after an old one", "the new will only", Rows::newWill),
        new Row("reset, will delay 2 s", "will after 2 s", Delay::late),
        new Row("reset, will delay, back in time", "no will", Delay::cancelled));
  }

  private static Finding cleanDisconnect(Stage stage) throws LinkFailure, InterruptedException {
    try (Link link = stage.connect(stage.will(Stage.OFFLINE, Qos.AT_MOST_ONCE, false))) {
      long end = System.nanoTime();
      link.end(ReasonCode.NORMAL_DISCONNECTION, Properties.NONE);
      return Expect.nothing(stage, end, stage.doubt()); // [MQTT-3.14.4-3]
    }
  }

  private static Finding disconnectWithWill(Stage stage) throws LinkFailure, InterruptedException {
    return stage.isV5() ? cut(stage, Effect.WILL) : Finding.skipped(NEEDS_V5);
  }

  private static Finding cut(Stage stage, Effect effect) throws LinkFailure, InterruptedException {
    return cut(stage, effect, Stage.OFFLINE, Qos.AT_MOST_ONCE);
  }

  private static Finding cut(Stage stage, Effect effect, String payload, Qos qos)
      throws LinkFailure, InterruptedException {
    try (Link link = stage.connect(stage.will(payload, qos, false))) {
      long end = System.nanoTime();
      link.inflict(effect);
      return Expect.will(stage, end, payload, qos); // [MQTT-3.1.2-8]
    }
  }

  private static Finding kill(Stage stage) throws IOException, InterruptedException {
    stage.watcher().forget();
    try (DoomedProcess process = DoomedProcess.start(stage.target(), Stage.START_LIMIT)) {
      stage.story().client("connected in a process of its own, " + process.pid());
      long end = System.nanoTime();
      process.kill();
      return Expect.will(stage, end, Stage.OFFLINE, Qos.AT_MOST_ONCE);
    }
  }

  private static Finding takeOver(Stage stage) throws LinkFailure, InterruptedException {
    try (Link old = stage.connect(stage.will(Stage.OFFLINE, Qos.AT_MOST_ONCE, false))) {
      long end = System.nanoTime();
      try (Link heir = stage.connect(null)) {
        Finding finding =
            Expect.will(stage, end, Stage.OFFLINE, Qos.AT_MOST_ONCE); // [MQTT-3.1.4-3]
        heir.end(ReasonCode.NORMAL_DISCONNECTION, Properties.NONE);
        return finding;
      }
    }
  }

  private static Finding onlyTopic(Stage stage) throws LinkFailure, InterruptedException {
    Finding live = cut(stage, Effect.RESET, "", Qos.AT_MOST_ONCE);
    if (live.verdict() != Verdict.OK) {
      return live;
    }
    if (live.seen().endsWith("retained")) {
      return Finding.failed(live.seen(), live.after());
    }
    return Retained.forLateSubscriber(stage) == null
        ? live
        : Finding.failed(live.seen() + ", and the broker retained it", live.after());
  }

  private static Finding qos(Stage stage, Qos qos) throws LinkFailure, InterruptedException {
    if (stage.maximumQos().compareTo(qos) < 0) {
      return Finding.skipped("the broker offers QoS " + stage.maximumQos().level() + " at most");
    }
    return cut(stage, Effect.RESET, Stage.OFFLINE, qos);
  }

  private static Finding newWill(Stage stage) throws LinkFailure, InterruptedException {
    try (Link link = stage.connect(stage.will("old", Qos.AT_MOST_ONCE, false))) {
      link.end(ReasonCode.NORMAL_DISCONNECTION, Properties.NONE);
    }
    return cut(stage, Effect.RESET, "new", Qos.AT_MOST_ONCE);
  }

  /** The session expiry in force, in seconds, which the broker may have lowered. */
  static long sessionExpiry(Link link, int asked) {
    return link.connack().properties().number(Property.SESSION_EXPIRY_INTERVAL, asked);
  }

  static String needsV5() {
    return NEEDS_V5;
  }
}
