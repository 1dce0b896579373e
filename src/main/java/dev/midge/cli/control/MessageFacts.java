package dev.midge.cli.control;

import dev.midge.control.Facts;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Will;
import dev.midge.text.Utf8;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Messages as facts, each with the beginning of its payload. */
final class MessageFacts {
  private static final int MOST_BYTES = 256;

  private MessageFacts() {}

  /** Returns a will with its delay in seconds; null for none. */
  static @Nullable Facts of(@Nullable Will will) {
    return will == null ? null : of(will.message()).with("delay", will.delay().toSeconds());
  }

  /** Returns a message. */
  static Facts of(Message message) {
    Facts facts =
        new Facts()
            .with("topic", message.topic())
            .with("qos", message.qos().level())
            .with("retain", message.retain())
            .with("bytes", message.payload().length);
    byte[] shown = beginning(message.payload());
    String text = Utf8.strictly(shown);
    if (text == null) {
      facts.with("payload_base64", Base64.getEncoder().encodeToString(shown));
    } else {
      facts.with("payload", text);
    }
    return shown.length < message.payload().length ? facts.with("cut", true) : facts;
  }

  /** Ends before a character that would be cut. */
  private static byte[] beginning(byte[] payload) {
    if (payload.length <= MOST_BYTES) {
      return payload;
    }
    int end = MOST_BYTES;
    while (end > MOST_BYTES - 4 && (payload[end] & 0xC0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(payload, end);
  }

  /** Returns whole seconds, rounded up; null for null. */
  static @Nullable Long seconds(@Nullable Duration time) {
    return time == null ? null : (Long) ((time.toMillis() + 999) / 1000);
  }
}
