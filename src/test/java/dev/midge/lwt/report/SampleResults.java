package dev.midge.lwt.report;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.EngineKind;
import dev.midge.lwt.DrillResult;
import dev.midge.lwt.peer.TracedPacket;
import dev.midge.lwt.peer.TracedPacket.Direction;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.RowResult.Control;
import dev.midge.lwt.row.Verdict;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Made-up results, for the renderers. */
final class SampleResults {
  /**
   * Commands a terminal, turns the writing, cannot stand in XML, and speaks each report's marks.
   */
  static final String HOSTILE =
      "\033[2J\u0007\u009b\u202etxt\u2028\n"
          + "\t\ufffe\ud800 <b>&\"'`` # | \u0000 日本語日本語日本語 e\u0301\u200d";

  static final Subject MINI =
      new Subject(
          "the mini broker", "127.0.0.1", 12345, true, ProtocolVersion.V5, "TCP", "midge lwt -V 5");

  static final Subject YOURS =
      new Subject(
          "broker.example:8883",
          "broker.example",
          8883,
          false,
          ProtocolVersion.V5,
          "TLS",
          "midge lwt -h broker.example -p 8883 -V 5 -u me --pw-file FILE");

  private SampleResults() {}

  static Row row(String id, String clause, String expected) {
    return new Row(
        id,
        clause,
        "The rule of " + id + " in one sentence.",
        "TCP RST",
        expected,
        EnumSet.allOf(ProtocolVersion.class),
        Set.of(),
        false,
        null);
  }

  static Row rowOf5(String id) {
    return new Row(
        id,
        "3.1.3-9",
        "A will with a delay is published when the delay has passed or the session ends, whichever"
            + " is first.",
        "delay 20, session expiry 0, TCP RST",
        "will at once",
        EnumSet.of(ProtocolVersion.V5),
        Set.of(),
        false,
        null);
  }

  static RowResult ok(String id, Integer millis) {
    return result(
        row(id, "3.1.2-8", millis == null ? "no will" : "will"),
        Verdict.OK,
        millis == null ? "nothing" : "\"offline\"",
        millis,
        null,
        null);
  }

  static RowResult result(
      Row row, Verdict verdict, String seen, Integer millis, Integer bound, String reason) {
    Duration after = millis == null ? null : Duration.ofMillis(millis);
    return new RowResult(
        row,
        verdict,
        seen,
        after,
        after,
        after,
        bound == null ? null : Duration.ofMillis(bound),
        verdict == Verdict.FAILED
            ? Control.OK
            : verdict == Verdict.NOT_EXAMINED ? Control.FAILED : null,
        reason,
        List.of());
  }

  static RowResult traced(RowResult row, TracedPacket... trace) {
    return new RowResult(
        row.row(),
        row.verdict(),
        row.seen(),
        row.after(),
        row.least(),
        row.most(),
        row.bound(),
        row.control(),
        row.reason(),
        List.of(trace));
  }

  static TracedPacket packet(int millis, String client, Direction direction, String text) {
    return new TracedPacket(Duration.ofMillis(millis), client, direction, text);
  }

  /** A row that was played several times. */
  static RowResult repeated(RowResult row, int least, int most) {
    return new RowResult(
        row.row(),
        row.verdict(),
        row.seen(),
        row.after(),
        Duration.ofMillis(least),
        Duration.ofMillis(most),
        row.bound(),
        row.control(),
        row.reason(),
        row.trace());
  }

  /** One row of each verdict. */
  static List<RowResult> ofEachVerdict() {
    return List.of(
        ok("clean", null),
        ok("reset", 4),
        result(
            row("freeze", "3.1.2-22", "will by 3 s"),
            Verdict.LATE,
            "\"offline\"",
            4310,
            3000,
            null),
        result(
            row("freeze-half-packet", "3.1.2-22", "will by 3 s"),
            Verdict.EARLY,
            "\"offline\"",
            1100,
            3000,
            null),
        traced(
            result(
                rowOf5("delay-expiry-0"),
                Verdict.FAILED,
                "no will within 5 s of the end of the connection",
                null,
                1000,
                null),
            packet(0, "victim", Direction.SENT, "CONNECT id 'v' will to 'p/delay-expiry-0'"),
            packet(2, "victim", Direction.RECEIVED, "CONNACK 0x00"),
            packet(3, "victim", Direction.EVENT, "TCP RST")),
        result(
            row("tls-cut", "3.1.2-8", "will"), Verdict.SKIPPED, null, null, null, "not over TLS"),
        result(
            row("to-group", "4.8.2", "one of them"),
            Verdict.NOT_EXAMINED,
            null,
            null,
            null,
            "the control failed"));
  }

  static Examination examination(Subject subject, List<RowResult> rows) {
    return examination(subject, rows, null, List.of());
  }

  static Examination examination(
      Subject subject, List<RowResult> rows, ConnectionFailure lost, List<String> leftBehind) {
    return new Examination(
        subject,
        Instant.parse("2026-11-28T17:21:40.123456789Z"),
        "midge 1.0",
        new DrillResult(
            rows,
            subject.embedded() ? null : "mosquitto version 2.0.11",
            Properties.of(Property.RECEIVE_MAXIMUM, 20),
            lost,
            null,
            leftBehind),
        false,
        1,
        false,
        null);
  }

  static Examination by(EngineKind engine, Examination other) {
    return new Examination(
        other.subject(), other.time(), other.tool(), other.result(), false, 1, false, engine);
  }

  static Examination strict(Examination lax) {
    return new Examination(
        lax.subject(), lax.time(), lax.tool(), lax.result(), true, lax.times(), false, null);
  }

  static Examination times(Examination once, int times) {
    return new Examination(
        once.subject(), once.time(), once.tool(), once.result(), false, times, false, null);
  }

  /** Results in which all that a broker says is hostile. */
  static Examination hostile() {
    Subject subject =
        new Subject(HOSTILE, HOSTILE, 1, false, ProtocolVersion.V5, "TCP", "midge lwt -h '`' -V 5");
    List<RowResult> rows =
        List.of(
            traced(
                result(row("reset", "3.1.2-8", "will"), Verdict.FAILED, HOSTILE, 12, 20, HOSTILE),
                packet(1, "victim", Direction.RECEIVED, HOSTILE)),
            result(row("close", "3.1.2-8", "will"), Verdict.SKIPPED, null, null, null, HOSTILE),
            result(row("kill", "3.1.2-8", "will"), Verdict.NOT_EXAMINED, null, null, null, HOSTILE),
            result(row("freeze", "3.1.2-22", "will"), Verdict.LATE, HOSTILE, 9000, 3000, HOSTILE));
    return new Examination(
        subject,
        Instant.EPOCH,
        "midge 1.0",
        new DrillResult(
            rows,
            HOSTILE,
            Properties.builder().add(Property.REASON_STRING, HOSTILE).build(),
            new ConnectionFailure(ConnectionFailure.Kind.LOST, HOSTILE),
            null,
            List.of(HOSTILE)),
        true,
        1,
        false,
        null);
  }
}
