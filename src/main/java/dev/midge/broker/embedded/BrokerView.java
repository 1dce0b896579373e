package dev.midge.broker.embedded;

import dev.midge.broker.Inspector;
import dev.midge.broker.inspect.Disconnection;
import dev.midge.broker.inspect.SessionSnapshot;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Will;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A broker's clients, sessions and messages as a test sees them.
 *
 * @param <B> the broker itself
 */
abstract class BrokerView<B extends BrokerView<B>> extends BrokerSetup<B> {
  final Script script = new Script();
  final Recorder recorder = new Recorder(script);

  BrokerView() {}

  abstract Inspector inspector();

  /**
   * Returns the messages that are published to topics.
   *
   * <pre>{@code broker.messages("sensor/#").await(3, Duration.ofSeconds(2))}</pre>
   *
   * @param filter a topic filter
   */
  public Messages messages(String filter) {
    return new Messages(recorder, filter);
  }

  /**
   * Returns the control packets from and to a client since the broker started, in their order:
   * CONNECT and CONNACK included, also those of a refused login, under the client identifier that
   * it named; and those that the broker has refused. Bytes that could not be decoded are no packet,
   * nor is a second CONNECT in a connection; packets that a fault has swallowed have not come.
   *
   * <pre>{@code
   * long pings = broker.packets("dev-1").stream()
   *     .filter(each -> each.packet().type() == PacketType.PINGREQ).count();
   * }</pre>
   */
  public List<SeenPacket> packets(String clientId) {
    return recorder.packets(clientId);
  }

  /** Returns the client identifiers of all who are connected, sorted. */
  public List<String> connected() {
    return recorder.connected();
  }

  /**
   * Returns the ends of a client's connections, the oldest first. One whose CONNECT was refused is
   * among them, under the client identifier that it named.
   */
  public List<SeenEnd> ends(String clientId) {
    return recorder.ends(clientId);
  }

  /**
   * Waits until a client is connected.
   *
   * <pre>{@code broker.awaitConnected("dev-1", Duration.ofSeconds(2))}</pre>
   *
   * @throws AssertionError when it is not in time; it shows what the broker saw
   */
  public B awaitConnected(String clientId, Duration most) {
    recorder.await(
        "client " + clientId + " to be connected",
        most,
        () -> recorder.isConnected(clientId),
        this::clients);
    return self();
  }

  /**
   * Waits until a client has subscribed to a filter, at any time since the broker started or {@code
   * restart()}, or has a session with it that was kept over the restart.
   *
   * <pre>{@code broker.awaitSubscribed("dev-1", "cmd/#", Duration.ofSeconds(2))}</pre>
   *
   * @throws AssertionError when it has not in time; it shows what the broker saw
   */
  public B awaitSubscribed(String clientId, String filter, Duration most) {
    if (persistent && isKept(clientId, filter)) {
      return self();
    }
    recorder.await(
        "client " + clientId + " to subscribe to '" + filter + "'",
        most,
        () -> recorder.hasSubscribed(clientId, filter),
        () ->
            "its filters:"
                + FailureText.lines(
                    recorder.filters(clientId).stream().map(FailureText::text).toList()));
    return self();
  }

  private boolean isKept(String clientId, String filter) {
    return session(clientId).stream()
        .flatMap(session -> session.subscriptions().stream())
        .anyMatch(each -> each.options().filter().equals(filter));
  }

  /**
   * Waits until a client is gone: a connection of it has ended, since the broker started or {@link
   * #forget}, and it has no other. A client that was taken over or that has connected again is not
   * gone; the end of its connection before is waited for by its {@linkplain
   * #awaitDisconnected(String, Disconnection.Kind, Duration) kind}. A connection whose CONNECT was
   * refused counts under the client identifier that it named.
   *
   * <pre>{@code
   * SeenEnd end = broker.awaitDisconnected("dev-1", Duration.ofSeconds(2));
   * assertEquals(Disconnection.Kind.RESET, end.kind());
   * }</pre>
   *
   * @return the newest end
   * @throws AssertionError when it is not in time; it shows what the broker saw
   */
  public SeenEnd awaitDisconnected(String clientId, Duration most) {
    return awaitEnd(
        "client " + clientId + " to be disconnected",
        most,
        () -> recorder.isConnected(clientId) ? Optional.empty() : recorder.lastEnd(clientId, null));
  }

  /**
   * Waits until a connection of a client has ended in a certain way, at any time since the broker
   * started or {@link #forget}, whether or not the client is connected now. A refused login is an
   * end too.
   *
   * <pre>{@code
   * broker.awaitDisconnected("dev-1", Disconnection.Kind.TAKEN_OVER, Duration.ofSeconds(2));
   * }</pre>
   *
   * @return the newest end of that kind
   * @throws AssertionError when there is none in time; it shows what the broker saw
   */
  public SeenEnd awaitDisconnected(String clientId, Disconnection.Kind kind, Duration most) {
    return awaitEnd(
        "a connection of client " + clientId + " to end as " + kind,
        most,
        () -> recorder.lastEnd(clientId, kind));
  }

  private SeenEnd awaitEnd(String expected, Duration most, Supplier<Optional<SeenEnd>> end) {
    AtomicReference<@Nullable SeenEnd> found = new AtomicReference<>();
    recorder.await(
        expected,
        most,
        () -> {
          found.set(end.get().orElse(null));
          return found.get() != null;
        },
        this::clients);
    return Objects.requireNonNull(found.get());
  }

  private String clients() {
    return "connected are "
        + recorder.connected().stream().map(FailureText::text).toList()
        + ", and these connections have ended:"
        + FailureText.lines(recorder.ends());
  }

  /**
   * Returns the retained message of a topic.
   *
   * <pre>{@code assertTrue(broker.retained("sensor/status").isPresent())}</pre>
   *
   * @param topic a topic name
   */
  public Optional<SeenMessage> retained(String topic) {
    List<Message> found = inspector().retained(topic, null, 1).join();
    return found.stream().findFirst().map(message -> new SeenMessage("", false, message));
  }

  /**
   * Returns the session of a client, connected or kept.
   *
   * <pre>{@code broker.session("dev-1").orElseThrow().subscriptions()}</pre>
   */
  public Optional<SessionSnapshot> session(String clientId) {
    return inspector().session(clientId).join();
  }

  /**
   * Returns the will of a client: that of its connection, or the one that still waits for its delay
   * after the last.
   *
   * <pre>{@code broker.will("dev-1").orElseThrow().message().topic()}</pre>
   */
  public Optional<Will> will(String clientId) {
    return session(clientId)
        .map(session -> session.will() == null ? session.delayedWill() : session.will());
  }

  /** Returns the lines of the broker's log, packets included; the newest 1,000 at least. */
  public List<String> log() {
    return recorder.log();
  }

  /** Returns how many lines have been logged so far, those that are no longer kept included. */
  protected final long logCount() {
    return recorder.logCount();
  }

  /**
   * Returns the lines that were logged behind the first so many, as far as they are kept; where
   * some are not, the first line says so.
   */
  protected final List<String> logSince(long count) {
    return recorder.logSince(count);
  }

  /**
   * Forgets the messages, packets, ends and log lines of before; sessions stay as they are. Without
   * it they are kept, over {@code restart()} too, until the broker starts again after {@code
   * close()}.
   */
  public B forget() {
    recorder.forget();
    return self();
  }
}
