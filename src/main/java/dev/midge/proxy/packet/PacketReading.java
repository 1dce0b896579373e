package dev.midge.proxy.packet;

import dev.midge.fault.Direction;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.proxy.event.PassedPacket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets of one direction, which it is shown whole, or without the end of the payload.
 * For one thread, but for {@link #version} and {@link #allowAliases}.
 */
public final class PacketReading {
  private final Side reader;
  private final Map<Integer, String> aliases = new HashMap<>();
  private PacketDecoder decoder;
  private volatile @Nullable ProtocolVersion version;
  private volatile int mostAliases;

  /** Makes one for what comes in that direction, the client's. */
  public PacketReading(Direction direction) {
    reader = direction == Direction.OUT ? Side.BROKER : Side.CLIENT;
    decoder = new PacketDecoder(reader);
  }

  /** Sets the version, which CONNECT has named. */
  public void version(ProtocolVersion spoken) {
    version = spoken;
  }

  /** Sets how many topic aliases the receiver allows. */
  public void allowAliases(long most) {
    mostAliases = (int) most;
  }

  /** Returns whether each PUBLISH has to be read so that topic aliases are known. */
  public boolean hasAliases() {
    return mostAliases > 0;
  }

  /** Reads a packet that has come whole. */
  public PassedPacket whole(PacketHeader header, byte[] bytes, int from) {
    long payload = 0;
    ByteBuffer packet = ByteBuffer.wrap(bytes, from, (int) header.length());
    try {
      Packet read = decode(header, packet);
      if (read instanceof Publish publish) {
        payload = publish.message().payload().length;
      }
      return new PassedPacket(header.type(), header.length(), read, topic(read), payload, null);
    } catch (MalformedPacketException e) {
      return unreadable(header, e.getMessage());
    }
  }

  /**
   * Reads a PUBLISH whose payload has not come whole; null while more bytes are needed.
   *
   * @param to the end of what has come
   */
  public @Nullable PassedPacket head(PacketHeader header, byte[] bytes, int from, int to) {
    ProtocolVersion spoken = version;
    int body = from + header.size();
    int size = PublishHead.size(header, bytes, body, to, spoken != null && spoken.isV5());
    if (size == PublishHead.UNKNOWN) {
      return null;
    }
    // The same PUBLISH without a payload.
    ByteArrayOutputStream head = new ByteArrayOutputStream(size + 5);
    head.write(bytes[from]);
    int rest = size;
    do {
      head.write(rest & 0x7F | (rest > 0x7F ? 0x80 : 0));
      rest >>= 7;
    } while (rest > 0);
    head.write(bytes, body, size);
    try {
      Packet read = decode(header, ByteBuffer.wrap(head.toByteArray()));
      long payload = header.remainingLength() - size;
      return new PassedPacket(header.type(), header.length(), read, topic(read), payload, null);
    } catch (MalformedPacketException e) {
      return unreadable(header, e.getMessage());
    }
  }

  /** Returns a packet that is not looked into. */
  public PassedPacket unreadable(PacketHeader header, @Nullable String why) {
    return new PassedPacket(header.type(), header.length(), null, null, 0, why);
  }

  private @Nullable Packet decode(PacketHeader header, ByteBuffer packet)
      throws MalformedPacketException {
    // The broker's side of the codec takes no AUTH, because midge's broker asks for none.
    boolean auth = header.type() == PacketType.AUTH;
    PacketDecoder judge = auth ? new PacketDecoder(Side.CLIENT) : decoder;
    ProtocolVersion spoken = version;
    if (spoken != null) {
      judge.version(spoken);
    } else if (judge.version() == null && reader == Side.CLIENT || auth) {
      throw new MalformedPacketException(0, header.type() + " before CONNECT");
    }
    try {
      return judge.decode(packet);
    } catch (MalformedPacketException e) {
      decoder = new PacketDecoder(reader);
      throw e;
    }
  }

  private @Nullable String topic(@Nullable Packet packet) {
    if (!(packet instanceof Publish publish)) {
      return null;
    }
    Properties properties = publish.message().properties();
    String topic = publish.message().topic();
    if (!properties.has(Property.TOPIC_ALIAS)) {
      return topic;
    }
    int alias = (int) properties.number(Property.TOPIC_ALIAS, 0);
    if (topic.isEmpty()) {
      return aliases.get(alias);
    }
    if (alias <= mostAliases) {
      aliases.put(alias, topic);
    }
    return topic;
  }
}
