package dev.midge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Counts messages and acknowledges them. Used by the driver's one thread. */
final class Subscriber implements Flow.Ready {
  private final Wire wire;
  private long received;

  Subscriber(Wire wire) {
    this.wire = wire;
  }

  long received() {
    return received;
  }

  Wire wire() {
    return wire;
  }

  /**
   * Reads and answers.
   *
   * @return whether answers are left that the socket has no room for
   */
  @Override
  public boolean ready() throws IOException {
    if (wire.out.position() < wire.out.capacity() / 2) {
      wire.fill();
      look();
    }
    return !wire.flush();
  }

  void look() {
    ByteBuffer in = wire.in;
    int limit = in.position();
    int at = 0;
    while (limit - at >= 2) {
      int length = in.get(at + 1);
      int body = at + 2;
      if (length < 0) {
        body = Frames.body(in, at, limit);
        length = body < 0 ? limit : Frames.end(in, at, body) - body;
      }
      int end = body + length;
      if (body < 0 || end > limit) {
        break;
      }
      switch (Frames.type(in, at)) {
        case Packets.PUBLISH -> {
          received++;
          int qos = Frames.qos(in, at);
          if (qos > 0) {
            int type = qos == 1 ? Packets.PUBACK : Packets.PUBREC;
            Packets.ack(wire.out, type, Frames.packetIdOfPublish(in, body));
          }
        }
        case Packets.PUBREL -> Packets.ack(wire.out, Packets.PUBCOMP, Frames.packetId(in, body));
        default -> {}
      }
      at = end;
    }
    wire.taken(at);
  }
}
