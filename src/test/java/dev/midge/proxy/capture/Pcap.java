package dev.midge.proxy.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a capture file as the descriptions of pcap, IPv4 and TCP say, and checks it. */
final class Pcap {
  /** One TCP segment. */
  record Segment(int from, int to, long seq, long ack, int flags, byte[] bytes) {
    boolean has(int flag) {
      return (flags & flag) != 0;
    }
  }

  private Pcap() {}

  static List<Segment> read(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    is(in.getInt() == 0xA1B2C3D4, "magic number");
    is(in.getShort() == 2 && in.getShort() == 4, "version 2.4");
    in.getInt();
    in.getInt();
    in.getInt();
    is(in.getInt() == 101, "raw IP");
    List<Segment> segments = new ArrayList<>();
    while (in.hasRemaining()) {
      in.getInt();
      int micros = in.getInt();
      is(micros >= 0 && micros < 1_000_000, "microseconds");
      int length = in.getInt();
      is(in.getInt() == length, "whole packets");
      byte[] packet = new byte[length];
      in.get(packet);
      segments.add(segment(packet));
    }
    return segments;
  }

  private static Segment segment(byte[] packet) {
    ByteBuffer ip = ByteBuffer.wrap(packet);
    is(ip.get(0) == 0x45, "IPv4 without options");
    is((ip.getShort(2) & 0xFFFF) == packet.length, "total length");
    is(ip.get(9) == 6, "TCP");
    is(sum(0, packet, 0, 20) == 0xFFFF, "checksum of IP");
    long pseudo = 6 + packet.length - 20;
    for (int i = 12; i < 20; i += 2) {
      pseudo += ip.getShort(i) & 0xFFFF;
    }
    is(sum(pseudo, packet, 20, packet.length) == 0xFFFF, "checksum of TCP");
    byte[] bytes = new byte[packet.length - 40];
    System.arraycopy(packet, 40, bytes, 0, bytes.length);
    return new Segment(
        ip.getShort(20) & 0xFFFF,
        ip.getShort(22) & 0xFFFF,
        ip.getInt(24) & 0xFFFFFFFFL,
        ip.getInt(28) & 0xFFFFFFFFL,
        ip.get(33) & 0xFF,
        bytes);
  }

  private static long sum(long start, byte[] bytes, int from, int to) {
    long sum = start;
    for (int i = from; i < to; i++) {
      sum += (bytes[i] & 0xFF) << ((i - from) % 2 == 0 ? 8 : 0);
    }
    while (sum > 0xFFFF) {
      sum = (sum & 0xFFFF) + (sum >> 16);
    }
    return sum;
  }

  /** Returns what each port has sent, put together by sequence numbers without a gap. */
  static Map<Integer, byte[]> streams(List<Segment> segments) {
    Map<Integer, Long> next = new TreeMap<>();
    Map<Integer, ByteArrayOutputStream> streams = new TreeMap<>();
    for (Segment each : segments) {
      if (each.has(2)) {
        next.put(each.from(), each.seq() + 1);
        streams.put(each.from(), new ByteArrayOutputStream());
        continue;
      }
      is(each.seq() == next.get(each.from()), "sequence number of port " + each.from());
      is(!each.has(16) || each.ack() == next.get(each.to()), "acknowledged to " + each.to());
      streams.get(each.from()).writeBytes(each.bytes());
      next.merge(each.from(), each.bytes().length + (each.has(1) ? 1L : 0L), Long::sum);
    }
    Map<Integer, byte[]> all = new TreeMap<>();
    streams.forEach((port, bytes) -> all.put(port, bytes.toByteArray()));
    return all;
  }

  private static void is(boolean fact, String what) {
    if (!fact) {
      throw new AssertionError("wrong: " + what);
    }
  }
}
