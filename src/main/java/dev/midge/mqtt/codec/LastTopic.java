package dev.midge.mqtt.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The topic of the last PUBLISH on a connection: who publishes mostly repeats it, and a valid one
 * need not be decoded and checked again. Part of a {@link PacketDecoder}.
 */
final class LastTopic {
  /** Longer ones are not kept, so that many connections cannot keep much. */
  private static final int LONGEST = 256;

  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private @Nullable String text;

  /**
   * Returns the topic, if these are its bytes; null if it is another one.
   *
   * @param length of the bytes from the buffer's position on
   */
  @Nullable String matching(ByteBuffer body, int length) {
    if (length != bytes.limit() || length == 0) {
      return null;
    }
    return body.slice(body.position(), length).equals(bytes) ? text : null;
  }

  /**
   * Keeps a topic that was found valid.
   *
   * @param at where its bytes begin
   */
  void keep(ByteBuffer body, int at, int length, String topic) {
    if (length <= LONGEST) {
      bytes = ByteBuffer.allocate(length).put(0, body, at, length);
      text = topic;
    }
  }
}
