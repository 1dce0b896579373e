package dev.midge.client;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsubscribe;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * What a {@link Connection} sends besides acknowledgements: messages, at once or through the
 * engine, and requests. Used by the link only, on several threads.
 */
final class Sending {

  private final Connection link;
  private final ProtocolVersion version;
  private final Session session;
  private final Outgoing outgoing;
  private final Flows flows;
  private final PahoThreads threads;
  private final Closing closing;
  private final TopicAliases aliases = new TopicAliases();
  private final PendingRequests requests;
  private final CompletableFuture<Void> engineReady = new CompletableFuture<>();
  private volatile BrokerLimits limits;

  Sending(
      Connection link,
      ProtocolVersion version,
      Session session,
      Outgoing outgoing,
      Flows flows,
      PahoThreads threads,
      Closing closing) {
    this.link = link;
    this.version = version;
    this.session = session;
    this.outgoing = outgoing;
    this.flows = flows;
    this.threads = threads;
    this.closing = closing;
    this.requests = new PendingRequests(session.ids());
  }

  /** What the broker takes, known from CONNACK on. */
  void limits(BrokerLimits ofBroker) {
    limits = ofBroker;
  }

  /**
   * Hands a message over; waits while as many messages as allowed are on their way.
   *
   * @param more whether another message follows at once, so that this one may wait for company
   */
  CompletableFuture<Delivery> deliver(Message message, boolean more)
      throws ConnectionFailure, InterruptedException {
    closing.check();
    if (message.qos() == Qos.AT_MOST_ONCE) {
      int id = session.ids().next();
      write(new Publish(fitting(message), false, id), more);
      return CompletableFuture.completedFuture(new Delivery(id, 0, null));
    }
    Connection.result(engineReady);
    InflightMessage flight = session.flights().depart(message);
    if (flight == null) {
      closing.check();
      throw new CancellationException();
    }
    launch(flight, more);
    return flight.delivered();
  }

  /**
   * Hands over a message that has departed; its flow is seen to.
   *
   * @param more whether another message follows at once
   */
  void launch(InflightMessage flight, boolean more) throws ConnectionFailure, InterruptedException {
    Connection.result(engineReady);
    send(flight, more);
  }

  private void send(InflightMessage flight, boolean more)
      throws ConnectionFailure, InterruptedException {
    Publish packet;
    try {
      packet = new Publish(fitting(flight.message()), flight.written(), flight.packetId());
    } catch (ConnectionFailure refusal) {
      session.flights().refused(flight, refusal);
      throw refusal;
    }
    flows.begin(flight, packet, more);
  }

  /** The message as this broker wants it. */
  private Message fitting(Message message) throws ConnectionFailure {
    Message fitting = limits.admit(aliases.shortened(message), version);
    aliases.learn(fitting);
    return fitting;
  }

  /** Writes what waits for company. */
  void flush() throws ConnectionFailure, InterruptedException {
    closing.check();
    try {
      outgoing.flush();
    } catch (IOException e) {
      closing.broken();
    }
  }

  /** Sends SUBSCRIBE; completes with SUBACK, on the thread that reads. */
  CompletableFuture<Packet> subscribing(List<Subscription> subscriptions, Properties properties)
      throws ConnectionFailure, InterruptedException {
    int id = session.ids().take();
    return request(id, new Subscribe(id, subscriptions, properties));
  }

  /** Sends UNSUBSCRIBE; completes with UNSUBACK. */
  CompletableFuture<Packet> unsubscribing(List<String> filters, Properties properties)
      throws ConnectionFailure, InterruptedException {
    int id = session.ids().take();
    return request(id, new Unsubscribe(id, filters, properties));
  }

  /** Written when this returns: whatever comes of the answer, no farewell overtakes a request. */
  private CompletableFuture<Packet> request(int id, Packet packet)
      throws ConnectionFailure, InterruptedException {
    CompletableFuture<Packet> reply = requests.add(id, packet);
    closing.check();
    try {
      limits.admit(packet, version);
    } catch (ConnectionFailure refusal) {
      requests.withdraw(id);
      throw refusal;
    }
    write(packet, false);
    return reply;
  }

  private void write(Packet packet, boolean more) throws ConnectionFailure, InterruptedException {
    try {
      outgoing.send(packet, more);
    } catch (IOException e) {
      closing.broken();
    }
  }

  /** The broker has answered a request. */
  void replied(int packetId, Packet reply) throws ConnectionFailure {
    requests.replied(packetId, reply);
  }

  /** Returns whether a request of that identifier waits for its answer. */
  boolean isRequest(int packetId) {
    return requests.isOpen(packetId);
  }

  /** The engine takes messages and requests. */
  void ready() {
    List<InflightMessage> again = session.flights().attach(link);
    if (link.isOver()) {
      session.flights().detach(link); // The end came in between.
      return;
    }
    if (again.isEmpty()) {
      engineReady.complete(null);
    } else {
      threads.execute(() -> resume(again)); // Paho's own thread must not wait.
    }
  }

  /** What departed by links before goes first, in the same order [MQTT-4.6.0-1]. */
  private void resume(List<InflightMessage> again) {
    try {
      for (InflightMessage flight : again) {
        if (!session.flights().mayFly(link)) {
          return;
        }
        // A broker that has forgotten the session has forgotten every message that it had not
        // passed on. Which ones nobody can tell: rather twice than never.
        if (flight.received() && link.connack().sessionPresent()) { // [MQTT-4.3.3-6]
          flows.goOn(flight);
        } else {
          sendAgain(flight);
        }
      }
      engineReady.complete(null);
    } catch (ConnectionFailure failure) {
      closing.fail(failure);
    } catch (InterruptedException | CancellationException ended) {
      // The end of the link tells.
    }
  }

  private void sendAgain(InflightMessage flight) throws ConnectionFailure, InterruptedException {
    try {
      send(flight, false); // [MQTT-4.4.0-1]
    } catch (ConnectionFailure failure) {
      if (!BrokerLimits.isRefusal(failure)) {
        throw failure;
      }
      // Whoever waits for the message knows.
    }
  }

  /**
   * The engine will take nothing any more.
   *
   * @param why null when that was wanted
   */
  void stop(ConnectionFailure why) {
    if (why == null) {
      engineReady.cancel(false);
    } else {
      engineReady.completeExceptionally(why);
    }
  }

  /** What waits for an answer waits no longer. */
  void disengage(ConnectionOutcome end) {
    session.ended(link, end);
    requests.end(end.failure());
  }
}
