package dev.midge.proxy.capture;

import dev.midge.fault.Direction;
import dev.midge.mqtt.packet.Connect;
import dev.midge.proxy.event.ConnectionName;
import dev.midge.proxy.event.PassedPacket;
import dev.midge.proxy.event.ProxyListener;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes what the proxy passes on, faults and all, into a capture file in the classic form of
 * libpcap. Passwords are written as asterisks, and so is a CONNECT that cannot be read or has not
 * come whole, behind its first bytes. For all threads of the proxy.
 */
public final class CaptureFile implements ProxyListener, Closeable {
  private static final int MAGIC = 0xA1B2C3D4;
  private static final int LONGEST = 262_144;

  /** IP packets without a frame around them. */
  private static final int LINKTYPE_RAW = 101;

  private final OutputStream out;
  private final Consumer<IOException> onFailure;
  private final Map<Integer, CapturedConnection> connections = new HashMap<>();
  private boolean failed;
  private boolean closed; // A connection may end after the proxy.

  /**
   * Begins the file.
   *
   * @param onFailure told, once, that it can be written no more
   */
  public CaptureFile(OutputStream file, Consumer<IOException> onFailure) throws IOException {
    this.out = new BufferedOutputStream(file, 64 * 1024);
    this.onFailure = onFailure;
    ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(MAGIC).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    header.putInt(LONGEST).putInt(LINKTYPE_RAW);
    out.write(header.array());
    out.flush();
  }

  private void write(byte[] packet) {
    Instant now = Instant.now();
    ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt((int) now.getEpochSecond()).putInt(now.getNano() / 1000);
    header.putInt(packet.length).putInt(packet.length);
    try {
      if (!closed) {
        out.write(header.array());
        out.write(packet);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException e) {
    if (!failed) {
      failed = true;
      onFailure.accept(e);
    }
  }

  /** Wants packets because a CONNECT tells where its password stands. */
  @Override
  public boolean wantsPackets() {
    return true;
  }

  @Override
  public synchronized void accepted(ConnectionName name, InetSocketAddress client) {
    CapturedConnection connection = new CapturedConnection(client, this::write);
    connections.put(name.number(), connection);
    connection.open();
  }

  @Override
  public synchronized void packet(ConnectionName name, Direction direction, PassedPacket packet) {
    CapturedConnection connection = connections.get(name.number());
    if (connection != null && packet.packet() instanceof Connect connect) {
      byte[] password = connect.password();
      connection.secret(password, packet.size() - (password == null ? 0 : password.length));
    }
  }

  @Override
  public synchronized void written(
      ConnectionName name, Direction direction, byte[] bytes, int from, int length) {
    CapturedConnection connection = connections.get(name.number());
    if (connection != null) {
      connection.bytes(direction, bytes, from, length);
    }
  }

  @Override
  public synchronized void ended(ConnectionName name, Direction direction) {
    CapturedConnection connection = connections.get(name.number());
    if (connection != null) {
      connection.end(direction);
    }
  }

  @Override
  public synchronized void cut(ConnectionName name) {
    CapturedConnection connection = connections.get(name.number());
    if (connection != null) {
      connection.cut();
    }
  }

  @Override
  public synchronized void closed(ConnectionName name) {
    connections.remove(name.number());
    flush();
  }

  @Override
  public synchronized void idle(ConnectionName name, Direction direction) {
    flush();
  }

  private void flush() {
    try {
      if (!closed) {
        out.flush();
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    out.close();
  }
}
