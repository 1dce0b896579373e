package dev.midge.lwt.report;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.EngineKind;
import dev.midge.lwt.DrillResult;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.Verdict;
import dev.midge.mqtt.ReasonCode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One drill on one broker, with all that reports contain.
 *
 * @param time the end of the drill
 * @param tool the program and its version
 * @param strict whether a will that came early or late counts as a broken rule
 * @param times the number of passes
 * @param interrupted whether the user ended it early
 * @param engine speaks for the clients whose wills are examined; null for the drill's own packets
 */
public record Examination(
    Subject subject,
    Instant time,
    String tool,
    DrillResult result,
    boolean strict,
    int times,
    boolean interrupted,
    @Nullable EngineKind engine) {

  /** The word for the drill's own packets. */
  static final String DRILL = "drill";

  /** Returns whether the broker kept the rules of all rows, which were played to the end. */
  public boolean isWell() {
    return !interrupted && result.isWell(strict);
  }

  /** Returns the outcome of a drill that could not begin: no row was examined. */
  public static List<RowResult> unexamined(List<Row> rows, String reason) {
    return rows.stream().map(row -> RowResult.notExamined(row, reason)).toList();
  }

  List<RowResult> rows() {
    return result.rows();
  }

  /** Returns the version of MQTT and the engine for people: {@code MQTT 5, engine paho}. */
  String protocol() {
    return "MQTT " + subject.mqtt() + (engine == null ? "" : ", engine " + engine.word());
  }

  /**
   * Returns the word for what speaks for the clients of a row whose wills are examined: {@code
   * drill}, or an engine.
   */
  String player(Row row) {
    EngineKind kind = row.engine(engine);
    return kind == null ? DRILL : kind.word();
  }

  boolean isRepeated() {
    return times > 1;
  }

  /** Returns whether a row counts against the broker; one that was not examined does not. */
  boolean isBroken(RowResult row) {
    return row.verdict() != Verdict.NOT_EXAMINED && row.verdict().isAgainst(strict);
  }

  /** Returns the reason for which the drill ended early; null when it was played to its end. */
  @Nullable String lost() {
    if (interrupted) {
      return "interrupted";
    }
    return result.lost() == null ? result.refused() : text(result.lost());
  }

  /** Returns the end of a connection as one phrase. */
  public static String text(ConnectionFailure failure) {
    String message = failure.getMessage();
    return switch (failure.kind()) {
      case LOST -> message == null ? "the connection was lost" : "connection lost: " + message;
      case DISCONNECTED ->
          "the broker said DISCONNECT "
              + ReasonCode.hex(failure.code())
              + (failure.reasonString() == null ? "" : ": " + failure.reasonString());
      case REFUSED -> "CONNACK " + ReasonCode.hex(failure.code());
      case KEEPALIVE -> "no answer within the keep alive";
      case LOOKUP -> "the name is not known";
      case TLS -> message == null ? "TLS" : "TLS: " + message;
      default ->
          message == null
              ? failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
              : message;
    };
  }
}
