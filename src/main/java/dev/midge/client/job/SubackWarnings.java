package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Suback;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells of subscriptions that SUBACK refuses, or grants with less QoS than was asked for. */
final class SubackWarnings {
  private SubackWarnings() {}

  /**
   * Tells the events of each.
   *
   * @return whether the job is to end because of one
   */
  static boolean tell(ClientEvents events, List<Subscription> asked, Suback suback) {
    String reason = suback.properties().text(Property.REASON_STRING);
    boolean ends = false;
    for (int i = 0; i < asked.size(); i++) {
      String line = line(asked.get(i), suback.reasonCodes().get(i), reason);
      ends |= line != null && events.denied(line);
    }
    return ends;
  }

  private static @Nullable String line(Subscription asked, int code, @Nullable String reason) {
    if (ReasonCode.isFailure(code)) {
      return "Warning: The broker refused the subscription to '"
          + asked.filter()
          + "': "
          + ReasonCode.text(code)
          + (reason == null || reason.isEmpty() ? "." : ": \"" + reason + "\".");
    }
    return code >= asked.qos().level()
        ? null
        : "Warning: The broker granted QoS "
            + code
            + " to the subscription to '"
            + asked.filter()
            + "', not "
            + asked.qos().level()
            + ".";
  }
}
