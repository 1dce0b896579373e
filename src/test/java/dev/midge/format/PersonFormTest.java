package dev.midge.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person at a terminal sees of a message. */
class PersonFormTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T03:04:05.678901Z"), ZoneOffset.UTC);
  private static final Palette MARKED =
      (part, text) -> "<" + part.name().charAt(0) + ":" + text + ">";

  @Test
  void topicQosAndPayloadStandInOneLine() throws IOException {
    assertThat(look(false, false, false, "21.5", false)).isEqualTo("a/b (q1) 21.5\n");
    assertThat(look(false, false, false, "21.5", true)).isEqualTo("a/b (q1, retained) 21.5\n");
    assertThat(look(true, false, false, "", true))
        .isEqualTo("03:04:05.678 a/b (q1, retained) (empty)\n");
  }

  @Test
  void severalLinesAreIndentedUnlessOneLineIsAllThereIs() throws IOException {
    assertThat(look(false, false, false, "x\ny\n", false)).isEqualTo("a/b (q1)\n  x\n  y\n");
    assertThat(look(false, false, false, "x\n", false)).isEqualTo("a/b (q1) x\n");
    assertThat(look(false, true, true, "{\"a\":1}\n", false)).isEqualTo("a/b (q1) {\"a\":1}\\n\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1b5b324a, \\x1b[2J",
    "00,       \\x00",
    "0d41,     \\rA",
    "7f,       \\x7f",
    "c29b,     \\u009b",
    "e280ae41, \\u202eA",
    "ff41,     \\xffA",
    "41e282,   A\\xe2\\x82",
    "c3a4,     ä",
    "e6b097,   気",
    "f09f9880, 😀",
  })
  void nothingThatATerminalObeysReachesIt(String hex, String shown) throws IOException {
    byte[] payload = new byte[hex.length() / 2];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    assertThat(
            print(
                Palette.NONE,
                new Printer.Look(false, true, false),
                Message.of("t", payload, Qos.AT_MOST_ONCE, false)))
        .isEqualTo("t (q0) " + shown + "\n");
  }

  @Test
  void prettyIndentsObjectsAndKeepsNumbersAndDuplicates() throws IOException {
    assertThat(
            look(
                false,
                true,
                false,
                "{\"a\":[1.50,12345678901234567890,{}],\"a\":\"\\u001b\\\"ä\",\"e\":[],\"n\":null}",
                false))
        .isEqualTo(
            """
            a/b (q1)
              {
                "a": [
                  1.50,
                  12345678901234567890,
                  {}
                ],
                "a": "\\u001b\\"ä",
                "e": [],
                "n": null
              }
            """);
    assertThat(look(false, true, false, "{\"a\":1} x", false)).isEqualTo("a/b (q1) {\"a\":1} x\n");
    assertThat(look(false, true, false, "42", false)).isEqualTo("a/b (q1) 42\n");
  }

  @Test
  void thePartsArePainted() throws IOException {
    Message message = Message.of("t", new byte[] {0x1B, 'x'}, Qos.AT_MOST_ONCE, true);
    assertThat(print(MARKED, new Printer.Look(true, false, false), message))
        .isEqualTo("<T:03:04:05.678> <T:t> <F:(q0,> <R:retained><F:)> <E:\\x1b>x\n");
  }

  private static String look(
      boolean time, boolean pretty, boolean oneLine, String payload, boolean retain)
      throws IOException {
    return print(
        Palette.NONE,
        new Printer.Look(time, pretty, oneLine),
        Message.of("a/b", payload.getBytes(StandardCharsets.UTF_8), Qos.AT_LEAST_ONCE, retain));
  }

  private static String print(Palette palette, Printer.Look look, Message message)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Printer.screen(palette, look, CLOCK).print(new ReceivedMessage(message, 1, false), out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
