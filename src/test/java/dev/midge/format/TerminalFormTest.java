package dev.midge.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a terminal gets of {@code -v}, {@code -N} and {@code -F}. */
class TerminalFormTest {
  private static final String EVIL = "\033]0;x\007\u202e\u009b1m";
  private static final String EVIL_SHOWN = "\\x1b]0;x\\x07\\u202e\\u009b1m";
  private static final Palette MARKED =
      (part, text) -> "<" + part.name().charAt(0) + ":" + text + ">";

  @Test
  void aMessageCannotCommandTheTerminalInAnyForm() throws Exception {
    assertThat(shown("a\u202e", EVIL, verbose())).isEqualTo("a\\u202e " + EVIL_SHOWN + "\n");
    assertThat(shown("a", EVIL, new Printer.Style(null, false, true, false))).isEqualTo(EVIL_SHOWN);
    assertThat(shown("a\u202e", EVIL, format("%t|%p"))).isEqualTo("a\\u202e|" + EVIL_SHOWN + "\n");
  }

  @Test
  void thatHoldsForWhatPropertiesSay() throws Exception {
    Properties properties =
        Properties.builder()
            .add(Property.CORRELATION_DATA, new byte[] {0x1B, 'c', (byte) 0xFF})
            .userProperty("k\u2066", "v\u200f")
            .build();
    Message message = new Message("a", new byte[0], Qos.AT_MOST_ONCE, false, properties);
    assertThat(print(Palette.NONE, message, format("%D %P"), false))
        .isEqualTo("\\x1bc\\xff k\\u2066:v\\u200f\n");
  }

  @Test
  void theFormItselfMay() throws Exception {
    assertThat(shown("a", "x", format("\\e[1m%t\\e[0m\\t%p\\a")))
        .isEqualTo("\033[1ma\033[0m\tx\007\n");
  }

  @Test
  void linesAndTabsAndLettersStayUnlessOneLineIsAllThereIs() throws Exception {
    assertThat(shown("a", "1\n\t2 😀 気\r\n", verbose())).isEqualTo("a 1\n\t2 😀 気\\r\n\n");
    assertThat(print(Palette.NONE, message("a", "1\n\t2"), verbose(), true))
        .isEqualTo("a 1\\n\\t2\n");
  }

  @Test
  void theTopicIsPaintedAroundItsEscapes() throws Exception {
    assertThat(print(MARKED, message("a\u202eb", "x"), verbose(), false))
        .isEqualTo("<T:a><E:\\u202e><T:b> x\n");
  }

  @Test
  void prettyLaysOutAPayloadThatIsJson() throws Exception {
    Printer.Style style = new Printer.Style(null, true, false, true);
    assertThat(shown("a", "{\"n\":1.50}", style)).isEqualTo("a {\n  \"n\": 1.50\n}\n");
    assertThat(shown("a", "{\"n\":1.50", style)).isEqualTo("a {\"n\":1.50\n");
    assertThat(print(Palette.NONE, message("a", "[1]"), style, true)).isEqualTo("a [1]\n");
  }

  private static Printer.Style verbose() {
    return new Printer.Style(null, true, false, false);
  }

  private static Printer.Style format(String template) {
    return new Printer.Style(template, false, false, false);
  }

  private static String shown(String topic, String payload, Printer.Style style) throws Exception {
    return print(Palette.NONE, message(topic, payload), style, false);
  }

  private static Message message(String topic, String payload) {
    return Message.of(topic, payload.getBytes(StandardCharsets.UTF_8), Qos.AT_MOST_ONCE, false);
  }

  private static String print(
      Palette palette, Message message, Printer.Style style, boolean oneLine)
      throws IOException, FormatException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Printer.shown(style, palette, oneLine, Samples.CLOCK, line -> {})
        .print(new ReceivedMessage(message, 1, false), out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
