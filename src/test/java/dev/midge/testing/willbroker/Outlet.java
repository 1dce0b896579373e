package dev.midge.testing.willbroker;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Writes to one client in a thread of its own, so that nobody waits for a client that is slow. */
final class Outlet {
  private static final int PATIENCE_MILLIS = 200;

  private final BlockingQueue<Optional<Packet>> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch empty = new CountDownLatch(1);
  private volatile ProtocolVersion version = ProtocolVersion.V5;
  private volatile Runnable onMessage = () -> {};

  void start(Pipe pipe) {
    Thread thread = new Thread(() -> write(pipe), "will-broker-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /** The version to write in; null for the latest. */
  void version(ProtocolVersion clients) {
    version = clients == null ? ProtocolVersion.V5 : clients;
  }

  /** Runs that whenever a PUBLISH is sent. */
  void onMessage(Runnable listener) {
    onMessage = listener;
  }

  void send(Packet packet) {
    queue.add(Optional.of(packet));
    if (packet.type() == PacketType.PUBLISH) {
      onMessage.run();
    }
  }

  /** Ends the connection behind all that was sent. */
  void end() {
    queue.add(Optional.empty());
  }

  /** Waits until all was written and the end was said; not long, should the client not read. */
  void awaitEmpty() {
    try {
      empty.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Pipe pipe) {
    try {
      Optional<Packet> next = queue.take();
      while (next.isPresent()) {
        pipe.write(PacketEncoder.encode(next.get(), version));
        next = queue.take();
      }
      pipe.finish();
    } catch (IOException | InterruptedException gone) {
      // The reader hears of it too.
    } finally {
      empty.countDown();
    }
  }
}
