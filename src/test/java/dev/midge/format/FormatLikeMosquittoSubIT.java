package dev.midge.format;

import static dev.midge.format.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same message through mosquitto_sub 2.0.11 and through {@link Printer}, for the templates on
 * which 2.0.11 does what the contract says.
 */
class FormatLikeMosquittoSubIT {
  private static final Properties PROPERTIES =
      Properties.builder()
          .add(Property.SUBSCRIPTION_IDENTIFIER, 7)
          .add(Property.CONTENT_TYPE, "text/x")
          .add(Property.RESPONSE_TOPIC, "r/t")
          .add(Property.CORRELATION_DATA, bytes("abc"))
          .userProperty("k", "v")
          .userProperty("k2", "v2")
          .add(Property.PAYLOAD_FORMAT_INDICATOR, 1)
          .build();

  private static final DateTimeFormatter JSON_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxx");

  private static MosquittoTools mosquitto;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    mosquitto = new MosquittoTools(directory);
    mosquitto.pub(bytes("message"), "-r", "-t", "plain/topic");
    mosquitto.pub(
        bytes("message"),
        ("-V 5 -r -t v5/topic -D publish content-type text/x -D publish response-topic r/t"
                + " -D publish correlation-data abc -D publish user-property k v"
                + " -D publish user-property k2 v2 -D publish payload-format-indicator 1")
            .split(" "));
  }

  @AfterAll
  static void stop() throws Exception {
    mosquitto.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain text",
        "%t %p",
        "%%|%5%|",
        "%10t|%-10t|%010t|%2t|%.1t|%.t|%10.1t|%-10.1t|%0.5t|%00t|",
        "%05l|%-5l|%-05l|%5l|%.3l|%5.1l|%m|%05m|%q|%5q|%r|%05r",
        "%10p|%-10p|%010p|%-010p|%3p|%-3p|%0p|%.2p",
        "%x|%X",
        "[%C|%R|%D|%P|%A|%E|%F|%S]",
        "[%3C|%-3C|%03C|%3R|%3D|%3P|%3A|%-3E|%03F]",
        "%I|%30I|%-30I|%.19I|%30.19I",
        "@@|@%|@q|@Od|@E|@-d|@ |@\\|@!",
        "\\\\|\\0|\\a|\\e|\\n|\\r|\\t|\\v",
        "@a|@A|@b|@B|@c|@C|@d|@D|@e|@F|@g|@G|@h|@H|@I|@j|@k|@l|@m|@M|@n|@N|@p|@P|@r|@R|@s|@S|@t|@T",
        "@u|@U|@V|@w|@W|@x|@X|@y|@Y|@z|@Z",
        "@f|@i|@J|@K|@L|@o|@O|@Q|@v|@+|@_",
      })
  void anMqtt3Message(String template) throws Exception {
    Message message = Message.of("plain/topic", bytes("message"), Qos.AT_LEAST_ONCE, true);
    compare(template, new ReceivedMessage(message, 1, false), "-t", "plain/topic");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%C|%R|%D|%P|%F|%S|%A|%E",
        "%10C|%-10C|%.2C|%010C|%10R|%-10R|%.1R|%5D|%3P",
        "%05S|%-5S|%5S|%3S|%05F|%-5F|%5A|%05A|%5E",
      })
  void anMqtt5Message(String template) throws Exception {
    Message message =
        new Message("v5/topic", bytes("message"), Qos.AT_LEAST_ONCE, true, PROPERTIES);
    compare(
        template,
        new ReceivedMessage(message, 1, false),
        "-V 5 -t v5/topic -D subscribe subscription-identifier 7".split(" "));
  }

  /** What 2.0.11 writes otherwise in JSON is put right first: the stray Z, and 1 for true. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '\u00A6',
      value = {
        "%j¦message",
        "%j¦` \" \\ / é€ \u007F\u0001`",
        "%J¦[1, 1.0, 1e3, 1.50, -7, 0.1, 1e15, 1e14, 12345678901234567890, 3.141592653589793]",
        "%J¦[0, 0.0001, 0.00001, 5e-324, 1e400, 123456789.123456789, 4.35, 1e22, 100000, -1.5e-7]",
        "%J¦{\"a\":1,\"a\":[true,false,null],\"b\":{\"c\":\"\\u00e9\\ud83d\\ude00\\/\\u001f\\\"\"}}",
        "%J¦{\"a\":{},\"b\":[],\"c\":[1,[2,{\"x\":1},{}],{\"y\":[{\"z\":null}]}]}",
        "%J¦` \"text\" `",
      })
  void json(String template, String payload) throws Exception {
    mosquitto.pub(bytes(payload), "-r", "-t", "json/topic");
    Message message = Message.of("json/topic", bytes(payload), Qos.AT_LEAST_ONCE, true);
    for (boolean pretty : new boolean[] {false, true}) {
      String[] arguments = {"-t", "json/topic", pretty ? "--pretty" : "--quiet"};
      MosquittoTools.Result theirs = subscribe(template, arguments);
      String expected =
          text(theirs.out())
              .replaceFirst("(\"tst\":\\s*\"[^\"]*)Z", "$1")
              .replaceFirst("(\"retain\":\\s*)1", "$1true");
      Printer.Style style = new Printer.Style(template, false, false, pretty);
      Instant printed = JSON_TIME.parse(expected.split("\"")[3], Instant::from);
      assertThat(
              Samples.print(style, clock(printed), new ReceivedMessage(message, 1, false)).text())
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "[1,", "1 2", "{\"a\":}", "nul"})
  void jsonThatIsNone(String payload) throws Exception {
    mosquitto.pub(bytes(payload), "-r", "-t", "json/topic");
    MosquittoTools.Result theirs = subscribe("<%J>", "-t", "json/topic");
    Message message = Message.of("json/topic", bytes(payload), Qos.AT_LEAST_ONCE, true);
    Samples.Printed ours =
        Samples.print(
            new Printer.Style("<%J>", false, false, false), new ReceivedMessage(message, 1, false));
    assertThat(ours.text()).isEqualTo(text(theirs.out()));
    assertThat(ours.complaints()).containsExactly(theirs.err().strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%", "%-", "%0", "%5", "%.", "%.1", "abc@", "%y", "%5T", "\\", "@\\\\", "\\q", "\\N"
      })
  void mistakes(String template) throws Exception {
    String theirs = mosquitto.sub("-t", "t", "-F", template).err();
    assertThatThrownBy(() -> Samples.print(Samples.format(template), Samples.received("x")))
        .isInstanceOf(FormatException.class)
        .hasMessage(theirs.lines().findFirst().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, hi",
    "false, true,  hi",
    "true,  false, hi",
    "true,  true,  hi",
    "false, false, ''",
    "false, true,  ''",
    "true,  false, ''",
    "true,  true,  ''",
  })
  void withoutAFormat(boolean verbose, boolean noNewline, String payload) throws Exception {
    // Kept by the broker for a session, since an empty retained message cannot be.
    String session = "-c -i session -t queued/topic";
    mosquitto.sub((session + " -E").split(" "));
    mosquitto.pub(bytes(payload), "-t", "queued/topic");
    String flags = (verbose ? " -v" : "") + (noNewline ? " -N" : "");
    MosquittoTools.Result theirs = mosquitto.sub((session + " -C 1 -W 10" + flags).split(" "));

    Message message = Message.of("queued/topic", bytes(payload), Qos.AT_LEAST_ONCE, false);
    Printer.Style style = new Printer.Style(null, verbose, noNewline, false);
    assertThat(theirs.err()).isEmpty();
    assertThat(Samples.print(style, new ReceivedMessage(message, 1, false)).text())
        .isEqualTo(text(theirs.out()));
  }

  /** Lets mosquitto_sub tell when it printed, and prints the same message at that very moment. */
  private static void compare(String template, ReceivedMessage received, String... arguments)
      throws Exception {
    String timed = "@s.@N|" + template;
    MosquittoTools.Result theirs = subscribe(timed, arguments);
    String[] time = text(theirs.out()).split("[.|]", 3);
    Instant printed = Instant.ofEpochSecond(Long.parseLong(time[0]), Long.parseLong(time[1]));
    Printer.Style style = new Printer.Style(timed, false, false, false);
    assertThat(theirs.err()).isEmpty();
    assertThat(Samples.print(style, clock(printed), received).text()).isEqualTo(text(theirs.out()));
  }

  /** Takes one message; those that are asked for here are retained, and so are there at once. */
  private static MosquittoTools.Result subscribe(String template, String... arguments)
      throws Exception {
    String[] all = new String[arguments.length + 6];
    System.arraycopy(arguments, 0, all, 6, arguments.length);
    System.arraycopy(new String[] {"-C", "1", "-W", "10", "-F", template}, 0, all, 0, 6);
    return mosquitto.sub(all);
  }

  private static Clock clock(Instant instant) {
    return Clock.fixed(instant, ZoneId.of(MosquittoTools.ZONE));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
