package dev.midge.lwt;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.DrillReader;
import dev.midge.lwt.peer.FailureText;
import dev.midge.lwt.peer.PacketClient;
import dev.midge.lwt.peer.PacketText;
import dev.midge.lwt.peer.Target;
import dev.midge.lwt.peer.Watcher;
import dev.midge.lwt.row.DrillContext;
import dev.midge.lwt.row.RowRun;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import java.time.Duration;

/**
 * Checks before the first row that the user may publish and read below the prefix: a broker with an
 * access list breaks no rule.
 */
final class AccessCheck {
  private static final Duration LIMIT = Duration.ofMillis(2500);

  /** The end of the watcher's client id. */
  static final String WATCHER = "watcher";

  private AccessCheck() {}

  /** Connects the watcher. */
  static PacketClient watch(DrillContext context) throws ConnectionFailure, InterruptedException {
    PacketClient client = context.connectOwn(WATCHER, context.watcher());
    context.watcher().on(client);
    context.watchdog().keepAlive(client);
    return client;
  }

  /**
   * Subscribes the watcher below the prefix.
   *
   * @return false when the broker closed the connection instead, which some do on a SUBSCRIBE that
   *     comes right behind CONNACK
   * @throws DrillRefused when the user may not subscribe there
   * @throws ConnectionFailure when the broker does not answer
   */
  static boolean subscribe(DrillContext context)
      throws DrillRefused, ConnectionFailure, InterruptedException {
    Target target = context.target();
    Watcher watcher = context.watcher();
    String filter = target.prefix() + "#";
    int code = watcher.subscribe(new Subscription(filter, Qos.EXACTLY_ONCE, false, false, 0));
    if (code < 0 && !watcher.client().isEnded()) {
      throw target.unanswered("SUBACK");
    }
    if (ReasonCode.isFailure(code)) {
      throw refused(
          target, "the broker refused the subscription to " + filter + " (" + reason(code) + ")");
    }
    return code >= 0;
  }

  /** Returns the refusal of a broker that closes the connection on each SUBSCRIBE. */
  static DrillRefused closedOnSubscribe(Target target) {
    return refused(
        target, "the broker closed the connection on SUBSCRIBE to " + target.prefix() + "#");
  }

  /**
   * Publishes a message below the prefix, and waits until the watcher has it.
   *
   * @param watcher its connection
   * @throws DrillRefused when it does not come, though the broker answers
   * @throws ConnectionFailure when the broker does not answer, or lets no second client connect
   */
  static void check(DrillContext context, PacketClient watcher)
      throws DrillRefused, ConnectionFailure, InterruptedException {
    try (DrillClient client = context.connectOwn("control", DrillReader.Sink.NONE)) {
      check(context, watcher, client);
    }
  }

  private static void check(DrillContext context, PacketClient watcher, DrillClient client)
      throws DrillRefused, ConnectionFailure, InterruptedException {
    try {
      publish(context, watcher, client);
    } catch (ConnectionFailure e) {
      if (e.kind() == ConnectionFailure.Kind.UNANSWERED || context.watcher().lost() != null) {
        throw e;
      }
      throw refused(
          context.target(), "the broker ended the connection on a PUBLISH: " + FailureText.of(e));
    }
  }

  private static void publish(DrillContext context, PacketClient watcher, DrillClient client)
      throws DrillRefused, ConnectionFailure, InterruptedException {
    Target target = context.target();
    String topic = target.prefix() + "control/status";
    Message message = Message.of(topic, RowRun.bytes("control"), context.acknowledged(), false);
    int code = client.publish(message).await();
    if (ReasonCode.isFailure(code)) {
      throw refused(target, "the broker refused a PUBLISH to " + topic + " (" + reason(code) + ")");
    }
    if (context.watcher().inbox(topic).take(LIMIT) == null) {
      // A broker that passes on no message refuses it, if it is there at all.
      watcher.ping();
      throw refused(target, "a message to " + topic + " did not arrive");
    }
    client.leave();
  }

  private static String reason(int code) {
    return PacketText.code(code) + ", " + ReasonCode.text(code);
  }

  private static DrillRefused refused(Target target, String cause) {
    String where = target.prefix().isEmpty() ? "there" : "below " + target.prefix();
    return new DrillRefused(
        "this user may not publish, or not read, "
            + where
            + " ("
            + cause
            + "); try --prefix with topics that are allowed.",
        target.notAuthorised());
  }
}
