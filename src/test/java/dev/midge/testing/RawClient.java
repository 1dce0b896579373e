package dev.midge.testing;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.HexFormat;
import java.util.List;

/**
 * An MQTT client without checks: it sends exactly what it is told, packets or bytes, and takes what
 * comes, one thing at a time, with a limit to its patience.
 */
public final class RawClient implements Closeable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket; // null if the connection is something else
  private final InputStream in;
  private final OutputStream out;
  private final Closeable connection;
  private final ProtocolVersion version;
  private final PacketDecoder decoder = new PacketDecoder(Side.CLIENT);
  private final ByteBuffer input = ByteBuffer.allocate(64 * 1024).flip();
  private int lastPacketId;

  private RawClient(
      Socket socket,
      InputStream in,
      OutputStream out,
      Closeable connection,
      ProtocolVersion version) {
    this.socket = socket;
    this.in = in;
    this.out = out;
    this.connection = connection;
    this.version = version;
    decoder.version(version);
  }

  /** On a connection that is there already, whatever it is made of. */
  public static RawClient over(
      InputStream in, OutputStream out, Closeable connection, ProtocolVersion version) {
    return new RawClient(null, in, out, connection, version);
  }

  /** On a socket, encrypted perhaps, that is connected already. */
  public static RawClient over(Socket socket, ProtocolVersion version) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return new RawClient(
        socket, socket.getInputStream(), socket.getOutputStream(), socket, version);
  }

  /** On the channel of a unix socket, which is connected already. */
  public static RawClient over(SocketChannel channel, ProtocolVersion version) {
    InputStream in =
        new InputStream() {
          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(bytes, offset, length));
          }
        };
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
              channel.write(buffer);
            }
          }
        };
    return over(in, out, channel, version);
  }

  /** A bare connection, without CONNECT. */
  public static RawClient open(int port, ProtocolVersion version) throws IOException {
    return over(new Socket("127.0.0.1", port), version);
  }

  /** Connected, with Clean Start and nothing special. */
  public static RawClient connected(int port, ProtocolVersion version, String clientId)
      throws IOException {
    return connected(port, connect(version, clientId));
  }

  /** Connected; fails if the broker says no. */
  public static RawClient connected(int port, Connect connect) throws IOException {
    return open(port, connect.version()).accepted(connect);
  }

  /** Sends CONNECT; fails if the broker says no. */
  public RawClient accepted(Connect connect) throws IOException {
    send(connect);
    Connack connack = expect(Connack.class);
    if (connack.reasonCode() != 0) {
      throw new AssertionError("refused: " + connack);
    }
    return this;
  }

  /** Sends CONNECT on a connection of its own; fails unless the broker says no, and ends it. */
  public static void refused(int port, ProtocolVersion version, String clientId)
      throws IOException {
    try (RawClient client = open(port, version)) {
      client.send(connect(version, clientId));
      Connack connack = client.expect(Connack.class);
      if (connack.reasonCode() == 0) {
        throw new AssertionError("accepted: " + connack);
      }
      client.expectEnd();
    }
  }

  public static Connect connect(ProtocolVersion version, String clientId) {
    return connect(version, clientId, true, null, Properties.NONE);
  }

  public static Connect connect(
      ProtocolVersion version,
      String clientId,
      boolean cleanStart,
      Will will,
      Properties properties) {
    return new Connect(version, cleanStart, 60, clientId, will, null, null, properties);
  }

  public void send(Packet packet) throws IOException {
    ByteBuffer bytes = PacketEncoder.encode(packet, version);
    sendBytes(bytes.array(), bytes.position(), bytes.remaining());
  }

  /** Sends bytes as they are; blanks between them are ignored. */
  public void sendHex(String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    sendBytes(bytes, 0, bytes.length);
  }

  private void sendBytes(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
  }

  /** Subscribes and takes SUBACK. */
  public void subscribe(String filter, Qos qos) throws IOException {
    send(new Subscribe(++lastPacketId, List.of(Subscription.of(filter, qos)), Properties.NONE));
    expect(Suback.class);
  }

  /** Publishes, with the next packet identifier if one is needed, and waits for nothing. */
  public void publish(String topic, String payload, Qos qos) throws IOException {
    publish(Message.of(topic, payload.getBytes(), qos, false));
  }

  public void publish(Message message) throws IOException {
    int packetId = message.qos() == Qos.AT_MOST_ONCE ? 0 : ++lastPacketId;
    send(new Publish(message, false, packetId));
  }

  /** Takes the next packet, which has to be of this kind. */
  public <T extends Packet> T expect(Class<T> kind) throws IOException {
    Packet packet = next();
    if (!kind.isInstance(packet)) {
      throw new AssertionError("wanted " + kind.getSimpleName() + ", got " + packet);
    }
    return kind.cast(packet);
  }

  /** Takes the next packet, which has to be a PUBLISH with this payload. */
  public Publish expectMessage(String payload) throws IOException {
    Publish publish = expect(Publish.class);
    String got = new String(publish.message().payload());
    if (!got.equals(payload)) {
      throw new AssertionError("wanted '" + payload + "', got '" + got + "'");
    }
    return publish;
  }

  /** Fails if anything comes before the answer to a PINGREQ. */
  public void expectNothing() throws IOException {
    send(Ping.REQUEST);
    expect(Ping.class);
  }

  /** Takes so many bytes as they are, and compares. For use before any packet was taken. */
  public void expectHex(String hex) throws IOException {
    byte[] wanted = HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] got = in.readNBytes(wanted.length);
    String text = HexFormat.of().formatHex(got);
    if (!text.equals(HexFormat.of().formatHex(wanted))) {
      throw new AssertionError("wanted " + hex + ", got " + text);
    }
  }

  /** Takes nothing but the orderly end of the connection. */
  public void expectEnd() throws IOException {
    Packet packet = nextOrEnd();
    if (packet != null) {
      throw new AssertionError("wanted the end, got " + packet);
    }
  }

  /** Takes the next packet; null at the end of the connection, whatever its kind. */
  public Packet take() {
    try {
      return nextOrEnd();
    } catch (IOException e) {
      return null;
    }
  }

  private Packet next() throws IOException {
    Packet packet = nextOrEnd();
    if (packet == null) {
      throw new AssertionError("the broker has closed the connection");
    }
    return packet;
  }

  private Packet nextOrEnd() throws IOException {
    try {
      while (true) {
        Packet packet = decoder.decode(input);
        if (packet != null) {
          return packet;
        }
        int count = in.read(input.clear().array());
        if (count < 0) {
          input.flip();
          return null;
        }
        input.limit(count);
      }
    } catch (MalformedPacketException e) {
      throw new AssertionError("the broker sent nonsense", e);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("nothing came in " + PATIENCE_MILLIS + " ms", e);
    }
  }

  /** Tears the connection: the broker sees a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Closes the connection in TCP's orderly way, without DISCONNECT. */
  @Override
  public void close() throws IOException {
    connection.close();
  }
}
