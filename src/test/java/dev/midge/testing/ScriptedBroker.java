package dev.midge.testing;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A broker that does what a test tells it, byte by byte, on a free port of the loopback. The test's
 * own thread plays the broker: each call waits at most thirty seconds.
 */
public final class ScriptedBroker implements AutoCloseable {

  private static final int LIMIT_MILLIS = 30_000;

  private final ServerSocket server;
  private final List<Socket> clients = new ArrayList<>(); // Else a collector would close them.
  private Socket client;
  private InputStream in;
  private PacketDecoder decoder;

  public ScriptedBroker() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setSoTimeout(LIMIT_MILLIS);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Waits for the next client and goes on with that one. */
  public ScriptedBroker accept() throws IOException {
    client = server.accept();
    clients.add(client);
    client.setSoTimeout(LIMIT_MILLIS);
    client.setTcpNoDelay(true);
    in = client.getInputStream();
    decoder = new PacketDecoder(Side.BROKER);
    return this;
  }

  /** Accepts a client, reads its CONNECT and welcomes it. */
  public ScriptedBroker welcome() throws IOException, MalformedPacketException {
    return welcome(Properties.NONE);
  }

  /** Accepts a client, reads its CONNECT and refuses it with that code. */
  public void refuse(int reasonCode) throws IOException, MalformedPacketException {
    answer(reasonCode, Properties.NONE);
  }

  /** Accepts a client, reads its CONNECT and sends CONNACK with properties. */
  public ScriptedBroker welcome(Properties properties)
      throws IOException, MalformedPacketException {
    answer(0, properties);
    return this;
  }

  private void answer(int reasonCode, Properties properties)
      throws IOException, MalformedPacketException {
    accept();
    read(PacketType.CONNECT);
    send(new Connack(false, reasonCode, properties));
  }

  /** So many bytes that the client sends, in hex. */
  public String readHex(int count) throws IOException {
    return HexFormat.of().formatHex(in.readNBytes(count));
  }

  /** The next packet, which must be of that type. */
  public Packet read(PacketType type) throws IOException, MalformedPacketException {
    return of(type, read());
  }

  /** The next packet but for PINGREQs, which are answered; it must be of that type. */
  public Packet readAnsweringPings(PacketType type) throws IOException, MalformedPacketException {
    Packet packet = read();
    while (packet == Ping.REQUEST) {
      send(Ping.RESPONSE);
      packet = read();
    }
    return of(type, packet);
  }

  private static Packet of(PacketType type, Packet packet) {
    if (packet == null || packet.type() != type) {
      throw new AssertionError("expected " + type + ", got " + packet);
    }
    return packet;
  }

  /** The next packet, or null when the client has closed the connection. */
  public Packet read() throws IOException, MalformedPacketException {
    byte[] one = new byte[1];
    while (true) {
      if (in.read(one) < 0) {
        return null;
      }
      Packet packet = decoder.decode(ByteBuffer.wrap(one));
      if (packet != null) {
        return packet;
      }
    }
  }

  /**
   * Sends a packet in the client's version. Behind a CONNACK that refuses, the connection ends, as
   * MQTT wants it [MQTT-3.2.2-7].
   */
  public void send(Packet packet) throws IOException {
    ProtocolVersion version = decoder.version();
    ByteBuffer bytes = PacketEncoder.encode(packet, version == null ? ProtocolVersion.V5 : version);
    client.getOutputStream().write(bytes.array(), 0, bytes.remaining());
    if (packet instanceof Connack connack && connack.reasonCode() != ReasonCode.SUCCESS) {
      client.shutdownOutput();
    }
  }

  /** Sends bytes given in hex; blanks are for the reader. */
  public void sendHex(String hex) throws IOException {
    client.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** Closes the connection. */
  public void hangUp() throws IOException {
    client.close();
  }

  /** The next event on the connection that is no packet. */
  public enum Sight {
    BYTES,
    FIN,
    RST,
    NOTHING
  }

  /** Watches for so long what happens. */
  public Sight watch(int millis) throws IOException {
    client.setSoTimeout(millis);
    try {
      return in.read() < 0 ? Sight.FIN : Sight.BYTES;
    } catch (SocketTimeoutException quiet) {
      return Sight.NOTHING;
    } catch (IOException torn) {
      return Sight.RST;
    } finally {
      client.setSoTimeout(LIMIT_MILLIS);
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket each : clients) {
      each.close();
    }
    server.close();
  }
}
