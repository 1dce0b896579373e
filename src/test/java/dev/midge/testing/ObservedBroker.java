package dev.midge.testing;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A broker of MQTT 5 that plays one conversation with each client, step by step, so that each
 * packet has one place, and that observes each byte and each end. Behind the PUBREL of the client
 * it sends a message of QoS 1, behind its PUBACK one of QoS 2. The keep alive that it orders is as
 * many seconds as its port is high.
 */
public final class ObservedBroker implements AutoCloseable {
  private final ServerSocket server;
  private final List<Observed> connections = new CopyOnWriteArrayList<>();
  private final boolean disconnecting;

  /**
   * @param disconnecting whether the broker ends the conversation, behind UNSUBACK
   */
  public ObservedBroker(boolean disconnecting) throws IOException {
    this.disconnecting = disconnecting;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Threads.start(
        "observed broker",
        () -> {
          while (true) {
            Observed observed = new Observed(server.accept());
            connections.add(observed);
            Threads.start("observed connection", observed::play);
          }
        });
  }

  public int port() {
    return server.getLocalPort();
  }

  /** All connections so far, in their order. */
  public List<Observed> connections() {
    return connections;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Observed each : connections) {
      each.hangUp();
    }
  }

  /**
   * A packet of the conversation.
   *
   * @param out whether the client sends it
   */
  public record Step(boolean out, PacketType type, byte[] bytes, long nanos) {}

  /** A connection, as it is seen from outside. */
  public final class Observed {
    private final Socket socket;
    private final List<Step> steps = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile String ending = "";
    private volatile long lastByte;
    private boolean torn;

    Observed(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
    }

    /** The packets that were whole, both ways, in their order. */
    public List<Step> steps() {
      return steps;
    }

    /** All bytes that the client has sent. */
    public byte[] bytes() {
      synchronized (bytes) {
        return bytes.toByteArray();
      }
    }

    /** FIN, RST, or empty as long as the client has not ended. */
    public String ending() {
      return ending;
    }

    /** When the last byte came. */
    public long lastByte() {
      return lastByte;
    }

    /** Sends bytes that no conversation has. */
    public void disturb(byte... unexpected) throws IOException {
      socket.getOutputStream().write(unexpected);
    }

    public void hangUp() throws IOException {
      socket.close();
    }

    private void play() throws IOException {
      PacketDecoder decoder = new PacketDecoder(Side.BROKER);
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream current = new ByteArrayOutputStream();
      byte[] one = new byte[1];
      boolean broken = false;
      while (read(in, one)) {
        current.write(one[0]);
        Packet packet = null;
        try {
          packet = broken ? null : decoder.decode(ByteBuffer.wrap(one));
        } catch (MalformedPacketException e) {
          packet = acknowledgement(current.toByteArray());
          broken = packet == null; // From now on bytes alone are observed.
          decoder = new PacketDecoder(Side.BROKER);
          decoder.version(ProtocolVersion.V5);
        }
        if (packet != null) {
          steps.add(new Step(true, packet.type(), current.toByteArray(), System.nanoTime()));
          current.reset();
          answer(packet);
        }
      }
      hangUp(); // Else the client would wait for that.
    }

    /** One whose reason MQTT does not allow is one all the same. */
    private static Packet acknowledgement(byte[] bytes) {
      PacketType type = PacketType.values()[bytes[0] >> 4 & 0xF];
      return switch (type) {
        case PUBACK, PUBREC, PUBREL, PUBCOMP -> Ack.of(type, bytes[3]);
        default -> null;
      };
    }

    private boolean read(InputStream in, byte[] one) {
      try {
        if (in.read(one) > 0) {
          synchronized (bytes) {
            bytes.write(one[0]);
          }
          lastByte = System.nanoTime();
          return true;
        }
        ending = torn ? "RST" : "FIN";
      } catch (IOException torn) {
        ending = socket.isClosed() ? ending : "RST";
      }
      return false;
    }

    private void answer(Packet packet) throws IOException {
      switch (packet.type()) {
        case CONNECT -> {
          for (Observed other : connections) {
            if (other != this) {
              other.takenOver();
            }
          }
          send(new Connack(false, 0, Properties.of(Property.SERVER_KEEP_ALIVE, port())));
        }
        case SUBSCRIBE ->
            send(
                new Suback(
                    ((Subscribe) packet).packetId(),
                    Collections.nCopies(((Subscribe) packet).subscriptions().size(), 2),
                    Properties.NONE));
        case UNSUBSCRIBE -> {
          send(new Unsuback(((Unsubscribe) packet).packetId(), List.of(0), Properties.NONE));
          if (disconnecting) {
            send(new Disconnect(0x98, Properties.NONE));
          }
        }
        case PUBLISH -> published((Publish) packet);
        case PUBREL -> {
          send(Ack.of(PacketType.PUBCOMP, ((Ack) packet).packetId()));
          send(new Publish(message("a/in/1", Qos.AT_LEAST_ONCE), false, 7));
        }
        case PUBACK -> send(new Publish(message("a/in/2", Qos.EXACTLY_ONCE), false, 8));
        case PUBREC -> send(Ack.of(PacketType.PUBREL, ((Ack) packet).packetId()));
        case PINGREQ -> send(Ping.RESPONSE);
        default -> {
          // PUBCOMP is the last; behind DISCONNECT the client closes.
        }
      }
    }

    private void published(Publish publish) throws IOException {
      switch (publish.message().qos()) {
        case AT_MOST_ONCE -> {}
        case AT_LEAST_ONCE -> send(Ack.of(PacketType.PUBACK, publish.packetId()));
        case EXACTLY_ONCE -> send(Ack.of(PacketType.PUBREC, publish.packetId()));
      }
    }

    private void takenOver() throws IOException {
      if (ending.isEmpty()) {
        ByteBuffer last =
            PacketEncoder.encode(new Disconnect(0x8E, Properties.NONE), ProtocolVersion.V5);
        try {
          socket.getOutputStream().write(last.array(), 0, last.limit());
          socket.shutdownOutput();
        } catch (IOException gone) {
          // It has ended meanwhile.
        }
      }
    }

    private void send(Packet packet) throws IOException {
      ByteBuffer encoded = PacketEncoder.encode(packet, ProtocolVersion.V5);
      byte[] all = new byte[encoded.remaining()];
      encoded.get(all);
      steps.add(new Step(false, packet.type(), all, System.nanoTime()));
      try {
        socket.getOutputStream().write(all);
      } catch (IOException gone) {
        // The read does not tell any more what the write has told.
        torn |= String.valueOf(gone.getMessage()).contains("reset");
      }
    }
  }

  private static Message message(String topic, Qos qos) {
    return Message.of(topic, new byte[] {1, 2, 3}, qos, false);
  }
}
