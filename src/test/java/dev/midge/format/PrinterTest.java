package dev.midge.format;

import static dev.midge.format.Samples.print;
import static dev.midge.format.Samples.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code sub} and {@code rr} print without a format, and how they write it. */
class PrinterTest {

  @ParameterizedTest(name = "verbose {0}, no newline {1}, payload \"{2}\"")
  @CsvSource({
    "false, false, hi, hi$",
    "false, true,  hi, hi",
    "true,  false, hi, a/b hi$",
    "true,  true,  hi, a/b hi",
    "false, false, '', ''",
    "false, true,  '', ''",
    "true,  false, '', a/b (null)$",
    "true,  true,  '', ''",
  })
  void withoutAFormat(boolean verbose, boolean noNewline, String payload, String expected)
      throws Exception {
    Printer.Style style = new Printer.Style(null, verbose, noNewline, true);
    assertThat(print(style, received(payload)).text()).isEqualTo(expected.replace('$', '\n'));
  }

  @Test
  void aFormatWinsOverVerboseAndPrintsEmptyPayloads() throws Exception {
    Printer.Style style = new Printer.Style("[%p]", true, false, false);
    assertThat(print(style, received("")).text()).isEqualTo("[]\n");
  }

  @Test
  void anEmptyFormatPrintsLineEnds() throws Exception {
    assertThat(print(new Printer.Style("", false, false, false), received("x")).text())
        .isEqualTo("\n");
  }

  @Test
  void aPayloadIsCopiedByteByByte() throws Exception {
    byte[] binary = {0, (byte) 0xFF, '\r', '\n', (byte) 0x80, 0};
    assertThat(print(Printer.Style.PLAIN, received(binary)).bytes())
        .isEqualTo(new byte[] {0, (byte) 0xFF, '\r', '\n', (byte) 0x80, 0, '\n'});
  }

  @Test
  void eachMessageIsOneWriteAndWhoPrintsItFlushes() throws Exception {
    for (String format : new String[] {null, "%t %p\\n", "%j"}) {
      List<String> calls = new ArrayList<>();
      Printer printer =
          Printer.of(new Printer.Style(format, true, false, false), Samples.CLOCK, text -> {});
      for (int i = 0; i < 3; i++) {
        printer.print(received("hi"), recording(calls));
      }
      assertThat(calls).as("format %s", format).containsExactly("write", "write", "write");
    }
  }

  @Test
  void aMessageAfterABrokenOutputIsPrintedWhole() throws Exception {
    Printer printer = Printer.of(Printer.Style.PLAIN, Samples.CLOCK, text -> {});
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("broken");
          }
        };
    assertThatThrownBy(() -> printer.print(received("lost"), broken))
        .isInstanceOf(IOException.class);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    printer.print(received("kept"), out);
    assertThat(out.toString()).isEqualTo("kept\n");
  }

  @Test
  void aHugeMessageIsPrintedLikeASmallOne() throws Exception {
    byte[] payload = new byte[5_000_000];
    Printer printer = Printer.of(Printer.Style.PLAIN, Samples.CLOCK, text -> {});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    printer.print(received(payload), out);
    printer.print(received("x"), out);
    assertThat(out.size()).isEqualTo(5_000_003);
  }

  @Test
  void withoutAFormatNothingOfFormatsJsonOrTimeIsLoaded(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("classes");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                PrintOnce.class.getName())
            .inheritIO()
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    assertThat(directory.resolve("out")).hasContent("a/b hi");
    assertThat(Files.readAllLines(log))
        .anyMatch(line -> line.contains(" dev.midge.format.Printer "))
        .noneMatch(line -> line.contains(" dev.midge.format.Format"))
        .noneMatch(line -> line.contains(" dev.midge.format.Json"))
        .noneMatch(line -> line.contains(" com.fasterxml."))
        .noneMatch(line -> line.contains(" java.time."));
  }

  /** Prints one message in a JVM of its own. */
  static final class PrintOnce {
    private PrintOnce() {}

    public static void main(String[] args) throws Exception {
      Message message = Message.of("a/b", new byte[] {'h', 'i'}, Qos.AT_MOST_ONCE, false);
      Printer.of(new Printer.Style(null, true, false, false), null, text -> {})
          .print(new ReceivedMessage(message, 0, false), new FileOutputStream(FileDescriptor.out));
    }
  }

  private static OutputStream recording(List<String> calls) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        throw new AssertionError("byte by byte");
      }

      @Override
      public void write(byte[] bytes, int from, int count) {
        calls.add("write");
      }

      @Override
      public void flush() {
        calls.add("flush");
      }
    };
  }
}
