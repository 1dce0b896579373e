package dev.midge.proxy.carry;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.proxy.packet.Changes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A second connection to the broker with the client's own CONNECT, without its will. */
final class Takeover {
  private static final int LIMIT_SECONDS = 10;

  private Takeover() {}

  /**
   * Connects, waits for CONNACK and disconnects.
   *
   * @param clientId the one that the broker knows the client by
   * @throws IOException when the broker does not let the second one in
   */
  static void run(Endpoint broker, Connect connect, String clientId) throws IOException {
    ProtocolVersion version = connect.version();
    ClientChannel channel = Brokers.connect(broker, attempt -> {});
    // A broker that never answers must not hold the first connection up for ever.
    CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS)
        .execute(() -> abort(channel));
    try {
      channel.out().write(Changes.withoutWill(connect, clientId));
      Packet answer = read(channel, version);
      if (!(answer instanceof Connack connack)) {
        throw new IOException("the broker answers " + answer.type());
      }
      if (connack.reasonCode() != 0) {
        throw new IOException("the broker answers CONNACK " + ReasonCode.hex(connack.reasonCode()));
      }
      channel.out().write(Changes.bytes(Disconnect.NORMAL, version));
      channel.close();
    } finally {
      channel.abort();
    }
  }

  private static Packet read(ClientChannel channel, ProtocolVersion version) throws IOException {
    PacketDecoder decoder = new PacketDecoder(Side.CLIENT);
    decoder.version(version);
    byte[] bytes = new byte[1024];
    try {
      Packet packet = null;
      while (packet == null) {
        int count = channel.in().read(bytes);
        if (count < 0) {
          throw new IOException("the broker hangs up");
        }
        packet = decoder.decode(ByteBuffer.wrap(bytes, 0, count));
      }
      return packet;
    } catch (MalformedPacketException e) {
      throw new IOException("the broker answers nonsense: " + e.getMessage(), e);
    }
  }

  private static void abort(ClientChannel channel) {
    try {
      channel.abort();
    } catch (IOException gone) {
      // Then it has ended by itself.
    }
  }
}
