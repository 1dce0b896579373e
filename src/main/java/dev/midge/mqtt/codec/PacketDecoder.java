package dev.midge.mqtt.codec;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.codec.MalformedPacketException.Answer;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes, in any pieces, into packets. One per direction of a connection; not for several
 * threads. After a {@link MalformedPacketException} it is of no more use.
 *
 * <p>A packet that lies whole in the given buffer is read where it lies; only one that comes in
 * pieces is put together first, in an array that grows with the bytes received and never with the
 * bytes announced.
 */
public final class PacketDecoder {

  private static final int NONE = -1;
  private static final int FIRST_PIECE = 256;

  private final Side side;
  private final LastTopic lastTopic = new LastTopic();
  private @Nullable ProtocolVersion version;
  private boolean connectSeen;
  private int maximumPacketSize = Integer.MAX_VALUE;

  private int firstByte = NONE;
  private int remainingLength;
  private int lengthBytes;
  private boolean headerComplete;
  private byte @Nullable [] pieces;
  private int received;

  public PacketDecoder(Side side) {
    this.side = side;
  }

  /**
   * Sets the version to read by. A decoder of the broker's side sets it itself when CONNECT comes.
   */
  public void version(ProtocolVersion version) {
    this.version = version;
  }

  /**
   * Returns the version in use; null before CONNECT. After a CONNECT that was refused, it is the
   * version in whose shape to answer.
   */
  public @Nullable ProtocolVersion version() {
    return version;
  }

  /**
   * Sets the largest packet to accept, in bytes with the fixed header; larger ones are refused from
   * the header alone. Without it, any packet that MQTT can express.
   */
  public void maximumPacketSize(int bytes) {
    maximumPacketSize = bytes;
  }

  /**
   * Takes bytes out of the buffer, up to the end of one packet, and returns it; null when the
   * buffer is used up and the packet is not complete.
   *
   * @throws MalformedPacketException at the first byte from which no packet can come any more, as
   *     far as the fixed header tells; else at the end of the packet
   */
  public @Nullable Packet decode(ByteBuffer from) throws MalformedPacketException {
    if (side == Side.CLIENT && version == null) {
      throw new IllegalStateException("a client knows its version before it reads");
    }
    if (!headerComplete && !readHeader(from)) {
      return null;
    }
    if (pieces == null && from.remaining() >= remainingLength) {
      int limit = from.limit();
      int end = from.position() + remainingLength;
      from.limit(end);
      try {
        return read(from);
      } finally {
        from.limit(limit);
        from.position(end);
      }
    }
    byte[] body = collect(from);
    if (received < remainingLength) {
      return null;
    }
    pieces = null;
    received = 0;
    return read(ByteBuffer.wrap(body, 0, remainingLength));
  }

  /**
   * Returns how many bytes of a packet that has begun are still to come, as far as its header
   * tells.
   */
  public int missing() {
    return headerComplete ? remainingLength - received : 0;
  }

  /** Returns how many bytes of memory an unfinished packet takes. */
  public int collected() {
    return pieces == null ? 0 : pieces.length;
  }

  private boolean readHeader(ByteBuffer from) throws MalformedPacketException {
    if (firstByte == NONE) {
      if (!from.hasRemaining()) {
        return false;
      }
      firstByte = from.get() & 0xFF;
      checkFirstByte(PacketType.ofFirstByte(firstByte));
    }
    while (from.hasRemaining()) {
      int next = from.get() & 0xFF;
      remainingLength |= (next & 0x7F) << 7 * lengthBytes;
      lengthBytes++;
      if (next < 0x80) {
        if (next == 0 && lengthBytes > 1) {
          throw new MalformedPacketException( // [MQTT-1.5.5-1]
              ReasonCode.MALFORMED_PACKET, "remaining length longer than needed");
        }
        checkHeader();
        headerComplete = true;
        return true;
      }
      if (lengthBytes == 4) {
        throw new MalformedPacketException(
            ReasonCode.MALFORMED_PACKET, Answer.CLOSE, "remaining length of five bytes");
      }
    }
    return false;
  }

  private void checkFirstByte(PacketType type) throws MalformedPacketException {
    if (type == PacketType.CONNECT ? connectSeen : version == null) {
      throw new MalformedPacketException( // [MQTT-3.1.0-1] [MQTT-3.1.0-2]
          ReasonCode.PROTOCOL_ERROR,
          Answer.CLOSE,
          connectSeen ? "a second CONNECT" : type + " before CONNECT");
    }
    if (type == PacketType.RESERVED) {
      throw new MalformedPacketException(ReasonCode.PROTOCOL_ERROR, "packet type 0");
    }
  }

  private void checkHeader() throws MalformedPacketException {
    PacketType type = PacketType.ofFirstByte(firstByte);
    if ((long) remainingLength + 1 + lengthBytes > maximumPacketSize) {
      throw new MalformedPacketException(
          ReasonCode.PACKET_TOO_LARGE,
          type + " of " + ((long) remainingLength + 1 + lengthBytes) + " bytes");
    }
    FixedHeader.check(side, version, type, firstByte & 0x0F, remainingLength);
  }

  /** Adds to the pieces, which it returns. */
  private byte[] collect(ByteBuffer from) {
    int taken = Math.min(from.remaining(), remainingLength - received);
    int needed = received + taken;
    byte[] body = pieces;
    if (body == null) {
      body = new byte[Math.min(remainingLength, Math.max(needed, FIRST_PIECE))];
    } else if (needed > body.length) {
      body = Arrays.copyOf(body, Math.min(remainingLength, Math.max(needed, body.length * 2)));
    }
    from.get(body, received, taken);
    received = needed;
    pieces = body;
    return body;
  }

  private Packet read(ByteBuffer body) throws MalformedPacketException {
    int flags = firstByte & 0x0F;
    PacketType type = PacketType.ofFirstByte(firstByte);
    firstByte = NONE;
    remainingLength = 0;
    lengthBytes = 0;
    headerComplete = false;
    FieldReader in = new FieldReader(body);
    if (type == PacketType.CONNECT) {
      connectSeen = true;
      String protocolName = ConnectCodec.readProtocolName(in);
      int level = in.oneByte();
      version = ConnectCodec.version(level); // before it is judged: a refusal has its shape
      ConnectCodec.checkLevel(protocolName, level);
      return ConnectCodec.read(in, level, flags);
    }
    ProtocolVersion version = Objects.requireNonNull(this.version); // by checkFirstByte
    return switch (type) {
      case CONNACK -> ConnackCodec.read(in, version);
      case PUBLISH -> PublishCodec.read(in, version, flags, side, lastTopic);
      case PUBACK, PUBREC, PUBREL, PUBCOMP -> AckCodec.read(in, type, version, side);
      case SUBSCRIBE -> SubscribeCodec.read(in, version);
      case SUBACK -> SubackCodec.read(in, version);
      case UNSUBSCRIBE -> UnsubscribeCodec.read(in, version);
      case UNSUBACK -> UnsubackCodec.read(in, version);
      case PINGREQ -> Ping.REQUEST;
      case PINGRESP -> Ping.RESPONSE;
      case DISCONNECT -> DisconnectCodec.read(in, version, side);
      case AUTH -> AuthCodec.read(in);
      case CONNECT, RESERVED -> throw in.fault("packet type 0");
    };
  }
}
