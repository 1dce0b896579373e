package dev.midge.differential;

import dev.midge.mqtt.packet.PacketType;
import java.util.ArrayList;
import java.util.List;

/** All that clients wrote to one listener, connection by connection. */
final class Recording {
  private static final int SHOWN_BYTES = 200;

  private final List<PacketStream> connections = new ArrayList<>();

  /** Makes room for one more connection. */
  synchronized PacketStream connection() {
    PacketStream stream = new PacketStream();
    connections.add(stream);
    return stream;
  }

  synchronized boolean isComplete() {
    return connections.stream().allMatch(PacketStream::isEnded);
  }

  /** One line per packet, its name and its bytes in hex, sorted where order means nothing. */
  synchronized String text(long pid, Case act) {
    StringBuilder text = new StringBuilder();
    for (PacketStream connection : connections) {
      if (text.length() > 0) {
        text.append("-- next connection --\n");
      }
      List<String> lines = new ArrayList<>();
      connection.packets().forEach(packet -> lines.add(line(Essence.ofPacket(packet, pid))));
      if (act.forgetsFarewell) {
        lines.removeIf(line -> line.startsWith("DISCONNECT"));
      }
      if (act.sorted) {
        lines.sort(null);
      }
      lines.forEach(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }

  private static String line(String packet) {
    StringBuilder line = new StringBuilder();
    line.append(PacketType.ofFirstByte(packet.charAt(0))).append(' ');
    for (int i = 0; i < packet.length() && i < SHOWN_BYTES; i++) {
      line.append(Character.forDigit(packet.charAt(i) >> 4, 16));
      line.append(Character.forDigit(packet.charAt(i) & 0x0F, 16));
    }
    if (packet.length() > SHOWN_BYTES) {
      line.append("... ").append(packet.length()).append(" bytes, hash ").append(packet.hashCode());
    }
    return line.toString();
  }
}
