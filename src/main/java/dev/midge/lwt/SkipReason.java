package dev.midge.lwt;

import dev.midge.lwt.peer.Target;
import dev.midge.lwt.row.DrillContext;
import dev.midge.lwt.row.Row;
import dev.midge.mqtt.Qos;
import dev.midge.net.Endpoint.Transport;
import org.jspecify.annotations.Nullable;

/** Finds the reason for which a row cannot be played with a broker or over a connection. */
final class SkipReason {
  private SkipReason() {}

  /** Returns null when the row can be played. */
  static @Nullable String of(Row row, DrillContext context) {
    Target target = context.target();
    if (!row.versions().contains(target.version())) {
      return "needs MQTT 5";
    }
    for (Row.Need need : row.needs()) {
      String reason =
          switch (need) {
            case QOS_1 -> qos(Qos.AT_LEAST_ONCE, context);
            case QOS_2 -> qos(Qos.EXACTLY_ONCE, context);
            case RETAIN -> context.isRetainAvailable() ? null : "the broker retains nothing";
            case SHARED_SUBSCRIPTIONS ->
                context.hasSharedSubscriptions() ? null : "the broker has no shared subscriptions";
            case TLS -> target.endpoint().tls() == null ? "needs TLS" : null;
            case WEBSOCKET ->
                target.endpoint().transport() == Transport.WEBSOCKET ? null : "needs WebSocket";
            case NETWORK -> context.network() == null ? "needs --proxy-faults" : null;
          };
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  private static @Nullable String qos(Qos needed, DrillContext context) {
    Qos offered = context.maximumQos();
    return offered.compareTo(needed) >= 0
        ? null
        : "the broker offers QoS " + offered.level() + " at most";
  }
}
