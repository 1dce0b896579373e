package dev.midge.lwt.peer;

import dev.midge.fault.channel.FaultyChannel;
import dev.midge.lwt.peer.TracedPacket.Direction;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Packet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes packets and bytes to one connection and traces them. For several threads. */
final class DrillWriter {
  private final FaultyChannel channel;
  private final ProtocolVersion version;
  private final PacketTrace trace;
  private final String name;
  private volatile long lastSent;

  DrillWriter(FaultyChannel channel, ProtocolVersion version, PacketTrace trace, String name) {
    this.channel = channel;
    this.version = version;
    this.trace = trace;
    this.name = name;
  }

  /** Returns the time of the last packet, by {@link System#nanoTime}. */
  long lastSent() {
    return lastSent;
  }

  /** Writes packets in one write. */
  void write(Packet first, Packet... others) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    add(first, bytes);
    for (Packet packet : others) {
      add(packet, bytes);
    }
    write(bytes.toByteArray());
  }

  private void add(Packet packet, ByteArrayOutputStream to) {
    ByteBuffer bytes = PacketEncoder.encode(packet, version);
    to.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    trace.add(name, Direction.SENT, PacketText.of(packet));
  }

  /**
   * Writes bytes as they are.
   *
   * @param description for the trace
   */
  void write(byte[] bytes, String description) throws IOException {
    trace.add(name, Direction.SENT, description);
    write(bytes);
  }

  private synchronized void write(byte[] bytes) throws IOException {
    channel.out().write(bytes);
    channel.out().flush();
    lastSent = System.nanoTime();
  }
}
