package dev.midge.format;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A message into what {@code sub} prints. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PrinterBench {

  @Param public Form form;

  private final OutputStream nowhere = OutputStream.nullOutputStream();
  private Printer printer;
  private ReceivedMessage received;

  /** The options of {@code sub}. */
  public enum Form {
    PLAIN,
    VERBOSE,
    FORMAT,
    JSON_FORMAT,
    JSON_LINE;

    Printer printer() throws FormatException {
      Clock clock = Clock.systemDefaultZone();
      return switch (this) {
        case PLAIN -> Printer.of(Printer.Style.PLAIN, clock, line -> {});
        case VERBOSE -> Printer.of(new Printer.Style(null, true, false, false), clock, line -> {});
        case FORMAT -> format("%I %t %q %r %l %x", clock);
        case JSON_FORMAT -> format("%j", clock);
        case JSON_LINE -> Printer.json(clock, false);
      };
    }

    private static Printer format(String template, Clock clock) throws FormatException {
      return Printer.of(new Printer.Style(template, false, false, false), clock, line -> {});
    }
  }

  @Setup
  public void compiled() throws FormatException {
    printer = form.printer();
    byte[] payload =
        "{\"temperature\": 21.5, \"unit\": \"°C\", \"room\": \"the third on the left\"}"
            .getBytes(StandardCharsets.UTF_8);
    Message message =
        Message.of("site/4/room/12/temperature", payload, Qos.AT_LEAST_ONCE, false)
            .withProperties(Properties.of(Property.MESSAGE_EXPIRY_INTERVAL, 3600));
    received = new ReceivedMessage(message, 4711, false);
  }

  @Benchmark
  public void print() throws IOException {
    printer.print(received, nowhere);
  }
}
