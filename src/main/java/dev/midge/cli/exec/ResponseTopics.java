package dev.midge.cli.exec;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Topics;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides where the answer to a request goes. A request chooses that topic, and the answer is
 * published with the rights of whoever serves: so it never goes to where requests are taken from,
 * which might never come to an end, nor below {@code $}, where brokers are controlled. For several
 * threads.
 */
final class ResponseTopics {
  private final List<String> filters;
  private final @Nullable String usual;
  private final Consumer<String> warn;
  private final Set<Flaw> warned = EnumSet.noneOf(Flaw.class);

  private enum Flaw {
    ABSENT,
    INVALID,
    RESERVED,
    OWN
  }

  /**
   * @param filters those that are subscribed to, without {@code $share/NAME/}
   * @param usual for requests that name none; null for none
   * @param warn takes a line for the first request of each kind that is passed over
   */
  ResponseTopics(List<String> filters, @Nullable String usual, Consumer<String> warn) {
    this.filters = filters;
    this.usual = usual;
    this.warn = warn;
  }

  /** Tells whether requests are taken from a topic. */
  static boolean matchesAny(List<String> filters, String topic) {
    return filters.stream().anyMatch(filter -> Topics.matches(filter, topic));
  }

  /** Returns the topic for the answer; null for a request that is passed over. */
  @Nullable String of(Message request) {
    String named = request.properties().text(Property.RESPONSE_TOPIC);
    String topic = named == null ? usual : named;
    if (topic == null) {
      pass(request, Flaw.ABSENT, "it names no response topic, and there is no -e TOPIC.");
    } else if (!Topics.isValidName(topic)) {
      pass(request, Flaw.INVALID, "its response topic, '" + topic + "', is no topic name.");
    } else if (topic.startsWith("$")) {
      pass(request, Flaw.RESERVED, "its response topic, '" + topic + "', begins with $.");
    } else if (matchesAny(filters, topic)) {
      pass(request, Flaw.OWN, "requests are taken from its response topic, '" + topic + "', too.");
    } else {
      return topic;
    }
    return null;
  }

  private synchronized void pass(Message request, Flaw flaw, String why) {
    if (warned.add(flaw)) {
      warn.accept(
          "Warning: a request on '"
              + request.topic()
              + "' was passed over, as others like it will be: "
              + why);
    }
  }
}
