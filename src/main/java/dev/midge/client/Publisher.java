package dev.midge.client;

import dev.midge.fault.Moment;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Received;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** The job of {@code pub}: connect, publish all, wait until all is delivered, say goodbye. */
public final class Publisher {

  private final ConnectSpec connect;
  private final PublishSpec publish;
  private final ClientEvents events;
  private boolean aliasKnown;

  public Publisher(ConnectSpec connect, PublishSpec publish, ClientEvents events) {
    this.connect = connect;
    this.publish = publish;
    this.events = events;
  }

  /**
   * Publishes everything that the source holds. The source is read on the calling thread.
   *
   * @return {@link Ending#DONE}, also when the planned fault never came; {@link Ending#STRUCK} when
   *     it did and is over
   * @throws IOException when the source cannot be read; the connection was ended in order
   */
  public Ending publishAll(PayloadSource source)
      throws LinkFailure, IOException, InterruptedException {
    try (Link link = Link.open(connect, events, new Deaf())) {
      try {
        if (source.isStream()) {
          publishStream(link, source);
        } else {
          publishEach(link, source);
        }
        link.end(ReasonCode.NORMAL_DISCONNECTION, publish.disconnectProperties());
      } catch (CancellationException struck) {
        // Told below.
      } catch (IOException unreadable) {
        link.end(ReasonCode.NORMAL_DISCONNECTION, publish.disconnectProperties());
        throw unreadable;
      }
      if (link.over().join() == End.STRUCK) {
        Link.result(link.struck());
        return Ending.STRUCK;
      }
      return Ending.DONE;
    }
  }

  /** One after the other: each waits until the one before is delivered. */
  private void publishEach(Link link, PayloadSource source)
      throws LinkFailure, IOException, InterruptedException {
    for (byte[] payload = source.next(); payload != null; payload = source.next()) {
      warn(Link.result(link.deliver(message(payload), false)), null);
    }
  }

  /** As many at a time as may be on their way. */
  private void publishStream(Link link, PayloadSource source)
      throws LinkFailure, IOException, InterruptedException {
    // A source can keep its reader waiting for ever: a fault that comes meanwhile, by the clock,
    // must
    // not have to wait too.
    PayloadSource lines =
        connect.fault() != null && connect.fault().moment() instanceof Moment.After
            ? new Abandonable(source, link)
            : source;
    for (byte[] payload = lines.next(); payload != null; payload = lines.next()) {
      CompletableFuture<Delivery> delivered = link.deliver(message(payload), true);
      if (!delivered.isDone()) {
        delivered.whenComplete(this::warn);
      }
    }
    link.settle();
  }

  private Message message(byte[] payload) {
    // The first message introduces the alias, the others are known by it alone.
    String topic = aliasKnown ? "" : publish.topic();
    aliasKnown = publish.properties().has(Property.TOPIC_ALIAS);
    return new Message(topic, payload, publish.qos(), publish.retain(), publish.properties());
  }

  private void warn(Delivery delivery, Throwable failure) {
    if (failure == null && ReasonCode.isFailure(delivery.reasonCode())) {
      events.warning(
          "Warning: Publish "
              + delivery.packetId()
              + " failed: "
              + ReasonCode.text(delivery.reasonCode())
              + ".");
      if (delivery.reasonString() != null) {
        events.warning(delivery.reasonString());
      }
    }
  }

  /** Nothing is subscribed; a session taken up again may hold messages all the same. */
  private static final class Deaf implements LinkListener {

    @Override
    public void received(Received message) {}

    @Override
    public void lost(LinkFailure failure) {}
  }
}
