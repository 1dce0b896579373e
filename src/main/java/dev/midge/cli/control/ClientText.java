package dev.midge.cli.control;

import dev.midge.control.Facts;
import dev.midge.text.TerminalEscapes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All about one client, a fact a line. */
final class ClientText {
  private ClientText() {}

  static List<String> lines(@Nullable Facts client) {
    if (client == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    for (String name : client.names()) {
      Object value = client.value(name);
      if (value == null || name.equals("will") || name.equals("delayed_will")) {
        continue;
      }
      if (name.equals("subscriptions")) {
        client.list(name).forEach(each -> lines.add(line("subscription", subscription(each))));
      } else if (!(value instanceof Iterable<?>)) {
        lines.add(line(name.replace('_', ' '), shown(client, name)));
      }
    }
    if (client.has("will")) {
      lines.addAll(wills(client));
    }
    return lines;
  }

  private static String subscription(Facts subscription) {
    return shown(subscription, "filter")
        + " (QoS "
        + subscription.text("qos")
        + (subscription.is("no_local") ? ", no local" : "")
        + (subscription.is("retain_as_published") ? ", retain as published" : "")
        + (subscription.value("identifier") == null
            ? ""
            : ", identifier " + subscription.text("identifier"))
        + ")";
  }

  /** Returns the lines of the will, and of the delayed will. */
  static List<String> wills(Facts client) {
    List<String> lines = new ArrayList<>();
    Facts will = client.facts("will");
    Facts delayed = client.facts("delayed_will");
    if (will != null) {
      lines.add(line("will", will(will)));
    }
    if (delayed != null) {
      lines.add(
          line("delayed will", will(delayed) + ", in " + seconds(client.value("delayed_will_in"))));
    }
    if (lines.isEmpty()) {
      lines.add(line("will", "none"));
    }
    return lines;
  }

  private static String will(Facts will) {
    String delay = will.text("delay");
    return shown(will, "topic")
        + " (QoS "
        + will.text("qos")
        + (will.is("retain") ? ", retained" : "")
        + (delay.equals("0") ? "" : ", delay " + delay + " s")
        + ", "
        + will.text("bytes")
        + " bytes) "
        + payload(will);
  }

  /** Returns the beginning of a payload. */
  static String payload(Facts message) {
    String text =
        message.value("payload") != null
            ? shown(message, "payload")
            : "(base64) " + shown(message, "payload_base64");
    return text + (message.is("cut") ? "…" : "");
  }

  /** Returns seconds for people; empty for none. */
  static String seconds(@Nullable Object number) {
    return number == null ? "" : number + " s";
  }

  private static String line(String name, String value) {
    return String.format("%-20s %s", name, value);
  }

  /** Returns a fact as text that does nothing to a terminal. */
  static String shown(@Nullable Facts facts, String name) {
    return facts == null ? "" : TerminalEscapes.escaped(facts.text(name));
  }
}
