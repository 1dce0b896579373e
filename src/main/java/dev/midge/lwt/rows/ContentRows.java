package dev.midge.lwt.rows;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Effect;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.row.LateSubscriber;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.lwt.row.Timing;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows about the content of a will: payload, QoS and properties. */
final class ContentRows {
  private static final int LARGEST_PAYLOAD = 65_535;
  private static final int ALL_BYTES = 256;

  /** Room for the rest of CONNECT beside the payload. */
  private static final int CONNECT_OVERHEAD = 1000;

  private static final int EXPIRY = 4;

  /** The time between CONNECT and the end, which shortens an interval that began at CONNECT. */
  private static final Duration BEFORE_THE_END = Duration.ofSeconds(3);

  /**
   * A time between the expiry that would count from CONNECT and the one that counts from the end.
   */
  private static final Duration BETWEEN = Duration.ofMillis(2500);

  private ContentRows() {}

  static List<Row> all() {
    return List.of(
        Row.of(
            "only-topic",
            "3.1.2.5",
            "A will of a topic alone is an empty message of QoS 0 that is not retained.",
            "only a will topic, RST",
            "empty, not retained",
            ContentRows::onlyTopic),
        Row.of(
                "qos-1",
                "3.1.2.6",
                "A will is published with the QoS that CONNECT names: 1.",
                "will QoS 1, RST",
                "will QoS 1, once",
                run -> cut(run, run.message("offline", Qos.AT_LEAST_ONCE, false)))
            .needing(Row.Need.QOS_1),
        Row.of(
                "qos-2",
                "3.1.2.6",
                "A will is published with the QoS that CONNECT names: 2.",
                "will QoS 2, RST",
                "will QoS 2, once",
                run -> cut(run, run.message("offline", Qos.EXACTLY_ONCE, false)))
            .needing(Row.Need.QOS_2),
        Row.of(
            "payload-binary",
            "3.1.3.4",
            "The payload of a will is bytes, whatever they are.",
            "256 byte values, RST",
            "the same bytes",
            run -> payload(run, ALL_BYTES)),
        Row.of(
            "payload-large",
            "3.1.3.4",
            "The payload of a will may have up to 65,535 bytes.",
            "65,535 bytes, RST",
            "the same bytes",
            ContentRows::large),
        Row.of(
                "properties",
                "3.1.3.2, 3.3.2-17",
                "The properties of a will are passed on unaltered and in order, but for the Will Delay"
                    + " Interval.",
                "will with properties, RST",
                "the same properties",
                ContentRows::properties)
            .onlyV5(),
        Row.of(
                "expiry",
                "3.3.2-5, 3.3.2-6",
                "The message expiry of a will counts from its publication.",
                "expiry 4, RST after 3 s",
                "gone 4 s later",
                ContentRows::expiry)
            .onlyV5()
            .needing(Row.Need.RETAIN));
  }

  private static ScriptResult cut(RowRun run, Message message)
      throws ConnectionFailure, RowAborted, InterruptedException {
    long end = run.connect(new Will(message)).end(Effect.RESET);
    return run.expect(message, run.atOnce(end));
  }

  private static ScriptResult onlyTopic(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    run.cleanup().retained(run.topic()); // by a broker that retains it all the same
    ScriptResult live = cut(run, Message.empty(run.topic()));
    if (live.isFailed()) {
      return live;
    }
    List<Arrival> late = LateSubscriber.look(run, "l", run.topic(), false);
    return late.isEmpty()
        ? live
        : live.and(ScriptResult.failed("retained: " + LateSubscriber.text(late)));
  }

