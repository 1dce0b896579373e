package dev.midge.client;

import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultyChannel;
import dev.midge.fault.Moment;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Unsuback;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * A live connection to a broker. For several threads.
 *
 * <p>Once a fault has struck, or {@link #end} was called, calls end with a {@link
 * CancellationException}, and so do futures: that is no failure.
 */
public final class Connection implements AutoCloseable {

  private final ConnectSpec spec;
  private final ClientEvents events;
  private final MessageListener listener;
  private final Session session;
  private final FaultyChannel wire;
  private final FaultInjector misfortune;
  private final Outgoing outgoing;
  private final PahoPipe pipe;
  private final Inbound inbound;
  private final Incoming incoming;
  private final PahoThreads threads;
  private final PahoEngine engine;
  private final Closing closing;
  private final Flows flows;
  private final Sending sending;
  private final CompletableFuture<Void> reached = new CompletableFuture<>();
  private final CompletableFuture<Connack> opened = new CompletableFuture<>();
  private volatile Connack connack;

  private Connection(
      ConnectSpec spec, ClientEvents events, MessageListener listener, Session session) {
    this.spec = spec;
    this.events = events;
    this.listener = listener;
    this.session = session;
    wire = new FaultyChannel(spec.endpoint());
    misfortune = new FaultInjector(spec.fault(), wire, events);
    Moment.Published published = misfortune.moment(Moment.Published.class);
    outgoing =
        new Outgoing(
            spec.version(),
            events,
            published == null ? 0 : published.number(),
            this::strikeAsPlanned);
    inbound = new Inbound(this, spec, events, listener, session.inbound());
    incoming = new Incoming(this, inbound, outgoing, spec.version());
    pipe = new PahoPipe(spec.packet(), outgoing, incoming::begin);
    threads = new PahoThreads(this::engineFailed, incoming::readOnAlone);
    engine = engine();
    closing =
        new Closing(this, spec.version(), listener, wire, misfortune, outgoing, incoming, threads);
    flows =
        session.isStream()
            ? new StreamFlows(this, session.flights(), outgoing, closing)
            : new PahoFlows(this, session.flights(), outgoing, pipe, engine, closing);
    sending = new Sending(this, spec.version(), session, outgoing, flows, threads, closing);
  }

