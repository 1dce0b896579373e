package dev.midge.lwt.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowResult;
import dev.midge.mqtt.ProtocolVersion;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints drills and rows as JSON, each document on one line. */
public final class JsonReport {
  private static final int LAST_OF_ASCII = 0x7E;

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
          json.writeStartArray();
          for (Examination examination : examinations) {
            document(examination, json);
          }
          json.writeEndArray();
        });
  }

  /** Returns the rules of rows as an array. */
  public static String list(List<Row> rows) {
    return line(
        json -> {
          json.writeStartArray();
          for (Row row : rows) {
            json.writeStartObject();
            rule(row, json);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private interface Writer {
    void write(JsonGenerator json) throws IOException;
  }

  private static String line(Writer writer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      // The text of a broker may reach a terminal.
      json.setHighestNonEscapedChar(LAST_OF_ASCII);
      writer.write(json);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A StringWriter throws none.
    }
    return text.toString();
  }

  private static void document(Examination examination, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("time", examination.time().truncatedTo(ChronoUnit.MICROS).toString());
    broker(examination, json);
    json.writeBooleanField("ok", examination.isWell());
    json.writeArrayFieldStart("rows");
    for (RowResult row : examination.rows()) {
      row(row, examination.isRepeated(), json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("left_behind");
    for (String left : examination.result().leftBehind()) {
      json.writeString(left);
    }
    json.writeEndArray();
    json.writeStringField("lost", examination.lost());
    json.writeEndObject();
  }

  private static void broker(Examination examination, JsonGenerator json) throws IOException {
    Subject subject = examination.subject();
    json.writeObjectFieldStart("broker");
    json.writeStringField("host", subject.host());
    if (subject.port() == 0) {
      json.writeNullField("port"); // A unix socket has none.
    } else {
      json.writeNumberField("port", subject.port());
    }
    json.writeBooleanField("embedded", subject.embedded());
    json.writeNumberField("protocol_version", subject.version().level());
    if (examination.result().brokerVersion() != null) {
      json.writeStringField("version", examination.result().brokerVersion());
    }
    json.writeEndObject();
  }

  private static void row(RowResult row, boolean repeated, JsonGenerator json) throws IOException {
    json.writeStartObject();
    rule(row.row(), json);
    json.writeStringField("seen", row.seen());
    seconds("after_seconds", row.after(), json);
    if (repeated) {
      seconds("least_seconds", row.least(), json);
      seconds("most_seconds", row.most(), json);
    }
    seconds("bound_seconds", row.bound(), json);
    json.writeStringField("verdict", row.verdict().word());
    json.writeStringField(
        "control", row.control() == null ? null : row.control().name().toLowerCase(Locale.ROOT));
    json.writeStringField("reason", row.reason());
    json.writeEndObject();
  }

  private static void rule(Row row, JsonGenerator json) throws IOException {
    json.writeStringField("id", row.id());
    json.writeStringField("clause", row.clause());
    json.writeStringField("rule", row.rule());
    json.writeArrayFieldStart("versions");
    for (ProtocolVersion version : VERSIONS) {
      if (row.versions().contains(version)) {
        json.writeString(Subject.written(version));
      }
    }
    json.writeEndArray();
    json.writeStringField("ending", row.ending());
    json.writeStringField("expected", row.expected());
  }

  private static void seconds(String name, @Nullable Duration time, JsonGenerator json)
      throws IOException {
    if (time == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, time.toMillis() / 1000.0);
    }
  }
}
