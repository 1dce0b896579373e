package dev.midge.client.paho;

import dev.midge.client.io.PacketWriter;
import dev.midge.client.paho.cure.Original;
import dev.midge.client.paho.cure.SendCure;
import dev.midge.client.state.Qos2Receipts;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes the bytes that Paho sends: they become packets again, are cured, and go out by {@link
 * PacketWriter} in the user's version. Only for Paho's sender thread, except where noted.
 *
 * <p>Cures that Paho writes each packet by itself, and gives the connection up at the first write
 * that fails, before it has read what the broker said last: acknowledgements share a write, and
 * Paho hears of no failure.
 */
final class PacketOutput extends OutputStream {

  private final PacketWriter writer;
  private final Handover handover;
  private final DeliveryOrder order;
  private final Qos2Receipts receipts;
  private final List<SendCure> cures;
  private final PacketDecoder decoder = new PacketDecoder(Side.BROKER);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final List<Ack> acknowledgements = new ArrayList<>();
  private final Object acknowledging = new Object();
  private int unwritten;

  PacketOutput(
      PacketWriter writer,
      Handover handover,
      DeliveryOrder order,
      Qos2Receipts receipts,
      List<SendCure> cures) {
    this.writer = writer;
    this.handover = handover;
    this.order = order;
    this.receipts = receipts;
    this.cures = cures;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer from = ByteBuffer.wrap(bytes, offset, length);
    try {
      while (from.hasRemaining()) {
        Packet packet = decoder.decode(from);
        if (packet != null) {
          sent(packet);
        }
      }
    } catch (MalformedPacketException e) {
      throw new IOException(e);
    }
  }

  private void sent(Packet packet) {
    try {
      send(packet);
    } catch (IOException e) {
      handover.broken(e); // The thread that reads finds out why.
    } finally {
      handover.written(packet);
      begun.countDown();
    }
  }

  private void send(Packet ofPaho) throws IOException {
    Original original = handover.of(ofPaho);
    Packet packet = ofPaho;
    for (SendCure cure : cures) {
      packet = cure.cureSent(packet, original);
      if (packet == null) {
        return;
      }
    }
    if (packet instanceof Ack ack) {
      send(ack);
    } else {
      writer.send(packet, original.more());
    }
  }

  private void send(Ack ack) throws IOException {
    if (ack.type() == PacketType.PUBACK || ack.type() == PacketType.PUBREC) {
      acknowledged(ack);
      return;
    }
    if (order.hasMore()) {
      writer.sendSoon(ack);
    } else {
      writer.send(ack, false);
    }
    if (ack.type() == PacketType.PUBCOMP) {
      receipts.release(ack.packetId()); // Now the end may come.
    }
  }

  /** Writes acknowledgements with the last of those that Paho was told to send. */
  private void acknowledged(Ack ack) throws IOException {
    acknowledgements.add(ack);
    synchronized (acknowledging) {
      if (unwritten > acknowledgements.size()) {
        return;
      }
    }
    try {
      writer.sendAnnounced(acknowledgements);
    } finally {
      int written = acknowledgements.size();
      acknowledgements.clear();
      synchronized (acknowledging) {
        unwritten -= written;
        acknowledging.notifyAll();
      }
    }
  }

  /** Paho is about to be told to send so many acknowledgements. Any thread. */
  void acknowledging(int count) {
    synchronized (acknowledging) {
      unwritten += count;
    }
  }

  /** Waits until the acknowledgements are written, or the time is over. Any thread. */
  void awaitAcknowledged(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    synchronized (acknowledging) {
      while (unwritten > 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return;
        }
        acknowledging.wait(left);
      }
    }
  }

  /** Waits until CONNECT was written: until then Paho starts its threads. Any thread. */
  void awaitBegun() throws InterruptedException {
    begun.await();
  }

  /** There will be no CONNECT. Any thread. */
  void end() {
    begun.countDown();
  }
}
