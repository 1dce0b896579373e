package dev.midge.client;

import dev.midge.client.LinkFailure.Kind;
import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultyWire;
import dev.midge.fault.Moment;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPubRel;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;

/**
 * A live connection to a broker. For several threads.
 *
 * <p>Once a fault has struck, or {@link #end} was called, calls end with a {@link
 * CancellationException}, and so do futures: that is no failure.
 */
public final class Link implements AutoCloseable {

  /** How long a part of the end may take where the broker does not do its share. */
  private static final long PATIENCE_MILLIS = 1000;

  private final ConnectSpec spec;
  private final ClientEvents events;
  private final LinkListener listener;
  private final Session session;
  private final FaultyWire wire;
  private final Misfortune misfortune;
  private final Outgoing outgoing;
  private final PahoPipe pipe;
  private final Inbound inbound;
  private final Incoming incoming;
  private final PahoThreads threads;
  private final PahoEngine engine;
  private final TopicAliases aliases = new TopicAliases();
  private final Requests requests;
  private final CompletableFuture<Void> reached = new CompletableFuture<>();
  private final CompletableFuture<Connack> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> engineReady = new CompletableFuture<>();
  private final CompletableFuture<End> over = new CompletableFuture<>();
  private volatile Connack connack;
  private volatile BrokerLimits limits;

  private Link(ConnectSpec spec, ClientEvents events, LinkListener listener, Session session) {
    this.spec = spec;
    this.events = events;
    this.listener = listener;
    this.session = session;
    wire = new FaultyWire(spec.endpoint());
    misfortune = new Misfortune(spec.fault(), wire, events);
    Moment.Published published = misfortune.moment(Moment.Published.class);
    outgoing =
        new Outgoing(
            spec.version(),
            events,
            published == null ? 0 : published.number(),
            () -> strike(spec.fault().effect(), Properties.NONE));
    inbound = new Inbound(this, spec, events, listener, session.inbound());
    incoming = new Incoming(this, inbound, spec.version());
    pipe = new PahoPipe(spec.packet(), outgoing, incoming::begin);
    requests = new Requests(session.ids());
    threads = new PahoThreads(this::engineFailed, incoming::readOnAlone);
    engine = engine();
  }

  private PahoEngine engine() {
    PahoPing ping = new PahoPing(threads, this::keepAlive);
    try {
      return new PahoEngine(this, threads, ping, this::openWire, incoming, pipe);
    } catch (MqttException e) {
      throw new IllegalStateException(e); // Its memory is the heap: nothing can fail.
    }
  }

