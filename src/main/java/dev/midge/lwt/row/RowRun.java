package dev.midge.lwt.row;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.peer.PacketClient;
import dev.midge.lwt.peer.PacketTrace;
import dev.midge.lwt.peer.Target;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One row in play: its topics, its clients, and the checks of what the watcher receives. */
public final class RowRun {
  /** The time without a message after which a row reports that no will has come. */
  private static final Duration ABSENCE_TIMEOUT = Duration.ofSeconds(2);

  /**
   * The time in which a row looks for a second copy of its will; the end of the drill looks again.
   */
  private static final Duration DUPLICATE_TIMEOUT = Duration.ofMillis(100);

  /** The time for which a row delays the next ones while it waits for what should come at once. */
  private static final Duration TURN_TIMEOUT = Duration.ofMillis(700);

  private final String rowId;
  private final String topic;
  private final RowClients clients;
  private final CountDownLatch turnOver = new CountDownLatch(1);
  private final Set<Inbox> inboxes = ConcurrentHashMap.newKeySet();
  private @Nullable Message received;

  /**
   * @param pass counted from 1; each has topics and client ids of its own
   */
  public RowRun(String rowId, DrillContext context, int pass, RowListener listener) {
    this.rowId = rowId;
    this.topic = context.target().prefix() + rowId + (pass == 1 ? "" : "/" + pass);
    this.clients = new RowClients(rowId, context, pass, listener);
  }

  public String rowId() {
    return rowId;
  }

  public Target target() {
    return context().target();
  }

  public DrillContext context() {
    return clients.context();
  }

  /** Returns the network between the clients that go through it and the broker. */
  public FaultyNetwork network() {
    return Objects.requireNonNull(context().network(), "the row is skipped without a network");
  }

  public PacketTrace trace() {
    return clients.trace();
  }

  public Cleanup cleanup() {
    return clients.cleanup();
  }

  /** Returns the topic of the row's will. */
  public String topic() {
    return topic("status");
  }

  public String topic(String name) {
    return topic + "/" + name;
  }

  /** Returns whether a topic is one of this row in this pass. */
  public boolean owns(String name) {
    return name.startsWith(topic + "/");
  }

  /** Returns the client id of a role in the row: unique, short, letters and digits alone. */
  public String clientId(String role) {
    return clients.clientId(role);
  }

  public Inbox inbox() {
    return inbox(topic());
  }

  public Inbox inbox(String name) {
    Inbox inbox = context().watcher().inbox(name);
    inboxes.add(inbox);
    return inbox;
  }

  /** Takes the messages that have come on the row's topics and that no check has taken. */
  public List<Arrival> unexpected() {
    List<Arrival> all = new ArrayList<>();
    inboxes.forEach(inbox -> all.addAll(inbox.takeRest()));
    return all;
  }

  /** Makes the watcher ignore the messages of the clean-up, since the row is judged. */
  public void closeInboxes() {
    cleanup().closeInboxes(context().watcher());
  }

  /** Returns the will's message: {@code offline}, QoS 0, not retained. */
  public Message message() {
    return message("offline", Qos.AT_MOST_ONCE, false);
  }

