package dev.midge.lwt.row;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Failures;
import dev.midge.lwt.peer.Inbox;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.peer.PacketTrace;
import dev.midge.lwt.peer.Publishing;
import dev.midge.lwt.peer.Target;
import dev.midge.lwt.peer.Watchdog;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One row in play: its names, its clients, and what it expects of the broker. */
public final class RowRun {
  /** How long a row is watched before the absence of a will is believed. */
  private static final Duration ABSENCE = Duration.ofSeconds(2);

  /**
   * How long a row that has its will is watched for a second copy; the end of the drill looks
   * again.
   */
  private static final Duration SECOND_COPY = Duration.ofMillis(100);

  /** How long a row holds up the next ones while it waits for what should come at once. */
  private static final Duration INLINE = Duration.ofMillis(700);

  /** The longest that brokers of MQTT 3.1 need to take, which is short enough for all of them. */
  private static final int LONGEST_CLIENT_ID = 23;

  private final Row row;
  private final DrillContext context;
  private final String topic;
  private final PacketTrace trace = new PacketTrace();
  private final List<DrillClient> clients = new CopyOnWriteArrayList<>();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Map<String, Integer> connections = new ConcurrentHashMap<>();
  private final Set<Inbox> inboxes = ConcurrentHashMap.newKeySet();
  private final Cleanup cleanup;
  private Message judged;

  /**
   * @param pass counted from 1; each has topics of its own
   */
  public RowRun(Row row, DrillContext context, int pass) {
    this.row = row;
    this.context = context;
    this.topic = context.target().prefix() + row.id() + (pass == 1 ? "" : "/" + pass);
    this.cleanup = new Cleanup(context);
  }

  public Row row() {
    return row;
  }

  public Target target() {
    return context.target();
  }

  public DrillContext context() {
    return context;
  }

  public Watchdog watchdog() {
    return context.watchdog();
  }

  public PacketTrace trace() {
    return trace;
  }

  public Cleanup cleanup() {
    return cleanup;
  }

  public boolean isV5() {
    return target().isV5();
  }

  /** Returns the topic of the row's will. */
  public String topic() {
    return topic("status");
  }

  public String topic(String name) {
    return topic + "/" + name;
  }

  /** Says whether a topic is one of this row in this pass. */
  public boolean owns(String name) {
    return name.startsWith(topic + "/");
  }

  /** Returns a name for a part in the row, for the trace, another one for each connection. */
  String label(String role) {
    String part =
        switch (role.charAt(0)) {
          case 'v' -> "client";
          case 'c' -> "control";
          case 's' -> "subscriber";
          case 'l' -> "late subscriber";
          default -> "publisher";
        };
    String name = part + role.substring(1);
    int before = connections.merge(name, 1, Integer::sum);
    return before == 1 ? name : name + " (connection " + before + ")";
  }

  /** Returns the client id for a part in the row: unique, short, letters and digits alone. */
  public String clientId(String role) {
    String id = context.clientPrefix() + row.id().replace("-", "");
    int room = LONGEST_CLIENT_ID - role.length();
    return (id.length() > room ? id.substring(0, room) : id) + role;
  }

  public Inbox inbox() {
    return inbox(topic());
  }

  public Inbox inbox(String name) {
    Inbox inbox = context.watcher().inbox(name);
    inboxes.add(inbox);
    return inbox;
  }

  /** Takes what has come on the row's topics and was not expected. */
  public List<Arrival> unexpected() {
    List<Arrival> all = new ArrayList<>();
    inboxes.forEach(inbox -> all.addAll(inbox.takeRest()));
    return all;
  }

  /** The row is judged: what comes from now on is of its cleaning. */
  public void closeInboxes() {
    cleanup.closeInboxes(context.watcher());
  }

  /** Returns the will's message: {@code offline}, QoS 0, not retained. */
  public Message message() {
    return message("offline", Qos.AT_MOST_ONCE, false);
  }

