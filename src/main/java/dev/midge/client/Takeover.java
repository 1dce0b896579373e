package dev.midge.client;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.net.ClientChannel;
import dev.midge.net.connect.Channels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A second client with the same id, which comes and goes: the broker closes the first. */
final class Takeover {
  private Takeover() {}

  /**
   * Connects, waits for CONNACK, sends DISCONNECT.
   *
   * @throws ConnectionFailure when the broker cannot be reached or refuses
   */
  static void run(ConnectSpec spec) throws ConnectionFailure {
    ClientChannel channel = Channels.to(spec.endpoint());
    try (channel) {
      channel.connect();
      write(channel, spec.packet(), spec);
      Connack connack = connack(channel.in(), spec);
      if (connack.reasonCode() != ReasonCode.SUCCESS) {
        throw ConnectionFailure.refused(spec.version(), connack.reasonCode(), null);
      }
      write(channel, new Disconnect(ReasonCode.NORMAL_DISCONNECTION, Properties.NONE), spec);
    } catch (IOException e) {
      throw ConnectionFailures.lost(e);
    }
  }

  private static void write(ClientChannel channel, Packet packet, ConnectSpec spec)
      throws IOException {
    ByteBuffer bytes = PacketEncoder.encode(packet, spec.version());
    channel.out().write(bytes.array(), 0, bytes.limit());
  }

  private static Connack connack(InputStream in, ConnectSpec spec)
      throws IOException, ConnectionFailure {
    PacketDecoder decoder = new PacketDecoder(Side.CLIENT);
    decoder.version(spec.version());
    byte[] one = new byte[1];
    try {
      while (in.read(one) > 0) {
        if (decoder.decode(ByteBuffer.wrap(one)) instanceof Connack connack) {
          return connack;
        }
      }
    } catch (MalformedPacketException e) {
      throw ConnectionFailures.malformed(e, null);
    }
    throw ConnectionFailures.lost(null);
  }
}
