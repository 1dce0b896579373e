package dev.midge.format;

import static dev.midge.format.Samples.CLOCK;
import static dev.midge.format.Samples.format;
import static dev.midge.format.Samples.print;
import static dev.midge.format.Samples.received;
import static dev.midge.format.Samples.receivedWithCorrelationData;
import static dev.midge.format.Samples.receivedWithProperties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates and what they print of the message {@code message} on topic {@code a/b}. */
class FormatTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      delimiter = '\u00A6',
      value = {
        "``¦``",
        "plain, text é€😀¦plain, text é€😀",
        "%t %p¦a/b message",
        "%%%5%%-05.3:%¦%%%",
        // strings
        "%10t|¦       a/b|",
        "%-10t|¦a/b       |",
        "%010t|¦       a/b|",
        "%2t|¦a/b|",
        "%.1t|¦a|",
        "%.t|¦|",
        "%.0t|¦|",
        "%10.1t|¦         a|",
        "%-10.1t|¦a         |",
        "%.99999999999999t|¦a/b|",
        "%:t% t%.2@t¦a/ba/ba/",
        "%0-5t|¦Error: Invalid format specifier '5'.",
        "%--t|¦a/b|",
        // numbers
        "%l %m %q %r¦7 5 1 0",
        "%05l|%-5l|%-05l|%5l|%.3l|%5.1l|¦00007|7    |7    |    7|7|    7|",
        "%05m|%5q|%05r|¦00005|1|0|",
        // payload
        "%10p|%-10p|%010p|%-010p|¦   message|message   |000message|message   |",
        "%3p|%-3p|%-p|%0p|%.2p|¦mes|mes|message|message|message|",
        // hexadecimal
        "%x|%X|¦6d657373616765|6D657373616765|",
        "%5x|¦6d65737361|",
        "%20x|¦      6d657373616765|",
        "%-20x|¦6d657373616765      |",
        "%020x|¦0000006d657373616765|",
        "%7x|%8x|%3X|¦6d657373616765|6d657373616765|6D6573|",
        "%.2x|¦6d 65 73 73 61 67 65|",
        "%.4:x|¦6d65:7373:6167:65|",
        "%.3-x|¦6d6-573-736-167-65|",
        "%.1_X|¦6_D_6_5_7_3_7_3_6_1_6_7_6_5|",
        "%.0:x|%.:x|%:x|¦6d657373616765|6d657373616765|6d657373616765|",
        "%20.2:x|¦  :  :  :6d:65:73:73:61:67:65|",
        "%020.2:x|¦00:00:00:6d:65:73:73:61:67:65|",
        "%-20.2:x|¦6d:65:73:73:61:67:65:  :  :  |",
        "%2.2:x|%.14:x|%.13:x|¦6d:65|6d657373616765|6d65737361676:5|",
        // properties, of which the message has none
        "[%C|%R|%D|%P|%A|%E|%F|%S]¦[|||||||]",
        "[%3C|%-3C|%03C|%3R|%3D|%3P]¦[   |   |   |||]",
        "[%3A|%-3E|%03F|%-03S]¦[   |   |000|   ]",
        // time
        "%I|%30I|%-30I|%.19I|%022.19I|¦2026-11-23T07:15:45+0000|      2026-11-23T07:15:45+0000|"
            + "2026-11-23T07:15:45+0000      |2026-11-23T07:15:45|   2026-11-23T07:15:45|",
        "%U|%5U¦1795418145.068629692|1795418145.068629692",
        // escapes of @
        "@@|@%|@q|@Od|@E|@5|@ |@\\|@é|@😀¦@|%|%q|%Od|%E|%5|% |%\\|%é|%😀",
        "@%t¦%t",
      })
  void aTemplatePrints(String template, String expected) {
    assertThat(printedOrError(template, received("message"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      delimiter = '\u00A6',
      value = {
        "%C|%R|%D|%P¦text|r/t|abc|k:v k:v 2",
        "%F|%E|%S|%A¦1|4000000000|7|12",
        "%6C|%-6C|%.2C|%06C|%6R|%.1R¦  text|text  |te|  text|   r/t|r",
        "%05S|%-5S|%5S|%3D|%3P|%12E¦00007|7    |    7|abc|k:v k:v 2|  4000000000",
      })
  void propertiesPrint(String template, String expected) {
    assertThat(printedOrError(template, receivedWithProperties("x"))).isEqualTo(expected);
  }

  @Test
  void backslashEscapesAreControlCharacters() {
    assertThat(printedOrError("\\\\|\\0|\\a|\\e|\\n|\\r|\\t|\\v", received("x")))
        .isEqualTo("\\|\0|\u0007|\u001b|\n|\r|\t|\u000b");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      delimiter = '\u00A6',
      value = {
        "%¦Error: Incomplete format specifier.",
        "abc%¦Error: Incomplete format specifier.",
        "%-¦Error: Incomplete format specifier.",
        "%0¦Error: Incomplete format specifier.",
        "%5¦Error: Incomplete format specifier.",
        "%.¦Error: Incomplete format specifier.",
        "%.1¦Error: Incomplete format specifier.",
        "%:¦Error: Incomplete format specifier.",
        "%t @¦Error: Incomplete format specifier.",
        "%y¦Error: Invalid format specifier 'y'.",
        "%1.2::t¦Error: Invalid format specifier ':'.",
        "%T¦Error: Invalid format specifier 'T'.",
        "%5 0t¦Error: Invalid format specifier '0'.",
        "%😀¦Error: Invalid format specifier '😀'.",
        "\\¦Error: Incomplete escape specifier.",
        "@\\\\¦Error: Incomplete escape specifier.",
        "\\q¦Error: Invalid escape specifier 'q'.",
        "\\N¦Error: Invalid escape specifier 'N'.",
        "\\😀¦Error: Invalid escape specifier '😀'.",
        "%1000001t¦Error: Field width too large in format specifier.",
        "%99999999999999999999t¦Error: Field width too large in format specifier.",
      })
  void aMistakeIsFoundWhenTheTemplateIsRead(String template, String error) {
    assertThatThrownBy(() -> Printer.of(format(template), CLOCK, text -> {}))
        .isInstanceOf(FormatException.class)
        .hasMessage(error);
  }

  @Test
  void payloadsAndCorrelationDataAreCopiedByteByByte() throws Exception {
    byte[] binary = new byte[256];
    for (int i = 0; i < binary.length; i++) {
      binary[i] = (byte) i;
    }
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.write(binary);
    expected.write('|');
    expected.write(binary);
    assertThat(print(format("%p|%D"), receivedWithCorrelationData(binary, binary)).bytes())
        .isEqualTo(expected.toByteArray());
  }

  @Test
  void widthsAndPrecisionsOfStringsCountBytes() throws Exception {
    Message message = Message.of("é€😀", new byte[0], Qos.AT_MOST_ONCE, true);
    assertThat(print(format("%10t|%.5t|%m%q%r"), new ReceivedMessage(message, 0, false)).text())
        .isEqualTo(" é€😀|é€|001");
  }

  @Test
  void anEmptyPayloadIsPaddedLikeAnyOther() {
    assertThat(printedOrError("[%p|%x|%3p|%-3x|%04.2:x|%l]", received("")))
        .isEqualTo("[||   |   |00:00|0]");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      delimiter = '\u00A6',
      value = {
        "%d¦0.1¦0.100000",
        "%d¦-0.0¦-0.000000",
        "%d¦-1e-10¦-0.000000",
        "%.0d|%.d¦2.5¦2|2",
        "%.0d¦3.5¦4",
        "%.1d¦0.25¦0.2",
        "%.30d¦0.1¦0.100000000000000005551115123126",
        "%d¦1e22¦10000000000000000000000.000000",
        "%.0d¦1.7976931348623157e308¦"
            + "1797693134862315708145274237317043567980705675258449965989174768031572"
            + "6078002853876058955863276687817154045895351438246423432132688946418276"
            + "8467546703537516986049910576551282076245490090389328944075868508455133"
            + "9423045832369032229481658085593321233482747978262041447231687381771809"
            + "19299881250404026184124858368",
        "%12.3d|%-12.3d|%012.3d|%-012.3d|¦-3.14159¦      -3.142|-3.142      |-0000003.142|-3.142      |",
        "%12d|%012d|%-12d|%.0d¦NaN¦         nan|         nan|nan         |nan",
        "%6d|%06d|%-6d|¦-Infinity¦  -inf|  -inf|-inf  |",
        "%d¦Infinity¦inf",
      })
  void doublesPrintAsPrintfDoes(String template, double value, String expected) {
    byte[] payload = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putDouble(value).array();
    assertThat(printedOrError(template, received(payload))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"3.1415927,3.141593", "0.1,0.100000", "1e-45,0.000000", "16777216,16777216.000000"})
  void floatsPrintAsPrintfDoes(float value, String expected) {
    byte[] payload = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putFloat(value).array();
    assertThat(printedOrError("%f", received(payload))).isEqualTo(expected);
  }

  @Test
  void aPayloadOfAnotherLengthIsNoFloatAndNoDouble() throws Exception {
    Samples.Printed printed = print(format("[%f|%10d]"), received("12345"));
    assertThat(printed.text()).isEqualTo("[|]");
    assertThat(printed.complaints())
        .containsExactly(
            "requested float printing, but non-float data received",
            "requested double printing, but non-double data received");
  }

  @Property
  void anyTemplateEitherPrintsOrIsRefused(@ForAll String template) {
    String printed = printedOrError(template, receivedWithProperties("x"));
    assertThat(printed).isNotNull();
  }

  @Property
  void hexSaysEveryByte(@ForAll byte[] payload) {
    StringBuilder expected = new StringBuilder();
    for (byte b : payload) {
      expected.append(Character.forDigit(b >> 4 & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
    }
    assertThat(printedOrError("%x", received(payload))).isEqualTo(expected.toString());
  }

  private static String printedOrError(String template, ReceivedMessage received) {
    try {
      return new String(print(format(template), received).bytes(), StandardCharsets.UTF_8);
    } catch (FormatException e) {
      return e.getMessage();
    }
  }
}
