package dev.midge.client.direct;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.Delivery;
import dev.midge.client.Engine;
import dev.midge.client.FaultWatch;
import dev.midge.client.MessageListener;
import dev.midge.client.io.DisconnectWait;
import dev.midge.client.io.MessageReceiver;
import dev.midge.client.io.PacketReader;
import dev.midge.client.io.PacketWriter;
import dev.midge.client.state.ClientSession;
import dev.midge.client.state.PendingRequests;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.net.ClientChannel;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Our own engine: one thread connects, reads and handles what it reads; whoever sends a packet
 * writes it.
 */
public final class DirectEngine implements Engine {

  private static final int BUFFER_BYTES = 32 * 1024;

  private final ClientSession session;
  private final ConnectSpec spec;
  private final ClientChannel channel;
  private final ClientEvents clientEvents;
  private final PacketWriter writer;
  private final PacketReader reader;
  private final MessageReceiver receiver;
  private final PendingRequests requests;
  private final Sender sender;
  private @Nullable Reading reading;

  /**
   * @param session the one that the connection begins or takes up
   * @param watch is asked before each packet; null where there are no faults
   */
  public DirectEngine(
      ClientSession session,
      ConnectSpec spec,
      ClientChannel channel,
      @Nullable FaultWatch watch,
      MessageListener listener,
      ClientEvents clientEvents) {
    this.session = session;
    this.spec = spec;
    this.channel = channel;
    this.clientEvents = clientEvents;
    this.writer = new PacketWriter(spec, clientEvents, watch);
    this.reader = new PacketReader(spec.version(), clientEvents, BUFFER_BYTES, watch);
    this.receiver = new MessageReceiver(spec, listener, writer, session.receipts());
    this.requests = new PendingRequests(session.ids());
    this.sender = new Sender(spec, session, writer, requests);
  }

  @Override
  public void start(Events events) {
    reading =
        new Reading(
            spec,
            channel,
            clientEvents,
            events,
            writer,
            reader,
            receiver,
            sender,
            session.inflight(),
            requests);
    daemon(reading, "midge reader").start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public CompletableFuture<Delivery> publish(Message message, boolean more)
      throws ConnectionFailure, IOException, InterruptedException {
    return sender.publish(message, more);
  }

  @Override
  public void sendQueued(boolean more) throws IOException {
    sender.sendQueued(more);
  }

  @Override
  public void flush() throws IOException {
    writer.flush();
  }

  @Override
  public CompletableFuture<Suback> subscribe(
      List<Subscription> subscriptions, Properties properties)
      throws ConnectionFailure, IOException {
    return sender.subscribe(subscriptions, properties);
  }

  @Override
  public CompletableFuture<Unsuback> unsubscribe(List<String> filters, Properties properties)
      throws ConnectionFailure, IOException {
    return sender.unsubscribe(filters, properties);
  }

  @Override
  public void awaitAcknowledged(long millis) throws InterruptedException {
    receiver.awaitAcknowledged(millis);
  }

  @Override
  public void disconnect(int reasonCode, Properties properties) throws InterruptedException {
    reader.end();
    Thread sender =
        daemon(
            () -> {
              try {
                writer.send(new Disconnect(reasonCode, properties), false);
              } catch (IOException e) {
                // The broker was faster.
              }
            },
            "midge disconnect");
    sender.start();
    DisconnectWait.await(
        writer,
        millis -> {
          sender.join(millis);
          return !sender.isAlive();
        });
  }

  @Override
  public void shut(@Nullable Disconnect last, Runnable then) {
    reader.end();
    writer.shut(last, then);
  }

  @Override
  public boolean isBusy() {
    return reader.isBusy();
  }

  @Override
  public boolean isStuck(long millis) {
    return writer.isStuck(millis);
  }

  @Override
  public void abandon(@Nullable ConnectionFailure why) {
    sender.abandon(why);
  }

  @Override
  public void stop() {
    Objects.requireNonNull(reading, "not started").stop();
  }
}
