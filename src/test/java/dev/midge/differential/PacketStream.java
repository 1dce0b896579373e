package dev.midge.differential;

import dev.midge.mqtt.packet.PacketType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream of bytes into packets and keeps them, as characters 0 to 255. It looks at nothing
 * but the fixed headers, so that a packet that is wrong inside is kept too. Each stream is fed by
 * one thread and read by others.
 */
final class PacketStream {
  private final List<String> packets = new ArrayList<>();
  private final StringBuilder rest = new StringBuilder();
  private boolean ended;

  /** Takes more bytes and returns the types of the packets that they complete. */
  synchronized List<PacketType> feed(byte[] bytes, int count) {
    rest.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
    List<PacketType> completed = new ArrayList<>();
    int length = firstPacket();
    while (length > 0) {
      packets.add(rest.substring(0, length));
      completed.add(PacketType.ofFirstByte(rest.charAt(0)));
      rest.delete(0, length);
      length = firstPacket();
    }
    return completed;
  }

  /** The length of the packet at the beginning of what is there, 0 if it is not complete. */
  private int firstPacket() {
    int length = 0;
    for (int i = 1; i <= 4 && i < rest.length(); i++) {
      length |= (rest.charAt(i) & 0x7F) << 7 * (i - 1);
      if (rest.charAt(i) < 0x80) {
        return i + 1 + length <= rest.length() ? i + 1 + length : 0;
      }
    }
    return 0;
  }

  synchronized void end() {
    ended = true;
    if (rest.length() > 0) {
      packets.add(rest.toString());
      rest.setLength(0);
    }
  }

  synchronized boolean isEnded() {
    return ended;
  }

  synchronized List<String> packets() {
    return List.copyOf(packets);
  }
}
