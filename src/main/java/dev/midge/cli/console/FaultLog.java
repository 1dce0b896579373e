package dev.midge.cli.console;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.ClosedDescriptors;
import dev.midge.fault.FaultEvent;
import dev.midge.format.ByteBuilder;
import dev.midge.format.JsonWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code --fault-log FILE}: one JSON object a line for each fault, written as it happens. For
 * several threads.
 */
public final class FaultLog implements Consumer<FaultEvent> {
  private final OutputStream out;

  private FaultLog(OutputStream out) {
    this.out = out;
  }

  /**
   * Opens the file, which is emptied.
   *
   * @throws UsageException when it cannot be written
   */
  public static FaultLog open(String file) {
    if (ClosedDescriptors.isClosed(file)) {
      throw new UsageException(problem(file + " (No such file or directory)"));
    }
    try {
      return new FaultLog(new FileOutputStream(file)); // Unbuffered: kill leaves no time to flush.
    } catch (IOException e) {
      throw new UsageException(problem(e.getMessage()));
    }
  }

  private static String problem(@Nullable String reason) {
    return "Error: Unable to write the file of --fault-log: " + reason + ".";
  }

  @Override
  public synchronized void accept(FaultEvent event) {
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
    try {
      out.write((bytes.text() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The fault has happened all the same, and standard error tells of it.
    }
  }
}
