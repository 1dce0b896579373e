package dev.midge.cli.expect;

import dev.midge.mqtt.Message;
import dev.midge.text.Utf8;
import java.util.HexFormat;

/** Shows a message in a line of others: topic and payload, shortened. */
final class ShortMessage {
  private static final int TOPIC = 60;
  private static final int PAYLOAD = 80;
  private static final int BYTES = 16;

  private ShortMessage() {}

  /** Returns the text, which may hold any character that the message holds. */
  static String of(Message message) {
    byte[] payload = message.payload();
    String text = Utf8.strictly(payload);
    String shown =
        text == null
            ? "0x" + HexFormat.of().formatHex(payload, 0, Math.min(BYTES, payload.length))
            : "\"" + shortened(text, PAYLOAD) + "\"";
    boolean whole = text == null ? payload.length <= BYTES : shown.length() == text.length() + 2;
    return shortened(message.topic(), TOPIC)
        + " "
        + shown
        + (whole ? "" : " (" + payload.length + " bytes)");
  }

  private static String shortened(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }
}
