package dev.midge.lwt;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.peer.Watcher;
import dev.midge.lwt.row.DrillContext;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks a broker for its version, on a connection of its own, since some brokers cut the connection
 * that asks.
 */
final class BrokerVersion {
  private static final String TOPIC = "$SYS/broker/version";
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private BrokerVersion() {}

  /** Returns null when the broker does not tell. */
  static @Nullable String ask(DrillContext context) throws InterruptedException {
    Watcher watcher = new Watcher();
    try (DrillClient client = context.connectOwn("version", watcher)) {
      watcher.on(client).subscribe(Subscription.of(TOPIC, Qos.AT_MOST_ONCE));
      Arrival arrival = watcher.inbox(TOPIC).take(LIMIT);
      client.leave();
      return arrival == null || arrival.message() == null
          ? null
          : new String(arrival.message().payload(), StandardCharsets.UTF_8);
    } catch (ConnectionFailure e) {
      return null;
    }
  }
}