  private void strikeAsPlanned() {
    closing.strikeAsPlanned();
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
   * @throws ConnectionFailure when the broker cannot be reached or refuses
   */
  public static Connection open(ConnectSpec spec, ClientEvents events, MessageListener listener)
      throws ConnectionFailure, InterruptedException {
    Connection link = start(spec, events, listener, Session.ofOneLink());
    try {
      result(link.opened);
      return link;
    } catch (ConnectionFailure | InterruptedException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /** Starts to connect; {@link #opened} tells the result. */
  static Connection start(
      ConnectSpec spec, ClientEvents events, MessageListener listener, Session session) {
    Connection link = new Connection(spec, events, listener, session);
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

  /** Completes with CONNACK, or with the {@link ConnectionFailure} why there is none. */
  CompletableFuture<Connack> opened() {
    return opened;
  }

  /** Completes when the connection has ended, in whatever way. */
  CompletableFuture<ConnectionOutcome> over() {
    return closing.over();
  }

  boolean isOver() {
    return closing.over().isDone();
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
   *     PUBACK; 2: PUBCOMP), or exceptionally with a {@link ConnectionFailure}
   */
  public CompletableFuture<Integer> publish(Message message)
      throws ConnectionFailure, InterruptedException {
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
      throws ConnectionFailure, InterruptedException {
    return sending.deliver(message, more);
  }

  /** The same as {@link #deliver} for a message that has departed already. */
  void launch(InflightMessage flight, boolean more) throws ConnectionFailure, InterruptedException {
    sending.launch(flight, more);
  }

  /** Writes what waits for company. */
  void flush() throws ConnectionFailure, InterruptedException {
    sending.flush();
  }

  /** Sends SUBSCRIBE and waits for SUBACK, whose codes may be refusals. */
  public Suback subscribe(List<Subscription> subscriptions, Properties properties)
      throws ConnectionFailure, InterruptedException {
    return (Suback) result(subscribing(subscriptions, properties));
  }

  /** Sends SUBSCRIBE; completes with SUBACK, on the thread that reads. */
  CompletableFuture<Packet> subscribing(List<Subscription> subscriptions, Properties properties)
      throws ConnectionFailure, InterruptedException {
    return sending.subscribing(subscriptions, properties);
  }

  /** Sends UNSUBSCRIBE and waits for UNSUBACK. */
  public Unsuback unsubscribe(List<String> filters, Properties properties)
      throws ConnectionFailure, InterruptedException {
    return (Unsuback) result(unsubscribing(filters, properties));
  }

  /** Sends UNSUBSCRIBE; completes with UNSUBACK. */
  CompletableFuture<Packet> unsubscribing(List<String> filters, Properties properties)
      throws ConnectionFailure, InterruptedException {
    return sending.unsubscribing(filters, properties);
  }

  /**
   * Ends the connection: by the planned fault if its moment is the end, otherwise with DISCONNECT.
   * What was delivered has been acknowledged by then. Takes three seconds at most. Not for the
   * listener's thread.
   *
   * @param reasonCode 0 or 4; with 4 MQTT 3, which has no such code, still says an ordinary goodbye
   */
  public void end(int reasonCode, Properties properties) throws InterruptedException {
    closing.end(reasonCode, properties);
  }

  /**
   * Does that to the connection now. A frozen connection stays open until the peer hangs up or
   * {@link #close}.
   */
  public void inflict(Effect effect) {
    closing.strike(effect, Properties.NONE);
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
    closing.close();
  }

  /** The connection ends against the plan. */
  void fail(ConnectionFailure failure) {
    closing.fail(failure);
  }

  /** Waits for a future of this link. */
  static <T> T result(CompletableFuture<T> future) throws ConnectionFailure, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectionFailure failure) {
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
      events.connecting(wire);
      wire.connect();
      incoming.attach(wire.in());
      outgoing.attach(wire.out(), count -> engine.sentBytes(count));
    } catch (IOException e) {
      fail(ConnectionFailures.unreachable(e));
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
    BrokerLimits limits = BrokerLimits.of(success);
    sending.limits(limits);
    session.flights().open(limits.inflight(spec.maxInflight()));
    watchTheWriters();
    events.connected(success, clientId(success));
    if (misfortune.moment(Moment.Connected.class) != null) {
      strikeAsPlanned();
    }
    Moment.After after = misfortune.moment(Moment.After.class);
    if (after != null) {
      // It may have to wait for a writer, and timers must not.
      threads.later(() -> threads.execute(this::strikeAsPlanned), after.time().toMillis());
    }
    opened.complete(success);
    listener.welcomed();
  }

  /** The keep alive holds for a broker, too, that takes nothing, and no PINGREQ either. */
  private void watchTheWriters() {
    long millis = keepAlive() * 1500; // [MQTT-3.1.2-22] grants as much to a client.
    if (millis > 0) {
      threads.every(() -> closing.cutIfStuck(millis), Math.min(millis / 10, 1000));
    }
  }

  /** The engine takes messages and requests. */
  void ready() {
    sending.ready();
  }

  Sending sending() {
    return sending;
  }

  /** Waits until what was delivered is acknowledged, or the time is over. */
  void settle(long millis) throws InterruptedException {
    inbound.settle(millis);
  }

  void stopEngine() {
    engine.stop();
  }

  /** Shows an acknowledgement that is to follow by {@link #sendPromised}. */
  void promise(Ack ack) {
    outgoing.promise(ack);
  }

  void sendPromised(List<Ack> acks) throws IOException {
    outgoing.sendPromised(acks);
  }

  /**
   * Sends an acknowledgement.
   *
   * @param more whether another may follow at once
   */
  void send(Ack ack, boolean more) throws IOException {
    if (more) {
      outgoing.sendSoon(ack);
    } else {
      outgoing.send(ack, false);
    }
  }

  /**
   * The broker has said something about a message of ours.
   *
   * @return null when no such message is on its way
   * @throws ConnectionFailure when that is no answer to a message of its QoS, or at that point
   */
  InflightMessage answered(Ack ack) throws ConnectionFailure {
    if (sending.isRequest(ack.packetId())) {
      throw ConnectionFailures.protocol();
    }
    return session.flights().answered(this, ack);
  }

  /** PUBREL goes out for a message that is not on its way. */
  void releasing(int packetId) {
    session.flights().releasing(this, packetId);
  }

  Flows flows() {
    return flows;
  }

  /**
   * The broker has answered a request.
   *
   * @throws ConnectionFailure when that is no answer to it, or the identifier is that of a message
   */
  void replied(int packetId, Packet reply) throws ConnectionFailure {
    if (session.flights().isFlying(packetId)) {
      throw ConnectionFailures.protocol();
    }
    sending.replied(packetId, reply);
  }

  /**
   * The connection is gone.
   *
   * @param why null when the broker hung up
   */
  void lost(IOException why) {
    fail(ConnectionFailures.lost(why));
  }

  /** The broker broke the rules, or ended the connection by a packet. */
  void ended(ConnectionFailure failure) {
    closing.ended(failure);
  }

  /** The engine gives up; the thread that reads may know a better reason. */
  void engineFailed(Throwable why) {
    closing.failUnlessExplained();
  }
}