  public Message message(String payload, Qos qos, boolean retain) {
    return Message.of(topic(), bytes(payload + " " + row.id()), qos, retain);
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

  public Victim victim(String role) {
    return new Victim(this, role);
  }

  /** A client with a will, connected. */
  public DrillClient connect(Will will) throws ConnectionFailure, RowAborted, InterruptedException {
    return victim("v").with(will).open();
  }

  public DrillClient adopt(DrillClient client) {
    clients.add(client);
    return client;
  }

  public void tell(String deed) {
    context.listener().client(row, deed);
  }

  /** A failed connection, or the end of the broker behind it. */
  public RowAborted unable(String what, ConnectionFailure why) {
    ConnectionFailure lost = context.watcher().lost();
    return lost != null
        ? RowAborted.brokerGone(lost)
        : new RowAborted("a client " + what + ": " + Failures.words(why));
  }

  /** The row has done its part; the next ones may go on while it waits. */
  public void onlyWaits(String what) {
    if (goOn.getCount() > 0) {
      context.listener().waiting(row, what);
      goOn.countDown();
    }
  }

  /** The row is over. */
  public void done() {
    goOn.countDown();
  }

  /** Waits until the row is over or only waits. */
  public void awaitTurn() throws InterruptedException {
    goOn.await();
  }

  /** A will is due as soon as the client has ended. */
  public Timing atOnce(long end) {
    return Timing.atOnce(end, context.patience());
  }

  /** A will is due so many seconds after the end of the client, and not before. */
  public Timing after(long end, int seconds) {
    return Timing.after(end, seconds, context.patience());
  }

  /** A will is due when one and a half times so many seconds have passed [MQTT-3.1.2-22]. */
  public Timing silence(long end, long keepAlive) {
    return Timing.silence(end, keepAlive, context.patience());
  }

  /** Expects the ordinary will at once. */
  public Finding expectWill(long end) throws ConnectionFailure, RowAborted, InterruptedException {
    return expect(message(), atOnce(end));
  }

  public Finding expect(Message expected, Timing timing)
      throws ConnectionFailure, RowAborted, InterruptedException {
    return expect(inbox(expected.topic()), expected, timing);
  }

  /** Returns the message that the last {@link #expect} has judged; null when none had come. */
  public Message judged() {
    return judged;
  }

  /**
   * Expects a message, and no second one.
   *
   * @param expected as the subscriber is to get it: a live copy has no retain flag
   */
  public Finding expect(Inbox inbox, Message expected, Timing timing)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Arrival arrival = inbox.take(Math.min(timing.deadline(), System.nanoTime() + INLINE.toNanos()));
    if (arrival == null) {
      onlyWaits("the will of " + row.id());
      arrival = inbox.take(timing.deadline());
    }
    if (arrival == null) {
      return Finding.failed("nothing in " + Timing.seconds(timing.limit()))
          .within(null, timing.bound());
    }
    judged = arrival.message();
    Duration after = arrival.since(timing.end());
    Finding finding = judge(arrival, expected, timing.judge(after)).within(after, timing.bound());
    Arrival second =
        finding.isFailed() ? null : inbox.take(System.nanoTime() + SECOND_COPY.toNanos());
    return second == null
        ? finding
        : Finding.failed(finding.seen() + ", and a second one: " + second.words())
            .within(after, timing.bound());
  }

  private static Finding judge(Arrival arrival, Message expected, Verdict onTime) {
    if (arrival.broken() != null || !isSame(arrival.message(), expected)) {
      return Finding.failed(arrival.words());
    }
    String seen = expected.payload().length == 0 ? "empty message" : "will";
    String shown = seen + ", QoS " + expected.qos().level();
    return switch (onTime) {
      case FAILED -> Finding.failed(shown + ", too early");
      case OK -> Finding.ok(shown);
      default -> new Finding(onTime, shown, null, null, null);
    };
  }

  /** Compares topic, payload, QoS and retain flag, and not the properties. */
  public static boolean isSame(Message one, Message other) {
    return one.topic().equals(other.topic())
        && Arrays.equals(one.payload(), other.payload())
        && one.qos() == other.qos()
        && one.retain() == other.retain();
  }

  /** Expects that nothing comes. */
  public Finding expectNothing(long end)
      throws ConnectionFailure, RowAborted, InterruptedException {
    return expectNothing(end, ABSENCE);
  }

  /** Expects that nothing comes for so long; the end of the drill looks once more. */
  public Finding expectNothing(long end, Duration time)
      throws ConnectionFailure, RowAborted, InterruptedException {
    onlyWaits("the absence of a will of " + row.id());
    Arrival arrival = inbox().take(System.nanoTime() + time.toNanos());
    return arrival == null
        ? Finding.ok("nothing")
        : Finding.failed(arrival.words()).within(arrival.since(end), null);
  }

  /** Lets time pass: what the row is about takes it. */
  public void pauseUntil(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
  }

  /** Publishes with the highest QoS up to 1 and waits for the acknowledgement. */
  public void publish(DrillClient client, Message message)
      throws ConnectionFailure, RowAborted, InterruptedException {
    if (message.retain()) {
      cleanup.retained(message.topic());
    }
    Publishing.publish(client, message, target());
  }

  /** Closes all connections that are still open. */
  public void closeClients() {
    clients.forEach(DrillClient::close);
  }

  /** Gives up: takes the wills of clients that still live off the broker. */
  public void abandon() {
    for (DrillClient client : clients) {
      client.leave();
    }
    done();
  }
}