  /**
   * Connects and waits for CONNACK, for ever if need be; an interrupt ends the waiting.
   *
   * @throws LinkFailure when the broker cannot be reached or refuses
   */
  public static Link open(ConnectSpec spec, ClientEvents events, LinkListener listener)
      throws LinkFailure, InterruptedException {
    Link link = start(spec, events, listener, Session.ofOneLink());
    try {
      result(link.opened);
      return link;
    } catch (LinkFailure | InterruptedException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /** Starts to connect; {@link #opened} tells the result. */
  static Link start(ConnectSpec spec, ClientEvents events, LinkListener listener, Session session) {
    Link link = new Link(spec, events, listener, session);
    try {
      link.engine.start(spec.keepAlive());
    } catch (MqttException e) {
      link.engineFailed(e);
    }
    return link;
  }

  /** Completes when the broker is reached; CONNACK may be long in coming. */
  CompletableFuture<Void> reached() {
    return reached;
  }

  /** Completes with CONNACK, or with the {@link LinkFailure} why there is none. */
  CompletableFuture<Connack> opened() {
    return opened;
  }

  /** Completes when the connection has ended, in whatever way. */
  CompletableFuture<End> over() {
    return over;
  }

  boolean isOver() {
    return over.isDone();
  }

  /** CONNACK as the broker sent it, in the user's version. */
  public Connack connack() {
    return connack;
  }

  /** The client id that is in use: the given one, or the one that the broker assigned. */
  public String clientId() {
    return clientId(connack);
  }

  private String clientId(Connack from) {
    String assigned = from.properties().text(Property.ASSIGNED_CLIENT_IDENTIFIER);
    return assigned == null ? spec.clientId() : assigned;
  }

  /**
   * Hands a message over; waits while as many messages as allowed are on their way.
   *
   * @return completes with the reason code once the message is delivered (QoS 0: written; 1:
   *     PUBACK; 2: PUBCOMP), or exceptionally with a {@link LinkFailure}
   */
  public CompletableFuture<Integer> publish(Message message)
      throws LinkFailure, InterruptedException {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    deliver(message, false)
        .whenComplete(
            (delivery, failure) -> {
              if (failure == null) {
                code.complete(delivery.reasonCode());
              } else {
                code.completeExceptionally(failure);
              }
            });
    return code;
  }

  /**
   * The same as {@link #publish}.
   *
   * @param more whether another message follows at once, so that this one may wait for company
   */
  CompletableFuture<Delivery> deliver(Message message, boolean more)
      throws LinkFailure, InterruptedException {
    check();
    if (message.qos() == Qos.AT_MOST_ONCE) {
      int id = session.ids().next();
      write(new Publish(fitting(message), false, id), more);
      return CompletableFuture.completedFuture(new Delivery(id, 0, null));
    }
    result(engineReady);
    Flight flight = session.flights().depart(message);
    if (flight == null) {
      check();
      throw new CancellationException();
    }
    launch(flight);
    return flight.delivered();
  }

  /** Hands over a message that has departed; the engine sees to the rest. */
  void launch(Flight flight) throws LinkFailure, InterruptedException {
    result(engineReady);
    send(flight);
  }

  private void send(Flight flight) throws LinkFailure, InterruptedException {
    Publish packet;
    try {
      packet = new Publish(fitting(flight.message()), flight.written(), flight.packetId());
    } catch (LinkFailure refusal) {
      session.flights().refused(flight, refusal);
      throw refusal;
    }
    pipe.handing(flight.packetId());
    hand(
        new OwnPublish(packet, outgoing, () -> session.flights().writing(this, flight)),
        landing(flight));
  }

  private Settled landing(Flight flight) {
    return new Settled(() -> session.flights().landed(flight));
  }

  /** The message as this broker wants it. */
  private Message fitting(Message message) throws LinkFailure {
    Message fitting = limits.admit(aliases.shortened(message), spec.version());
    aliases.learn(fitting);
    return fitting;
  }

  /** Writes what waits for company. */
  void flush() throws LinkFailure, InterruptedException {
    check();
    try {
      outgoing.flush();
    } catch (IOException e) {
      broken();
    }
  }

  /** Sends SUBSCRIBE and waits for SUBACK, whose codes may be refusals. */
  public Suback subscribe(List<Subscription> subscriptions, Properties properties)
      throws LinkFailure, InterruptedException {
    return (Suback) result(subscribing(subscriptions, properties));
  }

  /** Sends SUBSCRIBE; completes with SUBACK, on the thread that reads. */
  CompletableFuture<Packet> subscribing(List<Subscription> subscriptions, Properties properties)
      throws LinkFailure, InterruptedException {
    int id = session.ids().take();
    return request(id, new Subscribe(id, subscriptions, properties));
  }

  /** Sends UNSUBSCRIBE and waits for UNSUBACK. */
  public Unsuback unsubscribe(List<String> filters, Properties properties)
      throws LinkFailure, InterruptedException {
    return (Unsuback) result(unsubscribing(filters, properties));
  }

  /** Sends UNSUBSCRIBE; completes with UNSUBACK. */
  CompletableFuture<Packet> unsubscribing(List<String> filters, Properties properties)
      throws LinkFailure, InterruptedException {
    int id = session.ids().take();
    return request(id, new Unsubscribe(id, filters, properties));
  }

  /** Written when this returns: whatever comes of the answer, no farewell overtakes a request. */
  private CompletableFuture<Packet> request(int id, Packet packet)
      throws LinkFailure, InterruptedException {
    CompletableFuture<Packet> reply = requests.add(id);
    check();
    try {
      limits.admit(packet, spec.version());
    } catch (LinkFailure refusal) {
      requests.withdraw(id);
      throw refusal;
    }
    write(packet, false);
    return reply;
  }

  private void hand(MqttWireMessage packet, MqttActionListener settled)
      throws LinkFailure, InterruptedException {
    try {
      engine.send(packet, settled);
    } catch (MqttException e) {
      broken();
    }
  }

  /** The engine or the wire refuses service: the thread that reads should soon know why. */
  private void broken() throws LinkFailure, InterruptedException {
    failUnlessExplained();
    try {
      over.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    check();
  }

  private void write(Packet packet, boolean more) throws LinkFailure, InterruptedException {
    try {
      outgoing.send(packet, more);
    } catch (IOException e) {
      broken();
    }
  }

  private void failUnlessExplained() {
    threads.later(() -> fail(new LinkFailure(Kind.LOST, null)), PATIENCE_MILLIS);
  }

  /**
   * Ends the connection: by the planned fault if its moment is the end, otherwise with DISCONNECT.
   * What was acknowledged has been delivered by then. Takes three seconds at most. Not for the
   * listener's thread.
   *
   * @param reasonCode 0 or 4; with 4 MQTT 3, which has no such code, still says an ordinary goodbye
   */
  public void end(int reasonCode, Properties properties) throws InterruptedException {
    if (isOver()) {
      return;
    }
    inbound.settle(PATIENCE_MILLIS);
    if (misfortune.moment(Moment.End.class) != null) {
      strike(misfortune.planned().effect(), properties);
    } else if (over.complete(End.ASKED)) {
      CountDownLatch said = new CountDownLatch(1);
      threads.execute(
          () -> {
            try {
              outgoing.send(new Disconnect(reasonCode, properties), false); // [MQTT-3.14.4-1]
            } catch (IOException e) {
              // The broker was faster.
            }
            said.countDown();
          });
      said.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      finish(End.ASKED);
    }
  }

  /**
   * Does that to the connection now. A frozen connection stays open until the peer hangs up or
   * {@link #close}.
   */
  public void inflict(Effect effect) {
    strike(effect, Properties.NONE);
  }

  private void strike(Effect effect, Properties farewell) {
    if (over.complete(End.STRUCK)) {
      misfortune.strike(effect, outgoing, farewell);
      if (connack == null) {
        opened.cancel(false);
      }
      disengage(End.STRUCK);
      engineReady.cancel(false);
      misfortune.struck().thenRun(this::stopEngine);
    }
  }

  /**
   * Completes when the planned fault was carried out and is over; freezing is over when the peer
   * has hung up.
   */
  public CompletableFuture<Fault> struck() {
    return misfortune.struck();
  }

  /** Closes the transport without DISCONNECT, if it is still open. Never fails. */
  @Override
  public void close() {
    if (over.complete(End.ASKED)) {
      finish(End.ASKED);
    } else {
      closeWire();
    }
  }

  /** The connection ends against the plan. */
  void fail(LinkFailure failure) {
    if (!over.complete(End.failed(failure))) {
      return;
    }
    finish(over.join());
    if (connack != null) {
      listener.lost(failure);
    }
  }

  private void finish(End end) {
    closeWire();
    if (end.failure() == null) {
      opened.cancel(false);
      engineReady.cancel(false);
    } else {
      opened.completeExceptionally(end.failure());
      engineReady.completeExceptionally(end.failure());
    }
    disengage(end);
    stopEngine();
  }

  private void disengage(End end) {
    session.ended(this, end);
    requests.end(end.failure());
  }

  private void closeWire() {
    boolean dead = over.join().failure() != null && over.join().failure().kind() == Kind.KEEPALIVE;
    outgoing.shut(
        () -> {
          try {
            if (dead) {
              wire.abort();
            } else {
              wire.close();
            }
          } catch (IOException e) {
            // Then it is closed already.
          }
        });
    incoming.begin();
  }

  private void stopEngine() {
    threads.execute(
        () -> {
          engine.stop();
          threads.shutdownNow();
        });
  }

  private void check() throws LinkFailure {
    if (over.isDone()) {
      End end = over.join();
      if (end.failure() != null) {
        throw end.failure();
      }
      throw new CancellationException();
    }
  }

  /** Waits for a future of this link. */
  static <T> T result(CompletableFuture<T> future) throws LinkFailure, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LinkFailure failure) {
        throw failure;
      }
      if (e.getCause() instanceof CancellationException ended) {
        throw ended;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  // What follows is called by the engine's threads.

  /** Makes the connection. */
  private void openWire() throws IOException {
    try {
      wire.connect();
      incoming.attach(wire.in());
      outgoing.attach(wire.out(), count -> engine.sentBytes(count));
    } catch (IOException e) {
      fail(LinkFailures.unreachable(e));
      throw e;
    }
    reached.complete(null);
  }

  private long keepAlive() {
    return connack.properties().number(Property.SERVER_KEEP_ALIVE, spec.keepAlive());
  }

  void active(int bytes) {
    engine.receivedBytes(bytes);
  }

  /** CONNACK has come and is a success. */
  void connected(Connack success) {
    connack = success;
    limits = BrokerLimits.of(success);
    session.flights().open(limits.inflight(spec.maxInflight()));
    events.connected(success, clientId(success));
    if (misfortune.moment(Moment.Connected.class) != null) {
      strike(misfortune.planned().effect(), Properties.NONE);
    }
    Moment.After after = misfortune.moment(Moment.After.class);
    if (after != null) {
      threads.later(
          () -> strike(misfortune.planned().effect(), Properties.NONE), after.time().toMillis());
    }
    opened.complete(success);
  }

  /** The engine takes messages and requests. */
  void ready() {
    List<Flight> again = session.flights().attach(this);
    if (isOver()) {
      session.flights().detach(this); // The end came in between.
      return;
    }
    if (again.isEmpty()) {
      engineReady.complete(null);
    } else {
      threads.execute(() -> resume(again)); // Paho's own thread must not wait.
    }
  }

  /** What departed by links before goes first, in the same order [MQTT-4.6.0-1]. */
  private void resume(List<Flight> again) {
    try {
      for (Flight flight : again) {
        if (!session.flights().mayFly(this)) {
          return;
        }
        // A broker that has forgotten the session has forgotten every message that it had not
        // passed on. Which ones nobody can tell: rather twice than never.
        if (flight.received() && connack.sessionPresent()) { // [MQTT-4.3.3-6]
          hand(new MqttPubRel(0, flight.packetId(), new MqttProperties()), landing(flight));
        } else {
          sendAgain(flight);
        }
      }
      engineReady.complete(null);
    } catch (LinkFailure failure) {
      fail(failure);
    } catch (MqttException e) {
      throw new IllegalStateException(e); // There is such a reason code.
    } catch (InterruptedException | CancellationException ended) {
      // The end of the link tells.
    }
  }

  private void sendAgain(Flight flight) throws LinkFailure, InterruptedException {
    try {
      send(flight); // [MQTT-4.4.0-1]
    } catch (LinkFailure failure) {
      if (!BrokerLimits.isRefusal(failure)) {
        throw failure;
      }
      // Whoever waits for the message knows.
    }
  }

  /**
   * Sends an acknowledgement.
   *
   * @param more whether another may follow at once
   */
  void send(Ack ack, boolean more) throws IOException {
    outgoing.send(ack, more);
  }

  /**
   * The broker has said something about a message of ours.
   *
   * @return null when no such message is on its way
   * @throws LinkFailure when that is no answer to a message of its QoS
   */
  Flight answered(Ack ack) throws LinkFailure {
    return session.flights().answered(this, ack);
  }

  /** The broker refused a message with PUBREC. */
  void refused(int packetId) {
    pipe.refused(packetId);
  }

  /** The broker has answered a request. */
  void replied(int packetId, Packet reply) {
    requests.replied(packetId, reply);
  }

  /**
   * The connection is gone.
   *
   * @param why null when the broker hung up
   */
  void lost(IOException why) {
    fail(LinkFailures.lost(why));
  }

  /** The broker broke the rules, or ended the connection by a packet. */
  void ended(LinkFailure failure) {
    boolean fault = failure.kind() == Kind.MALFORMED || failure.kind() == Kind.PROTOCOL;
    if (fault && spec.version().isV5() && connack != null && !isOver()) {
      try {
        outgoing.send(new Disconnect(failure.code(), Properties.NONE), false); // [MQTT-4.13.1-1]
      } catch (IOException e) {
        // The broker is gone.
      }
    }
    fail(failure);
  }

  /** The engine gives up; the thread that reads may know a better reason. */
  void engineFailed(Throwable why) {
    failUnlessExplained();
  }
}
