package dev.midge.mqtt.packet;

import dev.midge.mqtt.ProtocolVersion;
import java.nio.ByteBuffer;

/**
 * Bytes, in any pieces, into packets. One per direction of a connection; not for several threads.
 */
public final class PacketDecoder {

  /** Which end of the connection reads: each may be sent other packets. */
  public enum Side {
    BROKER,
    CLIENT
  }

  public PacketDecoder(Side side) {
    throw new UnsupportedOperationException();
  }

  /** The version to read by. A decoder of the broker's side sets it itself when CONNECT comes. */
  public void version(ProtocolVersion version) {
    throw new UnsupportedOperationException();
  }

  /** The version in use; null before CONNECT. */
  public ProtocolVersion version() {
    throw new UnsupportedOperationException();
  }

  /**
   * The largest packet to accept, in bytes with the fixed header; larger ones are refused from the
   * header alone.
   */
  public void maximumPacketSize(int bytes) {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes bytes out of the buffer, up to the end of one packet.
   *
   * @return the packet, or null when the buffer is used up and the packet is not complete
   */
  public Packet decode(ByteBuffer from) throws MalformedPacketException {
    throw new UnsupportedOperationException();
  }
}
