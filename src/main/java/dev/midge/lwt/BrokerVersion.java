package dev.midge.lwt;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.peer.PacketTrace;
import dev.midge.lwt.peer.Target;
import dev.midge.lwt.peer.Watcher;
import dev.midge.lwt.row.DrillContext;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks a broker for its version, on a connection of its own: some brokers cut the connection of
 * those who ask.
 */
final class BrokerVersion {
  private static final String TOPIC = "$SYS/broker/version";
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private BrokerVersion() {}

  /** Returns null when the broker does not tell. */
  static String ask(DrillContext context) throws InterruptedException {
    Target target = context.target();
    Watcher watcher = new Watcher((topic, words) -> {});
    try (DrillClient client =
        DrillClient.open(target, context.watchdog(), new PacketTrace(), "version", watcher)) {
      client.connect(Watcher.connect(target, context.clientPrefix() + "version"));
      watcher.on(client);
      watcher.subscribe(Subscription.of(TOPIC, Qos.AT_MOST_ONCE), target);
      Arrival arrival = watcher.inbox(TOPIC).take(System.nanoTime() + LIMIT.toNanos());
      client.leave();
      return arrival == null || arrival.message() == null
          ? null
          : new String(arrival.message().payload(), StandardCharsets.UTF_8);
    } catch (ConnectionFailure e) {
      return null;
    }
  }
}
