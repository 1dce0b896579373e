package dev.midge.mqtt.codec;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Auth;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.nio.ByteBuffer;

/**
 * Turns packets into bytes. Stateless. What a version does not have (properties, reason codes) is
 * left out.
 *
 * <p>The values were checked when they were made: only what has no place in a packet at all, such
 * as a string of more than 65535 bytes or AUTH in MQTT 3, is an {@link IllegalArgumentException}.
 */
public final class PacketEncoder {
  private static final int FLAGS_TWO = 0x02;

  private PacketEncoder() {}

  /** Returns the packet as a whole, ready to be read. CONNECT is written in its own version. */
  public static ByteBuffer encode(Packet packet, ProtocolVersion version) {
    int length = remainingLength(packet, version);
    ByteBuffer into =
        ByteBuffer.allocate(1 + FieldWriter.sizeOfVariableByteInteger(length) + length);
    write(packet, version, length, into);
    return into.flip();
  }

  /** Returns the number of bytes that {@link #encode} gives, without making them. */
  public static int size(Packet packet, ProtocolVersion version) {
    int length = remainingLength(packet, version);
    return 1 + FieldWriter.sizeOfVariableByteInteger(length) + length;
  }

  /** Writes the packet; the buffer has room for {@link #size} bytes. */
  public static void encode(Packet packet, ProtocolVersion version, ByteBuffer into) {
    write(packet, version, remainingLength(packet, version), into);
  }

  /** Returns the number of bytes that {@link #encodeHead} writes. */
  public static int headSize(Publish publish, ProtocolVersion version) {
    return size(publish, version) - publish.message().payload().length;
  }

  /**
   * Writes a PUBLISH up to its payload, which stands last and so can be sent from where it is.
   *
   * @param into has room for {@link #headSize} bytes
   */
  public static void encodeHead(Publish publish, ProtocolVersion version, ByteBuffer into) {
    putFixedHeader(publish, remainingLength(publish, version), into);
    PublishCodec.writeHead(into, publish, version);
  }

  private static int remainingLength(Packet packet, ProtocolVersion version) {
    return switch (packet.type()) {
      case PUBLISH -> {
        long length = PublishCodec.size((Publish) packet, version);
        FieldWriter.sizeOfVariableByteInteger(length); // refuses what MQTT cannot express
        yield (int) length;
      }
      case PUBACK, PUBREC, PUBREL, PUBCOMP -> AckCodec.size((Ack) packet, version);
      case CONNECT -> ConnectCodec.size((Connect) packet);
      case CONNACK -> ConnackCodec.size((Connack) packet, version);
      case SUBSCRIBE -> SubscribeCodec.size((Subscribe) packet, version);
      case SUBACK -> SubackCodec.size((Suback) packet, version);
      case UNSUBSCRIBE -> UnsubscribeCodec.size((Unsubscribe) packet, version);
      case UNSUBACK -> UnsubackCodec.size((Unsuback) packet, version);
      case PINGREQ, PINGRESP -> 0;
      case DISCONNECT -> DisconnectCodec.size((Disconnect) packet, version);
      case AUTH -> {
        if (!version.isV5()) {
          throw new IllegalArgumentException("MQTT 3 has no AUTH");
        }
        yield AuthCodec.size((Auth) packet);
      }
      case RESERVED -> throw new IllegalArgumentException("packet type 0");
    };
  }

  private static void write(Packet packet, ProtocolVersion version, int length, ByteBuffer into) {
    putFixedHeader(packet, length, into);
    switch (packet.type()) {
      case PUBLISH -> PublishCodec.write(into, (Publish) packet, version);
      case PUBACK, PUBREC, PUBREL, PUBCOMP -> AckCodec.write(into, (Ack) packet, version);
      case CONNECT -> ConnectCodec.write(into, (Connect) packet);
      case CONNACK -> ConnackCodec.write(into, (Connack) packet, version);
      case SUBSCRIBE -> SubscribeCodec.write(into, (Subscribe) packet, version);
      case SUBACK -> SubackCodec.write(into, (Suback) packet, version);
      case UNSUBSCRIBE -> UnsubscribeCodec.write(into, (Unsubscribe) packet, version);
      case UNSUBACK -> UnsubackCodec.write(into, (Unsuback) packet, version);
      case DISCONNECT -> DisconnectCodec.write(into, (Disconnect) packet, version);
      case AUTH -> AuthCodec.write(into, (Auth) packet);
      case PINGREQ, PINGRESP, RESERVED -> {
        // No body.
      }
    }
  }

  private static void putFixedHeader(Packet packet, int length, ByteBuffer into) {
    into.put((byte) (packet.type().ordinal() << 4 | flags(packet)));
    FieldWriter.variableByteInteger(into, length);
  }

  private static int flags(Packet packet) {
    return switch (packet.type()) {
      case PUBLISH -> PublishCodec.flags((Publish) packet);
      case PUBREL, SUBSCRIBE, UNSUBSCRIBE -> FLAGS_TWO; // [MQTT-2.1.3-1]
      default -> 0;
    };
  }
}
