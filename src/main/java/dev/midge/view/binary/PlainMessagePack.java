package dev.midge.view.binary;

import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * Makes the library for MessagePack do without the JDK's unsafe access to memory, of which Java 24
 * and later warn on standard error.
 */
final class PlainMessagePack {
  static {
    // Read once, when the first buffer is made.
    System.setProperty("msgpack.universal-buffer", "true");
  }

  private PlainMessagePack() {}

  static MessageUnpacker unpacker(byte[] payload) {
    return MessagePack.newDefaultUnpacker(payload);
  }

  static MessageBufferPacker packer() {
    return MessagePack.newDefaultBufferPacker();
  }
}