  public Message message(String payload, Qos qos, boolean retain) {
    return Message.of(topic(), bytes(payload + " " + rowId), qos, retain);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public Will will() {
    return new Will(message());
  }

  public Will delayed(int seconds) {
    return new Will(message().withProperties(Properties.of(Property.WILL_DELAY_INTERVAL, seconds)));
  }

  /**
   * Returns a client that is not connected yet.
   *
   * @param role the end of its client id; the first letter chooses its name in the trace
   */
  public Victim victim(String role) {
    return new Victim(clients, role);
  }

  /** Connects a client with a will. */
  public DrillClient connect(Will will) throws ConnectionFailure, RowAborted, InterruptedException {
    return victim("v").with(will).open();
  }

  /** Returns a client of a row that is played by packets alone. */
  public PacketClient packets(DrillClient client) {
    if (client instanceof PacketClient packets) {
      return packets;
    }
    throw new IllegalStateException(rowId + " is not said to be played by packets");
  }

  /** Reports an action of one of the row's clients. */
  public void tell(String action) {
    clients.listener().client(action);
  }

  /** Reports a message that a subscriber of the row has received. */
  public void tellReceived(String subscriber, String message) {
    clients.listener().received(subscriber, message);
  }

  /** Returns the end of a row for a failed connection, or for the end of the broker behind it. */
  public RowAborted unable(String what, ConnectionFailure cause) {
    return clients.unable(what, cause);
  }

  /** Ends the turn of this row: the next ones may begin while it waits. */
  public void onlyWaits(String what) {
    if (turnOver.getCount() > 0) {
      clients.listener().waiting(what);
      turnOver.countDown();
    }
  }

  /** Ends the turn of this row, since the row is over. */
  public void done() {
    turnOver.countDown();
  }

  /** Waits until the row is over or only waits itself. */
  public void awaitTurn() throws InterruptedException {
    turnOver.await();
  }

  /** Returns the timing of a will that is due as soon as the client has ended. */
  public Timing atOnce(long end) {
    return Timing.atOnce(end, context().arrivalTimeout());
  }

  /** Returns the timing of a will that is due some seconds after the end of the client. */
  public Timing after(long end, int seconds) {
    return Timing.after(end, seconds, context().arrivalTimeout());
  }

  /** Returns the timing of a will that is due after 1.5 times the keep alive [MQTT-3.1.2-22]. */
  public Timing silence(long end, long keepAlive) {
    return Timing.silence(end, keepAlive, context().arrivalTimeout());
  }

  /** Expects the ordinary will at once. */
  public ScriptResult expectWill(long end)
      throws ConnectionFailure, RowAborted, InterruptedException {
    return expect(message(), atOnce(end));
  }

  /**
   * Expects a message, and no second one.
   *
   * @param expected as the subscriber is to get it: a live copy has no retain flag
   */
  public ScriptResult expect(Message expected, Timing timing)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Inbox inbox = inbox(expected.topic());
    Arrival arrival =
        inbox.take(Math.min(timing.deadline(), System.nanoTime() + TURN_TIMEOUT.toNanos()));
    if (arrival == null) {
      onlyWaits("the will of " + rowId);
      arrival = inbox.take(timing.deadline());
    }
    if (arrival == null) {
      return ScriptResult.failed("nothing in " + Timing.seconds(timing.limit()))
          .withTime(null, timing.bound());
    }
    received = arrival.message();
    Duration after = arrival.since(timing.end());
    ScriptResult result =
        judge(arrival, expected, timing.judge(after)).withTime(after, timing.bound());
    Arrival second =
        result.isFailed() ? null : inbox.take(System.nanoTime() + DUPLICATE_TIMEOUT.toNanos());
    return second == null
        ? result
        : ScriptResult.failed(result.seen() + ", and a second one: " + second.text())
            .withTime(after, timing.bound());
  }

  /** Returns the properties of the message that the last {@link #expect} has found right. */
  public Properties receivedProperties() {
    return Objects.requireNonNull(received, "no message was received").properties();
  }

  private static ScriptResult judge(Arrival arrival, Message expected, Verdict onTime) {
    if (!arrival.is(expected)) {
      return ScriptResult.failed(arrival.text());
    }
    String seen = expected.payload().length == 0 ? "empty message" : "will";
    String text = seen + ", QoS " + expected.qos().level();
    return onTime == Verdict.FAILED
        ? ScriptResult.failed(text + ", too early")
        : new ScriptResult(onTime, text, null, null, null);
  }

  /** Expects no message on the topic of the will. */
  public ScriptResult expectNothing(long end)
      throws ConnectionFailure, RowAborted, InterruptedException {
    return expectNothing(end, ABSENCE_TIMEOUT);
  }

  /** Expects no message for that time; the end of the drill looks once more. */
  public ScriptResult expectNothing(long end, Duration time)
      throws ConnectionFailure, RowAborted, InterruptedException {
    onlyWaits("the absence of a will of " + rowId);
    Arrival arrival = inbox().take(System.nanoTime() + time.toNanos());
    return arrival == null
        ? ScriptResult.ok("nothing")
        : ScriptResult.failed(arrival.text()).withTime(arrival.since(end), null);
  }

  /** Sleeps until a time by {@link System#nanoTime}, for the rule is about the time that passes. */
  public void pauseUntil(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
  }

  /** Publishes in QoS 0 or 1 and waits for the acknowledgement. */
  public void publish(DrillClient client, Message message)
      throws ConnectionFailure, RowAborted, InterruptedException {
    if (message.retain()) {
      cleanup().retained(message.topic());
    }
    client.publish(message).await();
  }

  /** Closes all connections that are still open. */
  public void closeClients() {
    clients.close();
  }

  /** Ends the row early: DISCONNECT on all connections, so that no will follows. */
  public void abandon() {
    clients.leave();
    done();
  }
}
