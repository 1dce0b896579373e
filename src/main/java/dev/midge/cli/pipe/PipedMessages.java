package dev.midge.cli.pipe;

import dev.midge.client.source.MessageSource;
import dev.midge.mqtt.Message;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives the messages that the parts of the input stand for, edited, and each when it is due. */
final class PipedMessages implements MessageSource {
  private final Parts parts;
  private final MessageReader reader;
  private final Editor editor;
  private final @Nullable Replay replay;
  private @Nullable PipedMessage ahead;
  private @Nullable IOException trouble;

  /**
   * @param replay tells when a message is due; null where each is so at once
   */
  PipedMessages(Parts parts, MessageReader reader, Editor editor, @Nullable Replay replay) {
    this.parts = parts;
    this.reader = reader;
    this.editor = editor;
    this.replay = replay;
  }

  @Override
  public @Nullable Message next() throws IOException {
    PipedMessage next = ahead;
    ahead = null;
    while (next == null) {
      if (trouble != null) {
        throw trouble;
      }
      byte[] part = parts.next();
      if (part == null) {
        return null;
      }
      next = read(part);
    }
    if (replay != null) {
      replay.await(next.time());
    }
    return next.message();
  }

  /** Looks ahead, for parts may be passed over, and messages not be due yet. */
  @Override
  public boolean isReady() {
    try {
      while (ahead == null && trouble == null && parts.isReady()) {
        byte[] part = parts.next();
        ahead = part == null ? null : read(part);
      }
    } catch (IOException e) {
      trouble = e; // For what was read before is to be sent first.
    }
    return ahead != null && (replay == null || replay.isDue(ahead.time()));
  }

  /** Returns null for a part that is passed over. */
  private @Nullable PipedMessage read(byte[] part) throws IOException {
    PipedMessage read = reader.read(part, parts);
    return read == null ? null : editor.edit(read, parts);
  }

  @Override
  public boolean isStream() {
    return true;
  }
}
