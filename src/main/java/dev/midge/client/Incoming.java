package dev.midge.client;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;

/**
 * What Paho takes for the broker's bytes: packets are read from the wire, handled by {@link
 * Inbound}, and what Paho should know of them is handed on in MQTT 5. Only for Paho's receiver
 * thread, on which therefore everything that comes in is handled.
 */
final class Incoming extends InputStream {

  private static final int BUFFER_BYTES = 32 * 1024;

  private final Connection link;
  private final Inbound inbound;
  private final Outgoing outgoing;
  private final PacketDecoder decoder = new PacketDecoder(PacketDecoder.Side.CLIENT);
  private final ByteBuffer fromWire = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  private final ArrayDeque<Packet> forPaho = new ArrayDeque<>(4);
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile InputStream wire;
  private ByteBuffer current = ByteBuffer.allocate(0);
  private boolean alone;

  private interface Reading {
    boolean go()
        throws IOException, MalformedPacketException, ConnectionFailure, InterruptedException;
  }

  Incoming(Connection link, Inbound inbound, Outgoing outgoing, ProtocolVersion version) {
    this.link = link;
    this.inbound = inbound;
    this.outgoing = outgoing;
    decoder.version(version);
  }

  void attach(InputStream in) {
    this.wire = in;
  }

  /**
   * Lets reading begin. Not before CONNECT is sent: Paho's threads would not survive an end of the
   * connection while they are being started.
   */
  void begin() {
    opened.countDown();
  }

  @Override
  public int read() {
    return fill() ? current.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, current.remaining());
    current.get(bytes, offset, count);
    return count;
  }

  @Override
  public int available() {
    return current.remaining();
  }

  private boolean fill() {
    return guarded(
        () -> {
          while (!current.hasRemaining()) {
            Packet next = forPaho.poll();
            if (next != null) {
              current = PacketEncoder.encode(next, ProtocolVersion.V5);
            } else if (!readOn()) {
              return false;
            }
          }
          return true;
        });
  }

  /**
   * Reads to the end of the connection when Paho has given up: why it ends should be known at once,
   * and what the broker has acknowledged by then counts.
   */
  void readOnAlone() {
    alone = true;
    guarded(
        () -> {
          while (readOn()) {
            forPaho.clear();
          }
          return false;
        });
  }

  private boolean guarded(Reading reading) {
    try {
      opened.await();
      return reading.go();
    } catch (IOException e) {
      link.lost(e);
    } catch (MalformedPacketException e) {
      link.ended(ConnectionFailures.malformed(e, link.connack() == null ? fromWire : null));
    } catch (ConnectionFailure e) {
      link.ended(e);
    } catch (OutOfMemoryError e) {
      link.ended(ConnectionFailures.memory());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      rest();
    }
    return false;
  }

  private void rest() {
    try {
      inbound.rest();
    } catch (IOException e) {
      link.lost(e);
    }
  }

  private boolean readOn()
      throws IOException, MalformedPacketException, ConnectionFailure, InterruptedException {
    if (link.isOver()) {
      inbound.rest();
      waitForTheEnd();
      return false;
    }
    Packet packet = decoder.decode(fromWire);
    if (packet != null) {
      if (!alone || !asksForAnAnswer(packet)) {
        inbound.handle(packet, fromWire.hasRemaining(), forPaho);
      }
      return true;
    }
    fromWire.clear();
    inbound.rest();
    outgoing.flushIfIdle(); // What else waits for the rest of a packet.
    int count = wire.read(fromWire.array(), 0, fromWire.capacity());
    fromWire.limit(Math.max(count, 0));
    if (count < 0) {
      link.lost(null);
      return false;
    }
    link.active(count);
    return true;
  }

  /** Without Paho nobody answers. The broker sends it again. */
  private static boolean asksForAnAnswer(Packet packet) {
    return packet.type() == PacketType.PUBREL
        || packet instanceof Publish publish && publish.message().qos() != Qos.AT_MOST_ONCE;
  }

  /** After the end somebody has to notice that the peer hangs up too; nothing is used any more. */
  private void waitForTheEnd() throws IOException {
    while (wire.read(fromWire.array(), 0, fromWire.capacity()) >= 0) {
      // Thrown away.
    }
  }
}
