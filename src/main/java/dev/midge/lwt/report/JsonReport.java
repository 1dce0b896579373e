package dev.midge.lwt.report;

import dev.midge.client.EngineKind;
import dev.midge.format.ByteBuilder;
import dev.midge.format.JsonWriter;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowResult;
import dev.midge.mqtt.ProtocolVersion;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Prints drills and rows as JSON, each document on one line. */
public final class JsonReport {
  /** The newest first, as the tables of the docs have them. */
  private static final List<ProtocolVersion> VERSIONS =
      List.of(ProtocolVersion.V5, ProtocolVersion.V3_1_1, ProtocolVersion.V3_1);

  private JsonReport() {}

  /** Returns one drill as an object. */
  public static String of(Examination examination) {
    return line(json -> document(examination, json));
  }

  /** Returns several drills as an array of such objects. */
  public static String of(List<Examination> examinations) {
    return line(
        json -> {
          json.beginArray();
          for (Examination examination : examinations) {
            document(examination, json);
          }
          json.endArray();
        });
  }

  /** Returns the rules of rows as an array. */
  public static String list(List<Row> rows) {
    return line(
        json -> {
          json.beginArray();
          for (Row row : rows) {
            json.beginObject();
            rule(row, json);
            engines(row, json);
            json.endObject();
          }
          json.endArray();
        });
  }

  private static String line(Consumer<JsonWriter> writer) {
    ByteBuilder text = new ByteBuilder();
    // The text of a broker may reach a terminal.
    writer.accept(JsonWriter.ascii(text));
    return text.text() + '\n';
  }

  private static void document(Examination examination, JsonWriter json) {
    json.beginObject();
    json.key("time").string(examination.time().truncatedTo(ChronoUnit.MICROS).toString());
    broker(examination, json);
    json.key("ok").literal(String.valueOf(examination.isWell()));
    json.key("rows").beginArray();
    for (RowResult row : examination.rows()) {
      row(row, examination, json);
    }
    json.endArray();
    json.key("left_behind").beginArray();
    for (String left : examination.result().leftBehind()) {
      json.string(left);
    }
    json.endArray();
    json.key("lost").string(examination.lost());
    json.endObject();
  }

  private static void broker(Examination examination, JsonWriter json) {
    Subject subject = examination.subject();
    json.key("broker").beginObject();
    json.key("host").string(subject.host());
    if (subject.port() == 0) {
      json.key("port").literal("null"); // A unix socket has none.
    } else {
      json.key("port").number(subject.port());
    }
    json.key("embedded").literal(String.valueOf(subject.embedded()));
    json.key("protocol_version").number(subject.version().level());
    if (examination.result().brokerVersion() != null) {
      json.key("version").string(examination.result().brokerVersion());
    }
    json.endObject();
  }

  private static void row(RowResult row, Examination examination, JsonWriter json) {
    json.beginObject();
    rule(row.row(), json);
    json.key("engine").string(examination.player(row.row()));
    json.key("seen").string(row.seen());
    seconds("after_seconds", row.after(), json);
    if (examination.isRepeated()) {
      seconds("least_seconds", row.least(), json);
      seconds("most_seconds", row.most(), json);
    }
    seconds("bound_seconds", row.bound(), json);
    json.key("verdict").string(row.verdict().word());
    json.key("control")
        .string(row.control() == null ? null : row.control().name().toLowerCase(Locale.ROOT));
    json.key("reason").string(row.reason());
    json.endObject();
  }

  private static void rule(Row row, JsonWriter json) {
    json.key("id").string(row.id());
    json.key("clause").string(row.clause());
    json.key("rule").string(row.rule());
    json.key("versions").beginArray();
    for (ProtocolVersion version : VERSIONS) {
      if (row.versions().contains(version)) {
        json.string(version.number());
      }
    }
    json.endArray();
    json.key("ending").string(row.ending());
    json.key("expected").string(row.expected());
  }

  /** Prints what may speak for the clients of a row whose wills are examined. */
  private static void engines(Row row, JsonWriter json) {
    json.key("engines").beginArray();
    json.string(Examination.DRILL);
    for (EngineKind kind : EngineKind.values()) {
      if (row.engine(kind) == kind) {
        json.string(kind.word());
      }
    }
    json.endArray();
  }

  private static void seconds(String name, @Nullable Duration time, JsonWriter json) {
    if (time == null) {
      json.key(name).literal("null");
    } else {
      json.key(name).literal(String.valueOf(time.toMillis() / 1000.0));
    }
  }
}
