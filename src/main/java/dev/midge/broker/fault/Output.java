package dev.midge.broker.fault;

import dev.midge.broker.core.Peer;
import java.nio.ByteBuffer;

/** The packets and bytes that a connection has to write, in order. */
public interface Output extends Peer {

  /** Takes bytes to be written, which need not be a packet. */
  void sendBytes(ByteBuffer bytes);

  /** Returns how many bytes were taken since the connection began. */
  long added();
}
