package dev.midge.cli.make;

import dev.midge.cli.parse.RawArguments;
import dev.midge.client.source.MessageSource;
import dev.midge.client.source.RelayingSource;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Topics;
import dev.midge.text.TerminalEscapes;
import dev.midge.text.Utf8;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives the messages of another source, each with the payload and the topic that are made for it.
 */
final class MadeMessages extends RelayingSource {
  private static final int MOST_SHOWN = 100;

  private final Recipe recipe;
  private final PublishingClient client;
  private final Chance chance;
  private final Clock clock;
  private long number;

  /**
   * Says how messages are made.
   *
   * @param payload null where the messages have theirs, or a payload of the size that is by chance
   * @param topic null where the messages have theirs
   * @param size of each payload; negative for any
   */
  record Recipe(@Nullable Template payload, @Nullable Template topic, int size) {}

  MadeMessages(
      MessageSource source, Recipe recipe, PublishingClient client, Chance chance, Clock clock) {
    super(source);
    this.recipe = recipe;
    this.client = client;
    this.chance = chance;
    this.clock = clock;
  }

  @Override
  public @Nullable Message next() throws IOException {
    Message given = source.next();
    if (given == null) {
      return null;
    }
    MessageFacts facts =
        new MessageFacts(client, ++number, clock.instant(), given.payload(), chance);
    return new Message(
        topic(given, facts),
        payload(given, facts),
        given.qos(),
        given.retain(),
        given.properties());
  }

  private byte[] payload(Message given, MessageFacts facts) throws IOException {
    if (recipe.payload() == null) {
      return recipe.size() < 0 ? given.payload() : facts.chance().bytes(recipe.size());
    }
    byte[] made = recipe.payload().make(facts);
    return recipe.size() < 0 ? made : padded(made);
  }

  private byte[] padded(byte[] made) throws IOException {
    if (made.length > recipe.size()) {
      throw new IOException(
          "--template made "
              + made.length
              + " bytes for message "
              + number
              + ", but --size allows only "
              + recipe.size()
              + ".");
    }
    byte[] padded = Arrays.copyOf(made, recipe.size());
    Arrays.fill(padded, made.length, padded.length, (byte) ' ');
    return padded;
  }

  private String topic(Message given, MessageFacts facts) throws IOException {
    if (recipe.topic() == null) {
      return given.topic();
    }
    byte[] made = recipe.topic().make(facts);
    String topic = RawArguments.decode(made, 0, made.length);
    if (!Utf8.isValid(topic) || !Topics.isValidName(topic)) {
      String shown = topic.length() <= MOST_SHOWN ? topic : topic.substring(0, MOST_SHOWN) + "…";
      throw new IOException(
          "--topic-template made '"
              + TerminalEscapes.escaped(shown)
              + "' for message "
              + number
              + ", which is no topic: it takes 1 to 65535 bytes of UTF-8 without control characters, + and #.");
    }
    return topic;
  }
}