  private static ScriptResult payload(RowRun run, int length)
      throws ConnectionFailure, RowAborted, InterruptedException {
    byte[] payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) i;
    }
    Message message = Message.of(run.topic(), payload, Qos.AT_MOST_ONCE, false);
    ScriptResult result = cut(run, message);
    return result.isFailed()
        ? result
        : new ScriptResult(
            result.verdict(),
            "the same " + length + " bytes",
            result.after(),
            result.bound(),
            null);
  }

  private static ScriptResult large(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    long largest = run.context().maximumPacketSize();
    return largest < LARGEST_PAYLOAD + CONNECT_OVERHEAD
        ? ScriptResult.skipped("the broker takes packets of " + largest + " bytes at most")
        : payload(run, LARGEST_PAYLOAD);
  }

  private static ScriptResult properties(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Properties passedOn =
        Properties.builder()
            .add(Property.PAYLOAD_FORMAT_INDICATOR, 1)
            .add(Property.CONTENT_TYPE, "text/plain")
            .add(Property.RESPONSE_TOPIC, run.topic("answer"))
            .add(Property.CORRELATION_DATA, new byte[] {0, 1, (byte) 0xFF})
            .userProperty("b", "1")
            .userProperty("a", "2")
            .userProperty("b", "1")
            .userProperty("", "empty key")
            .build();
    Will will =
        new Will(run.message().withProperties(passedOn.plus(Property.WILL_DELAY_INTERVAL, 0)));
    long end = run.connect(will).end(Effect.RESET);
    ScriptResult result = run.expect(run.message(), run.atOnce(end));
    if (result.isFailed()) {
      return result;
    }
    String difference = difference(passedOn, run.receivedProperties());
    return difference == null
        ? result
        : ScriptResult.failed(difference).withTime(result.after(), result.bound());
  }

  /**
   * Compares properties: the user properties have an order among themselves [MQTT-3.3.2-18], the
   * others have none.
   *
   * @return null when they are the same
   */
  private static @Nullable String difference(Properties sent, Properties got) {
    for (Property property :
        new Property[] {
          Property.PAYLOAD_FORMAT_INDICATOR,
          Property.CONTENT_TYPE,
          Property.RESPONSE_TOPIC,
          Property.CORRELATION_DATA
        }) {
      if (!entries(sent, property).equals(entries(got, property))) {
        return "without the " + property.propertyName() + " that was given";
      }
    }
    List<Properties.Entry> wanted = entries(sent, Property.USER_PROPERTY);
    List<Properties.Entry> seen = entries(got, Property.USER_PROPERTY);
    if (!wanted.equals(seen)) {
      return seen.isEmpty() ? "without user properties" : "other user properties: " + seen;
    }
    return got.has(Property.WILL_DELAY_INTERVAL) ? "with a Will Delay Interval" : null;
  }

  private static List<Properties.Entry> entries(Properties properties, Property wanted) {
    List<Properties.Entry> entries = new ArrayList<>(properties.entries());
    entries.removeIf(entry -> entry.property() != wanted);
    return entries;
  }

  private static ScriptResult expiry(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Message message =
        run.message("offline", Qos.AT_MOST_ONCE, true)
            .withProperties(Properties.of(Property.MESSAGE_EXPIRY_INTERVAL, EXPIRY));
    DrillClient client = run.connect(new Will(message));
    run.onlyWaits("the message expiry of " + run.rowId());
    run.pauseUntil(System.nanoTime() + BEFORE_THE_END.toNanos());
    long end = client.end(Effect.RESET);
    ScriptResult live = run.expect(run.message(), run.atOnce(end));
    if (live.isFailed()) {
      return live;
    }
    long left = run.receivedProperties().number(Property.MESSAGE_EXPIRY_INTERVAL, -1);
    if (left < EXPIRY - 1 || left > EXPIRY) { // whole seconds [MQTT-3.3.2-6]
      return ScriptResult.failed(
              left < 0
                  ? "will without its message expiry"
                  : "will with a message expiry of " + left)
          .withTime(live.after(), live.bound());
    }
    run.pauseUntil(end + BETWEEN.toNanos());
    List<Arrival> late = LateSubscriber.look(run, "l1", run.topic(), true);
    if (late.isEmpty()) {
      return live.and(ScriptResult.failed("not retained " + Timing.seconds(BETWEEN) + " later"));
    }
    run.pauseUntil(end + Duration.ofSeconds(EXPIRY + 1).toNanos());
    List<Arrival> expired = LateSubscriber.look(run, "l2", run.topic(), false);
    return expired.isEmpty()
        ? live
        : live.and(ScriptResult.failed("still retained after " + (EXPIRY + 1) + " s"));
  }
}
