package dev.midge.broker.fault;

import dev.midge.broker.core.Peer;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Packet;
import java.nio.ByteBuffer;

/** The packets and bytes that a connection has to write, in order. */
public interface Output extends Peer {

  /**
   * Takes a packet to be written, which stays here until {@link #writeMuch} or the end of the turn:
   * faults are to know where its bytes are before.
   */
  void add(Packet packet, ProtocolVersion version);

  /** Writes, as far as that is allowed, if too much has been taken to wait for the turn's end. */
  void writeMuch();

  /** Takes bytes to be written, which need not be a packet. */
  void sendBytes(ByteBuffer bytes);

  /** Returns how many bytes were taken since the connection began. */
  long added();
}
