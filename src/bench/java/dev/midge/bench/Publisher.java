package dev.midge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Publishes one message over and over, and keeps the rules of its QoS: at most so many messages in
 * flight. Used by the driver's one thread.
 */
final class Publisher implements Flow.Ready {
  private final Wire wire;
  private final int qos;
  private final int maxInFlight;
  private final byte[] packet;
  private final int idAt;

  // QoS 0: the packet many times in a row; what is to be written is a piece of that ring.
  private final ByteBuffer ring;
  private long ringBytes;

  private int inFlight;
  private int lastId;
  private long published;

  Publisher(Wire wire, String topic, int qos, int payload, int maxInFlight) {
    this.wire = wire;
    this.qos = qos;
    this.maxInFlight = maxInFlight;
    this.packet = Packets.publish(topic, qos, false, payload);
    this.idAt = packet.length - payload - 2;
    int copies = Wire.BUFFER / packet.length;
    this.ring = ByteBuffer.allocateDirect(copies * packet.length);
    for (int i = 0; i < copies; i++) {
      ring.put(packet);
    }
    ring.flip();
  }

  Wire wire() {
    return wire;
  }

  long published() {
    return published;
  }

  /** Whether all that was published is acknowledged. */
  boolean isSettled() {
    return inFlight == 0;
  }

  /**
   * Publishes.
   *
   * @param most messages; fewer if the rules of the QoS say so
   * @return whether bytes are left that the socket has no room for
   */
  boolean publish(int most) throws IOException {
    if (qos == 0) {
      ringBytes += (long) most * packet.length;
      published += most;
    } else {
      int count = Math.min(most, maxInFlight - inFlight);
      for (int i = 0; i < count; i++) {
        lastId = lastId == 65535 ? 1 : lastId + 1;
        packet[idAt] = (byte) (lastId >> 8);
        packet[idAt + 1] = (byte) lastId;
        wire.out.put(packet);
      }
      inFlight += count;
      published += count;
    }
    return !write();
  }

  private boolean write() throws IOException {
    while (ringBytes > 0) {
      if (!ring.hasRemaining()) {
        ring.position(0);
      }
      ring.limit((int) Math.min(ring.capacity(), ring.position() + ringBytes));
      int count = wire.channel.write(ring);
      boolean all = !ring.hasRemaining();
      ring.limit(ring.capacity());
      ringBytes -= count;
      if (!all) {
        return false;
      }
    }
    return wire.flush();
  }

  /** Reads acknowledgements, and writes what was left. */
  @Override
  public boolean ready() throws IOException {
    wire.fill();
    ByteBuffer in = wire.in;
    int limit = in.position();
    int at = 0;
    int body;
    while ((body = Frames.body(in, at, limit)) > 0) {
      int end = Frames.end(in, at, body);
      if (end > limit) {
        break;
      }
      switch (Frames.type(in, at)) {
        case Packets.PUBACK, Packets.PUBCOMP -> inFlight--;
        case Packets.PUBREC -> Packets.ack(wire.out, Packets.PUBREL, Frames.packetId(in, body));
        default -> {}
      }
      at = end;
    }
    wire.taken(at);
    return !write();
  }
}
