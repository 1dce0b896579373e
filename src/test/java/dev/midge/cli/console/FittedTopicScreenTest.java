package dev.midge.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.format.Printer;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The screen of {@code sub -w} for a person, by what a terminal makes of its bytes. */
class FittedTopicScreenTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicReference<ScreenSize> size = new AtomicReference<>(new ScreenSize(6, 20));
  private FittedTopicScreen screen;

  @BeforeEach
  void start() throws Exception {
    Printer printer = Printer.of(new Printer.Style(null, true, false, false), null, line -> {});
    screen = new FittedTopicScreen(printer, () -> true, out, "host", size::get).start();
  }

  private void message(String topic, String payload) throws IOException {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    screen.accept(new ReceivedMessage(Message.of(topic, bytes, Qos.AT_MOST_ONCE, false), 0, false));
  }

  /** The lines of a terminal that never wraps; a line end on the last line would scroll it. */
  private List<String> lines() {
    List<StringBuilder> lines = new ArrayList<>();
    for (int i = 0; i < size.get().lines(); i++) {
      lines.add(new StringBuilder());
    }
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("\n");
    Matcher piece = Pattern.compile("\033\\[([?0-9;]*)([A-Za-z])|[^\033]+").matcher(text);
    int line = 0;
    while (piece.find()) {
      if (piece.group(2) == null) {
        lines.get(line).append(piece.group());
      } else if (piece.group(2).equals("H")) {
        line = Integer.parseInt(piece.group(1).split(";")[0]) - 1;
      } else if (piece.group().equals("\033[2J")) {
        lines.forEach(one -> one.setLength(0));
      } else if (piece.group().equals("\033[2K")) {
        lines.get(line).setLength(0);
      }
    }
    return lines.stream().map(StringBuilder::toString).toList();
  }

  private static List<String> of(String... lines) {
    return Arrays.asList(lines);
  }

  @Test
  void eachTopicHasItsLineAndTheNewestValue() throws Exception {
    message("a", "1");
    message("b", "190");
    message("b", "19");
    message("a", "2");

    assertThat(lines()).isEqualTo(of("Broker: host", "a 2", "b 19", "", "", ""));
  }

  @Test
  void aLineThatIsTooLongIsCutVisibly() throws Exception {
    message("a", "123456789012345678");
    message("b", "1234567890123456789");
    message("c", "two\nlines");

    assertThat(lines())
        .containsSubsequence("a 123456789012345678", "b 12345678901234567…", "c two lines");
  }

  @Test
  void ofMoreTopicsThanLinesTheNewestAreShownAndTheOthersCounted() throws Exception {
    for (String topic : new String[] {"a", "b", "c", "d"}) {
      message(topic, "1");
    }
    assertThat(lines()).isEqualTo(of("Broker: host", "a 1", "b 1", "c 1", "d 1", ""));
    message("a", "2");
    message("e", "1");
    message("f", "1");

    assertThat(lines()).isEqualTo(of("Broker: host", "a 2", "e 1", "f 1", "d 1", "2 more"));
    for (int i = 0; i < 1000; i++) {
      message("many/" + i, "x");
    }
    assertThat(lines()).endsWith("1002 more");
    assertThat(lines()).anyMatch(line -> line.equals("many/999 x"));
  }

  @Test
  void anotherSizeOfTheScreenIsDrawnAnew() throws Exception {
    for (String topic : new String[] {"a", "b", "c", "d", "e"}) {
      message(topic, "1234567890123456789");
    }
    size.set(new ScreenSize(4, 10));
    out.reset();
    screen.drawAnew();
    assertThat(lines()).isEqualTo(of("Broker: h…", "d 1234567…", "e 1234567…", "3 more"));

    size.set(new ScreenSize(8, 30));
    out.reset();
    screen.drawAnew();

    String value = " 1234567890123456789";
    assertThat(lines())
        .isEqualTo(
            of(
                "Broker: host",
                "a" + value,
                "b" + value,
                "c" + value,
                "d" + value,
                "e" + value,
                "",
                ""));
  }

  @Test
  void whateverIsDrawnLeavesTheTerminalWrapping() throws Exception {
    assertThat(wraps()).isTrue();
    message("a", "1");
    assertThat(wraps()).isTrue();
    screen.drawAnew();
    assertThat(wraps()).isTrue();
    screen.end();
    assertThat(wraps()).isTrue();
  }

  private boolean wraps() {
    String text = out.toString(StandardCharsets.UTF_8);
    return text.lastIndexOf("\033[?7h") >= text.lastIndexOf("\033[?7l");
  }

  @Test
  void afterTheEndNothingIsDrawn() throws Exception {
    screen.end();
    out.reset();
    message("a", "1");
    screen.drawAnew();

    assertThat(out.size()).isZero();
  }
}
