package dev.midge.cli.command;

import dev.midge.format.JsonEvents;
import dev.midge.mqtt.Properties;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The time from a request to its answer, for {@code --latency}. */
final class LatencyText {
  private LatencyText() {}

  /** Prints it, as mosquitto_rr does or as JSON. */
  static void print(Duration latency, boolean json, Clock clock, OutputStream out)
      throws IOException {
    if (json) {
      double seconds = latency.toNanos() / 1e9;
      new JsonEvents(out, clock).write("latency", Map.of("seconds", seconds), Properties.NONE);
    } else {
      out.write(("Latency: " + text(latency) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  /** Returns the time as mosquitto_rr writes it. */
  static String text(Duration time) {
    long nanos = time.toNanos();
    if (nanos >= 1_000_000_000) {
      return decimal(nanos / 1_000_000_000, nanos % 1_000_000_000, 9);
    }
    if (nanos < 1000) {
      return nanos + "ns";
    }
    return nanos < 1_000_000
        ? decimal(nanos / 1000, nanos % 1000 * 1000, 6) + "µs"
        : decimal(nanos / 1_000_000, nanos % 1_000_000, 6) + "ms";
  }

  private static String decimal(long whole, long fraction, int digits) {
    String text = String.valueOf(fraction);
    return whole + "." + "0".repeat(digits - text.length()) + text;
  }
}
