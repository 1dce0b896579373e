package dev.midge.lwt.peer;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.lwt.peer.TracedPacket.Direction;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.net.ClientChannel;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets of one connection, on a thread of its own: hands messages to a sink,
 * acknowledges them, and keeps other packets for the threads that wait for them. A packet that
 * breaks the protocol is traced, and the next one is read: the drill goes on watching a broker that
 * passes on a malformed message.
 */
public final class DrillReader {
  /** Receives the messages of a connection, on the thread that reads. */
  public interface Sink {
    /** Ignores all messages. */
    Sink NONE =
        new Sink() {
          @Override
          public void received(Message message, long nanos) {}

          @Override
          public void malformed(String topic, String description, long nanos) {}

          @Override
          public void ended(ConnectionFailure cause) {}
        };

    /** That channel is about to be connected; it tells how far it has come. */
    default void connecting(ClientChannel channel) {}

    /**
     * A message has come.
     *
     * @param nanos the time of its arrival, by {@link System#nanoTime}
     */
    void received(Message message, long nanos);

    /**
     * A PUBLISH that breaks the protocol has come.
     *
     * @param topic empty when it cannot be told
     */
    void malformed(String topic, String description, long nanos);

    /** The connection has ended. */
    void ended(ConnectionFailure cause);
  }

  private static final int LARGEST_PACKET = 4 * 1024 * 1024;

  private final ProtocolVersion version;
  private final PacketTrace trace;
  private final String name;
  private final Sink sink;
  private final List<Packet> packets = new ArrayList<>();
  private final Set<Integer> unreleased =
      new HashSet<>(); // packet ids of QoS 2 that wait for PUBREL
  private volatile boolean endedHere;
  private @Nullable ConnectionFailure failure;
  private boolean ended;

  DrillReader(ProtocolVersion version, PacketTrace trace, String name, Sink sink) {
    this.version = version;
    this.trace = trace;
    this.name = name;
    this.sink = sink;
  }

  /**
   * Begins to read.
   *
   * @param answers sends acknowledgements
   */
  void start(InputStream in, Consumer<Packet> answers) {
    Thread thread = new Thread(null, () -> run(in, answers), "midge lwt " + name, 128 * 1024);
    thread.setDaemon(true);
    thread.start();
  }

  private void run(InputStream in, Consumer<Packet> answers) {
    ConnectionFailure cause;
    try {
      DataInputStream bytes = new DataInputStream(new BufferedInputStream(in, 4096));
      while (true) {
        frame(bytes, answers);
      }
    } catch (EOFException e) {
      if (!endedHere) {
        trace.event(name, "the broker has closed the connection");
      }
      cause = ConnectionFailures.lost(null);
    } catch (IOException e) {
      if (!endedHere) {
        trace.event(name, "the connection has ended: " + e.getMessage());
      }
      cause = ConnectionFailures.lost(e);
    } catch (RuntimeException e) {
      cause = new ConnectionFailure(ConnectionFailure.Kind.MALFORMED, e.getMessage());
    }
    synchronized (this) {
      ended = true;
      if (failure == null) {
        failure = cause;
      }
      notifyAll();
    }
    sink.ended(failure());
  }

  /** Reads one packet, from its fixed header to its last byte. */
  private void frame(DataInputStream in, Consumer<Packet> answers) throws IOException {
    byte[] header = new byte[5];
    header[0] = in.readByte();
    int size = 1;
    int length = 0;
    do {
      if (size == header.length) {
        throw new IOException("a packet with a length of five bytes");
      }
      header[size] = in.readByte();
      length |= (header[size] & 0x7F) << 7 * (size - 1);
    } while (header[size++] < 0);
    if (length > LARGEST_PACKET) {
      throw new IOException("a packet of " + length + " bytes");
    }
    byte[] frame = new byte[size + length];
    System.arraycopy(header, 0, frame, 0, size);
    in.readFully(frame, size, length);
    long now = System.nanoTime();
    PacketDecoder decoder = new PacketDecoder(Side.CLIENT);
    decoder.version(version);
    try {
      packet(Objects.requireNonNull(decoder.decode(ByteBuffer.wrap(frame))), now, answers);
    } catch (MalformedPacketException e) {
      broken(frame, size, String.valueOf(e.getMessage()), now);
    }
  }

  private void packet(Packet packet, long now, Consumer<Packet> answers) {
    trace.add(name, Direction.RECEIVED, PacketText.of(packet));
    if (packet instanceof Publish publish) {
      if (publish.message().qos() == Qos.AT_LEAST_ONCE) {
        sink.received(publish.message(), now);
        answers.accept(Ack.of(PacketType.PUBACK, publish.packetId()));
      } else if (publish.message().qos() == Qos.EXACTLY_ONCE) {
        if (unreleased.add(publish.packetId())) {
          sink.received(publish.message(), now);
        }
        answers.accept(Ack.of(PacketType.PUBREC, publish.packetId()));
      } else {
        sink.received(publish.message(), now);
      }
      return;
    }
    if (packet instanceof Ack ack && ack.type() == PacketType.PUBREL) {
      unreleased.remove(ack.packetId());
      answers.accept(Ack.of(PacketType.PUBCOMP, ack.packetId()));
      return;
    }
    if (packet instanceof Ack ack && ack.type() == PacketType.PUBREC && ack.reasonCode() < 0x80) {
      answers.accept(Ack.of(PacketType.PUBREL, ack.packetId()));
    }
    synchronized (this) {
      if (packet instanceof Disconnect disconnect) {
        failure = ConnectionFailures.disconnected(disconnect);
      }
      packets.add(packet);
      notifyAll();
    }
  }

  private void broken(byte[] frame, int header, String defect, long now) {
    PacketType type = PacketType.ofFirstByte(frame[0] & 0xFF);
    String text = type + " that breaks the protocol: " + defect;
    trace.add(name, Direction.RECEIVED, text);
    if (type == PacketType.PUBLISH) {
      sink.malformed(topic(frame, header), text, now);
    }
  }

  private static String topic(byte[] frame, int header) {
    if (frame.length < header + 2) {
      return "";
    }
    int length = (frame[header] & 0xFF) << 8 | frame[header + 1] & 0xFF;
    return frame.length < header + 2 + length
        ? ""
        : new String(frame, header + 2, length, StandardCharsets.UTF_8);
  }

  /** Announces an end by the drill itself, which is not traced as one by the broker. */
  void endHere() {
    endedHere = true;
  }

  /**
   * Takes the first packet that meets a condition; null when none comes before the limit or the end
   * of the connection.
   */
  synchronized @Nullable Packet await(Predicate<Packet> wanted, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      for (int i = 0; i < packets.size(); i++) {
        if (wanted.test(packets.get(i))) {
          return packets.remove(i);
        }
      }
      if (ended || !waitUntil(deadline)) {
        return null;
      }
    }
  }

  /** Waits for the end of the connection; false when it does not come in time. */
  synchronized boolean awaitEnd(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!ended) {
      if (!waitUntil(deadline)) {
        return false;
      }
    }
    return true;
  }

  private boolean waitUntil(long deadline) throws InterruptedException {
    long left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
    if (left <= 0) {
      return false;
    }
    wait(left);
    return true;
  }

  synchronized boolean isEnded() {
    return ended;
  }

  /** Returns the reason for which the connection has ended. */
  synchronized ConnectionFailure failure() {
    return failure == null ? ConnectionFailures.lost(null) : failure;
  }
}
