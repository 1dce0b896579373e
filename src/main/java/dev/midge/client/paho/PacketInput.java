package dev.midge.client.paho;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.io.PacketReader;
import dev.midge.client.io.PacketWriter;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Packet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Gives Paho the bytes that it reads: packets of the broker, cured, in MQTT 5. Only for Paho's
 * receiver thread.
 */
final class PacketInput extends InputStream {

  private static final long PATIENCE_MILLIS = 1000;

  private final PacketReader reader;
  private final PacketWriter writer;
  private final PacketOutput output;
  private final DeliveryOrder order;
  private final Deliveries deliveries;
  private final BrokerPackets handler;
  private final Queue<Packet> shown = new ArrayDeque<>();
  private ByteBuffer current = ByteBuffer.allocate(0);
  private boolean finished;

  PacketInput(
      PacketReader reader,
      PacketWriter writer,
      PacketOutput output,
      DeliveryOrder order,
      Deliveries deliveries,
      BrokerPackets handler) {
    this.reader = reader;
    this.writer = writer;
    this.output = output;
    this.order = order;
    this.deliveries = deliveries;
    this.handler = handler;
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
    while (!current.hasRemaining()) {
      Packet next = shown.poll();
      if (next != null) {
        current = PacketEncoder.encode(next, ProtocolVersion.V5);
      } else if (finished || !readOn()) {
        return false;
      }
    }
    return true;
  }

  private boolean readOn() {
    try {
      output.awaitBegun(); // Paho's threads would not survive an end while they are started.
      order.awaitTold();
      if (!handler.isOver() && !reader.isEnded()) {
        Packet packet = reader.poll();
        if (packet != null) {
          handler.handle(packet, shown);
        } else if (!reader.isEnded()) {
          await();
        }
        return true;
      }
      strike();
    } catch (ConnectionFailure failure) {
      end(failure);
    } catch (IOException e) {
      end(ConnectionFailures.lost(e));
    } catch (OutOfMemoryError e) {
      end(ConnectionFailures.memory());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    finish();
    return false;
  }

  /** A fault ends the connection, once all that came before is delivered and answered. */
  private void strike() throws IOException, InterruptedException {
    if (reader.isStriking()) {
      order.awaitDelivered();
      deliveries.idle();
      output.awaitAcknowledged(PATIENCE_MILLIS);
      reader.strike();
    }
  }

  private void await() throws ConnectionFailure, IOException {
    order.reading(true);
    try {
      if (order.isDelivered()) {
        deliveries.idle();
      }
      writer.flushIfIdle(); // Packets that are held back for the rest of one that came.
      reader.await();
    } finally {
      order.reading(false);
    }
  }

  /** Ends the connection by the failure, once all messages that came before are delivered. */
  private void end(ConnectionFailure failure) {
    try {
      order.awaitDelivered();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    handler.fail(failure);
  }

  /** Reads on without handling anything, to notice when the broker closes the channel. */
  void finish() {
    if (finished) {
      return;
    }
    finished = true;
    shown.clear();
    deliveries.end();
    reader.drain();
  }
}
