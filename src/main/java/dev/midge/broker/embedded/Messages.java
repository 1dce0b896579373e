package dev.midge.broker.embedded;

import dev.midge.mqtt.Topics;
import java.time.Duration;
import java.util.List;

/**
 * The messages that were published to certain topics since the broker started or {@code forget()},
 * the oldest first; wills and retained ones too. Whether anybody has subscribed does not matter.
 *
 * <pre>{@code
 * List<SeenMessage> three = broker.messages("sensor/#").await(3, Duration.ofSeconds(2));
 * assertEquals("offline", three.get(2).text());
 * }</pre>
 */
public final class Messages {
  private final Recorder recorder;
  private final String filter;

  Messages(Recorder recorder, String filter) {
    if (!Topics.isValidFilter(filter)) {
      throw new IllegalArgumentException("no topic filter: '" + filter + "'");
    }
    this.recorder = recorder;
    this.filter = filter;
  }

  /** Returns those that have been published so far. */
  public List<SeenMessage> all() {
    return recorder.messages(this::isWanted);
  }

  /** Returns the payloads of those that have been published so far, as UTF-8 text. */
  public List<String> texts() {
    return all().stream().map(SeenMessage::text).toList();
  }

  private boolean isWanted(SeenMessage message) {
    return Topics.matches(filter, message.topic());
  }

  /**
   * Waits until at least so many have been published.
   *
   * @return all that have been by then
   * @throws AssertionError when they have not in time; it shows what the broker saw
   */
  public List<SeenMessage> await(int count, Duration most) {
    recorder.await(
        count + " messages to '" + filter + "'",
        most,
        () -> all().size() >= count,
        () -> "saw" + FailureText.lines(all()));
    return all();
  }

  /**
   * Waits for the first one.
   *
   * @throws AssertionError when there is none in time; it shows what the broker saw
   */
  public SeenMessage awaitOne(Duration most) {
    return await(1, most).get(0);
  }
}
