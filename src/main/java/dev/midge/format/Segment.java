package dev.midge.format;

import dev.midge.mqtt.ReceivedMessage;

/** One compiled piece of a {@link Format}: copied text, or a value of the message or the time. */
interface Segment {

  /** Appends what the piece says about the message. */
  void write(ReceivedMessage received, ByteBuilder out);
}
