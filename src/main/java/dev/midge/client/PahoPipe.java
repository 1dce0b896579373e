package dev.midge.client;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Paho takes for the way to the broker. Paho writes a packet in pieces and flushes after each;
 * here it becomes a value again, its own CONNECT gives way to the user's, and {@link Outgoing}
 * sends the whole in the user's version. Only for Paho's sender thread, except where noted.
 */
final class PahoPipe extends OutputStream {

  private final Connect connect;
  private final Outgoing outgoing;
  private final Runnable onConnect;
  private final ByteArrayOutputStream pieces = new ByteArrayOutputStream(64);
  private final Set<Integer> refused = ConcurrentHashMap.newKeySet();

  /**
   * @param onConnect told when CONNECT has gone out, or cannot go out
   */
  PahoPipe(Connect connect, Outgoing outgoing, Runnable onConnect) {
    this.connect = connect;
    this.outgoing = outgoing;
    this.onConnect = onConnect;
  }

  /** A PUBLISH is about to be handed to Paho. Any thread. */
  void handing(int packetId) {
    refused.remove(packetId);
  }

  /**
   * The broker refused that QoS 2 message with PUBREC: no PUBREL may follow [MQTT-4.3.3-4], though
   * Paho, which does not know of the refusal, would send one. Thread that reads.
   */
  void refused(int packetId) {
    refused.add(packetId);
  }

  @Override
  public void write(int b) {
    pieces.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    pieces.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    Packet packet = outgoing.announced();
    if (packet == null) {
      packet = ofPaho();
    }
    pieces.reset();
    if (packet == null) {
      return;
    }
    try {
      outgoing.send(packet, false);
    } finally {
      if (packet == connect) {
        onConnect.run();
      }
    }
  }

  /** The packet that Paho made itself, or null when it is not to be sent. */
  private Packet ofPaho() throws IOException {
    byte[] bytes = pieces.toByteArray();
    if (bytes.length == 0) {
      return null;
    }
    if (PacketType.ofFirstByte(bytes[0] & 0xFF) == PacketType.CONNECT) {
      return connect;
    }
    PacketDecoder decoder = new PacketDecoder(PacketDecoder.Side.BROKER);
    decoder.version(ProtocolVersion.V5);
    try {
      Packet packet = decoder.decode(ByteBuffer.wrap(bytes));
      return packet instanceof Ack ack
              && ack.type() == PacketType.PUBREL
              && refused.remove(ack.packetId())
          ? null
          : packet;
    } catch (MalformedPacketException e) {
      throw new IOException(e);
    }
  }
}
