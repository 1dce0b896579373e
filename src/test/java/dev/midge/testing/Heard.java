package dev.midge.testing;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.MessageListener;
import dev.midge.fault.Fault;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers everything that a client tells. */
public final class Heard implements ClientEvents, MessageListener {

  public final List<Packet> sent = new CopyOnWriteArrayList<>();
  public final List<Packet> received = new CopyOnWriteArrayList<>();
  public final List<Fault> struck = new CopyOnWriteArrayList<>();
  public final List<FaultEvent> faults = new CopyOnWriteArrayList<>();
  public final List<String> warnings = new CopyOnWriteArrayList<>();
  public final List<String> clientIds = new CopyOnWriteArrayList<>();
  public final BlockingQueue<ReceivedMessage> messages = new LinkedBlockingQueue<>();
  public final BlockingQueue<ConnectionFailure> losses = new LinkedBlockingQueue<>();

  @Override
  public boolean wantsPackets() {
    return true;
  }

  @Override
  public void sending(Packet packet) {
    sent.add(packet);
  }

  @Override
  public void received(Packet packet) {
    received.add(packet);
  }

  @Override
  public void connected(Connack connack, String clientId) {
    clientIds.add(clientId);
  }

  @Override
  public void struck(Fault fault, FaultEvent event) {
    struck.add(fault);
    faults.add(event);
  }

  @Override
  public void warning(String line) {
    warnings.add(line);
  }

  @Override
  public void received(ReceivedMessage message) {
    messages.add(message);
  }

  @Override
  public void lost(ConnectionFailure failure) {
    losses.add(failure);
  }

  /** The next message; waits for it, thirty seconds at most. */
  public ReceivedMessage message() throws InterruptedException {
    return next(messages);
  }

  /** The failure by which the connection was lost; waits for it, thirty seconds at most. */
  public ConnectionFailure loss() throws InterruptedException {
    return next(losses);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T item = queue.poll(30, TimeUnit.SECONDS);
    if (item == null) {
      throw new AssertionError("nothing came");
    }
    return item;
  }
}
