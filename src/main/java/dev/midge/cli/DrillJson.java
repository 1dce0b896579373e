package dev.midge.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.midge.lwt.Outcome;
import dev.midge.lwt.Verdict;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.wire.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The result of the drill as one JSON document. */
final class DrillJson {
  private static final int LAST_OF_ASCII = 0x7E;

  private DrillJson() {}

  static void write(
      Instant time,
      List<Outcome> outcomes,
      Endpoint endpoint,
      boolean embedded,
      ProtocolVersion version,
      OutputStream out)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      // What a broker has sent may reach a terminal.
      json.setHighestNonEscapedChar(LAST_OF_ASCII);
      json.writeStartObject();
      json.writeStringField("time", time.truncatedTo(ChronoUnit.MICROS).toString());
      json.writeObjectFieldStart("broker");
      json.writeStringField("host", endpoint.host());
      json.writeNumberField("port", endpoint.port());
      json.writeBooleanField("embedded", embedded);
      json.writeNumberField("protocol_version", version.level());
      json.writeEndObject();
      json.writeBooleanField("ok", LwtCommand.allWell(outcomes));
      json.writeArrayFieldStart("rows");
      for (Outcome outcome : outcomes) {
        row(outcome, json);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void row(Outcome outcome, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("ending", outcome.ending());
    json.writeStringField("expected", outcome.expected());
    json.writeStringField(outcome.verdict() == Verdict.SKIPPED ? "reason" : "seen", outcome.seen());
    if (outcome.after() == null) {
      json.writeNullField("after_seconds");
    } else {
      json.writeNumberField("after_seconds", outcome.after().toMillis() / 1000.0);
    }
    json.writeStringField("verdict", outcome.verdict().word());
    json.writeEndObject();
  }
}
