package dev.midge.cli.fault;

import dev.midge.fault.plan.FaultEvent;
import dev.midge.format.ByteBuilder;
import dev.midge.format.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * {@code --fault-log FILE}: one JSON object a line for each fault, written as it happens. For
 * several threads.
 */
public final class FaultLog implements Consumer<FaultEvent> {
  private static final String OPTION = "--fault-log";

  private final OutputStream out;
  private final Consumer<String> onFailure;
  private boolean failed;

  private FaultLog(OutputStream out, Consumer<String> onFailure) {
    this.out = out;
    this.onFailure = onFailure;
  }

  /**
   * Opens the file, and empties it.
   *
   * @param onFailure takes a line, once, when it can be written no more
   * @throws dev.midge.cli.UsageException when it cannot be written
   */
  public static FaultLog open(String file, Consumer<String> onFailure) {
    return new FaultLog(OutputFile.open(file, OPTION), onFailure);
  }

  @Override
  public synchronized void accept(FaultEvent event) {
    ByteBuilder bytes = new ByteBuilder();
    JsonWriter json = JsonWriter.ascii(bytes);
    json.beginObject();
    json.key("time").literal(event.seconds(6));
    json.key("fault").string(event.fault());
    json.key("effects").string(event.effects());
    json.key("moment").string(event.moment());
    json.key("connection").string(event.connection());
    json.key("number").number(event.number());
    json.endObject();
    try {
      if (!failed) {
        out.write((bytes.text() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      failed = true; // The faults happen all the same.
      onFailure.accept(OutputFile.unwritable(OPTION, e));
    }
  }
}
