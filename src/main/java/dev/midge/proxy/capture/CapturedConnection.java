package dev.midge.proxy.capture;

import dev.midge.fault.Direction;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.proxy.capture.TcpSegment.Peer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a capture: the TCP of a client and a broker that talk without a proxy. The
 * broker is at port 1883, so that its bytes are taken for MQTT. Guarded by its file.
 */
final class CapturedConnection {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int MQTT = 1883;

  /** With the headers it fits into one IP packet. */
  private static final int MOST = 60_000;

  /** The bytes of a CONNECT that are shown of one that was not understood: up to the version. */
  private static final int SHOWN = 9;

  private static final byte[] NONE = {};

  private final Peer client;
  private final Peer broker = new Peer(LOOPBACK, MQTT);
  private final Sink sink;
  private int clientNext;
  private int brokerNext;
  private long sentByClient;
  private boolean isConnect;
  private boolean understood;
  private byte @Nullable [] secret;
  private long secretAt;
  private boolean over;

  /** Takes whole IP packets. */
  interface Sink {
    void packet(byte[] bytes);
  }

  CapturedConnection(InetSocketAddress address, Sink sink) {
    InetAddress host = address.getAddress();
    client =
        new Peer(host instanceof Inet4Address ? host.getAddress() : LOOPBACK, address.getPort());
    this.sink = sink;
  }

  /** Writes the three segments that open a connection. */
  void open() {
    segment(Direction.OUT, TcpSegment.SYN, NONE, 0, 0);
    clientNext++;
    segment(Direction.IN, TcpSegment.SYN | TcpSegment.ACK, NONE, 0, 0);
    brokerNext++;
    segment(Direction.OUT, TcpSegment.ACK, NONE, 0, 0);
  }

  /**
   * Sets what is written as asterisks of a CONNECT that was understood.
   *
   * @param bytes null for nothing
   * @param at where it begins in what the client sends
   */
  void secret(byte @Nullable [] bytes, long at) {
    understood = true;
    secret = bytes;
    secretAt = at;
  }

  void bytes(Direction direction, byte[] bytes, int from, int length) {
    byte[] shown = Arrays.copyOfRange(bytes, from, from + length);
    if (direction == Direction.OUT) {
      hide(shown);
      sentByClient += length;
    }
    for (int at = 0; at < length && !over; at += MOST) {
      int piece = Math.min(MOST, length - at);
      segment(direction, TcpSegment.PSH | TcpSegment.ACK, shown, at, piece);
      advance(direction, piece);
    }
  }

  /** Hides the secret where it stands, and wherever a fault has put it. */
  private void hide(byte[] shown) {
    if (sentByClient == 0 && shown.length > 0) {
      isConnect = PacketType.ofFirstByte(shown[0]) == PacketType.CONNECT;
    }
    if (isConnect && !understood) { // Nobody knows where its password stands.
      int from = (int) Math.max(0, SHOWN - sentByClient);
      Arrays.fill(shown, Math.min(from, shown.length), shown.length, (byte) '*');
      return;
    }
    byte[] hidden = secret;
    if (hidden == null || hidden.length == 0) {
      return;
    }
    for (int i = 0; i < shown.length; i++) {
      long at = sentByClient + i - secretAt;
      if (at >= 0 && at < hidden.length) {
        shown[i] = '*';
      }
    }
    for (int i = 0; i + hidden.length <= shown.length; i++) {
      if (Arrays.equals(shown, i, i + hidden.length, hidden, 0, hidden.length)
          && isLength(shown, i - 2, hidden.length)) {
        Arrays.fill(shown, i, i + hidden.length, (byte) '*');
      }
    }
  }

  private static boolean isLength(byte[] bytes, int at, int length) {
    return at >= 0 && ((bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF) == length;
  }

  /** Ends a direction in order. */
  void end(Direction direction) {
    if (!over) {
      segment(direction, TcpSegment.FIN | TcpSegment.ACK, NONE, 0, 0);
      advance(direction, 1);
      Direction back = direction == Direction.OUT ? Direction.IN : Direction.OUT;
      segment(back, TcpSegment.ACK, NONE, 0, 0);
    }
  }

  /** Cuts both directions. */
  void cut() {
    if (!over) {
      segment(Direction.OUT, TcpSegment.RST | TcpSegment.ACK, NONE, 0, 0);
      segment(Direction.IN, TcpSegment.RST | TcpSegment.ACK, NONE, 0, 0);
      over = true;
    }
  }

  private void advance(Direction direction, int count) {
    if (direction == Direction.OUT) {
      clientNext += count;
    } else {
      brokerNext += count;
    }
  }

  private void segment(Direction direction, int flags, byte[] bytes, int from, int length) {
    boolean out = direction == Direction.OUT;
    sink.packet(
        TcpSegment.of(
            out ? client : broker,
            out ? broker : client,
            out ? clientNext : brokerNext,
            out ? brokerNext : clientNext,
            flags,
            bytes,
            from,
            length));
  }
}
