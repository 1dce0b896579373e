package dev.midge.proxy.packet;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Unsuback;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes the bytes that take the place of a packet when a fault is due. */
public final class Changes {
  private static final int UNAVAILABLE_3 = 3;

  private Changes() {}

  /** Returns the first half, at least one byte. */
  public static byte[] half(byte[] packet) {
    return Arrays.copyOf(packet, Math.max(1, packet.length / 2));
  }

  /**
   * Flips one bit behind the fixed header; a packet without a body stays as it is.
   *
   * @param seed decides which
   */
  public static byte[] flipped(byte[] packet, long seed) {
    PacketHeader header = PacketHeader.at(packet, 0, packet.length);
    int body = header == null ? 0 : packet.length - header.size();
    if (header == null || body <= 0) {
      return packet;
    }
    byte[] changed = packet.clone();
    int bit = new SplittableRandom(seed).nextInt(8 * body);
    changed[header.size() + bit / 8] ^= (byte) (1 << bit % 8);
    return changed;
  }

  /** Returns DISCONNECT with that reason; null in MQTT 3, where it has none. */
  public static byte @Nullable [] disconnect(int code, @Nullable ProtocolVersion version) {
    return version == null || !version.isV5()
        ? null
        : bytes(new Disconnect(code, Properties.NONE), version);
  }

  /** Returns the CONNACK of a broker that is not available. */
  public static byte[] refusal(ProtocolVersion version) {
    int code = version.isV5() ? ReasonCode.SERVER_UNAVAILABLE : UNAVAILABLE_3;
    return bytes(new Connack(false, code, Properties.NONE), version);
  }

  /** Returns whether a CONNACK of that reason refuses. */
  public static boolean refuses(int code, ProtocolVersion version) {
    return version.isV5() ? code >= ReasonCode.UNSPECIFIED_ERROR : code != 0;
  }

  /** Returns the same answer with that reason; null where it has none. */
  public static byte @Nullable [] answer(
      @Nullable Packet packet, int code, ProtocolVersion version) {
    if (packet instanceof Connack connack) {
      boolean present = connack.sessionPresent() && !refuses(code, version); // [MQTT-3.2.2-6]
      return bytes(new Connack(present, code, connack.properties()), version);
    }
    if (packet instanceof Suback suback) {
      List<Integer> codes = Collections.nCopies(suback.reasonCodes().size(), code);
      return bytes(new Suback(suback.packetId(), codes, suback.properties()), version);
    }
    if (!version.isV5()) {
      return null;
    }
    if (packet instanceof Unsuback unsuback) {
      List<Integer> codes = Collections.nCopies(unsuback.reasonCodes().size(), code);
      return bytes(new Unsuback(unsuback.packetId(), codes, unsuback.properties()), version);
    }
    return packet instanceof Ack ack
        ? bytes(new Ack(ack.type(), ack.packetId(), code, ack.properties()), version)
        : null;
  }

  /** Returns a client's CONNECT without its will, under that client identifier. */
  public static byte[] withoutWill(Connect connect, String clientId) {
    Connect other =
        new Connect(
            connect.version(),
            connect.cleanStart(),
            connect.keepAlive(),
            clientId,
            null,
            connect.username(),
            connect.password(),
            connect.properties(),
            connect.bridge());
    return bytes(other, connect.version());
  }

  /** Returns the bytes of a packet. */
  public static byte[] bytes(Packet packet, ProtocolVersion version) {
    ByteBuffer encoded = PacketEncoder.encode(packet, version);
    return Arrays.copyOfRange(encoded.array(), encoded.position(), encoded.limit());
  }
}
