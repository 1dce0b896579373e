package dev.midge.cli.proxy;

import dev.midge.fault.plan.FaultEvent;
import dev.midge.format.ByteBuilder;
import dev.midge.format.JsonWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** {@code --fault-log}: one JSON object a line for each fault, written as it happens. */
final class FaultLog implements Closeable {
  private final OutputStream out;

  private FaultLog(OutputStream out) {
    this.out = out;
  }

  /**
   * Opens the file, and empties it.
   *
   * @throws dev.midge.cli.UsageException when it cannot be written
   */
  static FaultLog open(String name) {
    return new FaultLog(OutputFile.open(name, "--fault-log"));
  }

  synchronized void add(FaultEvent event) throws IOException {
    ByteBuilder bytes = new ByteBuilder();
    JsonWriter json = JsonWriter.ascii(bytes);
    json.beginObject();
    json.key("time").literal(String.format(Locale.ROOT, "%.6f", event.since().toNanos() / 1e9));
    json.key("fault").string(event.fault());
    json.key("effects").string(event.effects());
    json.key("moment").string(event.moment());
    json.key("connection").string(event.connection());
    json.key("number").number(event.number());
    json.endObject();
    out.write((bytes.text() + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
