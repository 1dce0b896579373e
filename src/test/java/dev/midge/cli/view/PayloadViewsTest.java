package dev.midge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.testing.MidgeRun;
import dev.midge.view.Payloads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --decode}, {@code --encode}, {@code --diff} and {@code --schema} at a broker. */
class PayloadViewsTest {
  @TempDir Path directory;
  private Broker broker;

  @BeforeEach
  void start() throws IOException {
    broker = Broker.start(BrokerConfig.onFreePort());
  }

  @AfterEach
  void stop() throws IOException {
    broker.close();
  }

  private Object[] at(String command, Object... words) {
    List<Object> all = new ArrayList<>(List.of(command, "-p", broker.port()));
    all.addAll(Arrays.asList(words));
    return all.toArray();
  }

  /** Leaves a retained message at the broker, so that a subscriber finds it. */
  private void retained(String topic, Object... words) {
    List<Object> all = new ArrayList<>(List.of("-r", "-q", "1", "-t", topic));
    all.addAll(Arrays.asList(words));
    MidgeRun pub = MidgeRun.run(at("pub", all.toArray()));
    assertThat(pub.errText()).isEmpty();
    assertThat(pub.status()).isZero();
  }

  private MidgeRun sub(int count, Object... words) {
    List<Object> all = new ArrayList<>(List.of("-t", "#", "-C", count));
    all.addAll(Arrays.asList(words));
    return MidgeRun.run(at("sub", all.toArray()));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--decode hex|00fF|00ff",
        "--decode base64|AP8=|00ff",
        "--encode hex|az|36313761",
        "--encode base64|az|59586f3d",
        "--encode cbor|{\"a\":1}|a1616101",
        "--encode msgpack|{\"a\":1}|81a16101",
        "--encode json|[ 1, 2 ]|5b312c325d",
        "--encode sparkplug|{\"seq\":5}|1805",
        "--decode base64 --encode hex|AP8=|30306666",
        "--decode base64,json --encode cbor,hex|eyAiYSI6IDEgfQ==|61313631363130 31",
      })
  void whatIsGivenIsSentInItsForm(String options, String message, String sent) {
    List<Object> words = new ArrayList<>(List.of(options.split(" ")));
    words.addAll(List.of("-m", message));

    retained("a", words.toArray());

    assertThat(sub(1, "-N").out()).isEqualTo(Payloads.hex(sent));
  }

  @Test
  void compressedPayloadsGoThereAndBack() {
    retained("a", "-m", "hello", "--encode", "gzip");
    retained("b", "-m", "hello", "--encode", "zlib", "--encode", "base64");

    assertThat(hex(sub(1, "-t", "a", "-N").out())).startsWith("1f8b");
    assertThat(MidgeRun.run(at("sub", "-t", "a", "-C", "1", "--decode", "gzip")).outText())
        .isEqualTo("hello\n");
    assertThat(MidgeRun.run(at("sub", "-t", "b", "-C", "1", "--decode", "base64,zlib")).outText())
        .isEqualTo("hello\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hex|0g|Error: --decode hex: byte 2 is no hexadecimal digit.",
        "cbor|x|Error: --decode cbor: it is no CBOR: ",
        "hex,msgpack|ddffffffff|Error: --decode msgpack: a length is larger than what can follow.",
        "hex,msgpack|c1|Error: --decode msgpack: it is no MessagePack",
        "hex,cbor|9b7fffffffffffffff|Error: --decode cbor: a length is larger than what can follow.",
        "hex,cbor|5b7fffffffffffffff|Error: --decode cbor: a length is larger than what can follow.",
        "hex,gzip|00|Error: --decode gzip: the gzip data is cut off.",
      })
  void aMessageThatIsNotInItsFormIsNotSent(String form, String message, String line) {
    MidgeRun pub = MidgeRun.run(at("pub", "-t", "a", "-r", "-m", message, "--decode", form));

    assertThat(pub.errText()).startsWith(line);
    assertThat(pub.status()).isEqualTo(1);
    assertThat(MidgeRun.run(at("sub", "-t", "a", "-W", "1", "-E")).outText()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--encode cbor", "--decode json", "--encode msgpack"})
  void depthIsToldAsSuch(String form) {
    String deep = "[".repeat(1001) + "]".repeat(1001);
    String[] how = form.split(" ");
    MidgeRun pub = MidgeRun.run(at("pub", "-t", "a", "-m", deep, how[0], how[1]));

    assertThat(pub.errText()).startsWith("Error: " + form + ": it is deeper than 1000 levels.\n");
    assertThat(pub.status()).isEqualTo(1);
  }

  @Test
  void eachLineIsTakenAndTheFirstWrongOneIsToldByItsNumber() {
    // A kept session, so that it does not matter who is faster.
    MidgeRun.run(at("sub", "-t", "b", "-q", "1", "-i", "s", "-c", "-E"));

    byte[] lines = "00ff\n0102\n0x\n03\n".getBytes(StandardCharsets.UTF_8);
    MidgeRun pub =
        MidgeRun.runWithInput(lines, at("pub", "-l", "-q", "1", "-t", "b", "--decode", "hex"));

    assertThat(pub.errText())
        .isEqualTo("Error: line 3: --decode hex: byte 2 is no hexadecimal digit.\n");
    assertThat(pub.status()).isEqualTo(1);
    assertThat(
            MidgeRun.run(at("sub", "-t", "b", "-q", "1", "-i", "s", "-c", "-C", "2", "-F", "%x"))
                .outText())
        .isEqualTo("00ff\n0102\n");
  }

  @Test
  void receivedPayloadsAreDecodedForEachWayOfPrinting() throws IOException {
    Path types = directory.resolve("t.proto");
    Files.writeString(types, "syntax = 'proto3'; message T { int32 temp = 1; }");
    retained("a", "--decode", "hex", "-m", "082a");
    String form = "protobuf:" + types + ",T";

    assertThat(sub(1, "--decode", form).outText()).isEqualTo("{\"temp\":42}\n");
    assertThat(sub(1, "--decode", "protobuf(" + types + ",T)", "-v").outText())
        .isEqualTo("a {\"temp\":42}\n");
    assertThat(sub(1, "--decode", form, "-F", "%t %l %p").outText())
        .isEqualTo("a 11 {\"temp\":42}\n");
    assertThat(sub(1, "--decode", form, "--json").outText())
        .contains("\"payload\":\"{\\\"temp\\\":42}\"");
  }

  @Test
  void whatCannotBeDecodedIsPrintedAsItCameAndTold() {
    retained("a", "-m", "no hex");
    retained("b", "-m", "6869");

    MidgeRun sub = sub(2, "--decode", "hex", "-v");

    assertThat(sub.outText()).contains("a no hex\n").contains("b hi\n");
    assertThat(sub.errText())
        .isEqualTo(
            "Warning: a message of the topic a cannot be decoded and is printed as it came; hex: byte 1 is no hexadecimal"
                + " digit.\n1 of 2 messages could not be decoded.\n");
    assertThat(sub.status()).isZero();
    assertThat(sub(2, "--decode", "hex", "--strict").status()).isEqualTo(53);
    assertThat(sub(2, "--decode", "hex", "--quiet").errText()).isEmpty();
  }

  @Test
  void aTopicIsToldOfOnce() {
    MidgeRun sub = MidgeRun.start(at("sub", "-t", "a", "-C", "3", "--decode", "hex", "-i", "one"));
    Awaitility.await()
        .until(
            () -> {
              MidgeRun.run(at("pub", "-t", "a", "-q", "1", "-m", "x"));
              return sub.isDone();
            });

    assertThat(sub.errText().lines().filter(line -> line.startsWith("Warning: "))).hasSize(1);
    assertThat(sub.errText()).endsWith("3 of 3 messages could not be decoded.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--decode|xyz|Error: Invalid --decode argument 'xyz': it is one of hex, base64, json, cbor, msgpack,",
        "--decode||Error: Invalid --decode argument '': it is one of hex",
        "--decode|protobuf:x|Error: Invalid --decode argument 'protobuf:x': a file and a type must follow",
        "--decode|protobuf:/gone.proto,T|Error: --decode protobuf: cannot read /gone.proto: No such file",
        "--schema|/gone.json|Error: Unable to read the file of --schema: /gone.json (No such file or directory).",
        "--schema|pom.xml|Error: --schema pom.xml: it is no JSON",
      })
  void wrongWordsAreToldBeforeAnyConnection(String option, String word, String line) {
    MidgeRun sub = MidgeRun.run("sub", "-t", "a", "-p", "1", option, word == null ? "" : word);

    assertThat(sub.errText()).startsWith(line);
    assertThat(sub.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"--json", "-N", "-w", "--message-rate", "--time", "-F %p"})
  void changesArePrintedInOneWayOnly(String other) {
    List<Object> words = new ArrayList<>(List.of("sub", "-t", "a", "-p", "1", "--diff"));
    words.addAll(List.of(other.split(" ")));
    MidgeRun sub = MidgeRun.run(words.toArray());

    assertThat(sub.errText()).startsWith("Error: --diff cannot be combined with --json");
    assertThat(sub.status()).isEqualTo(1);
  }

  private MidgeRun subscriberOf(String topic, Object... words) {
    retained(topic, "-m", "{\"t\": 1, \"u\": \"C\"}");
    List<Object> all = new ArrayList<>(List.of("-t", topic));
    all.addAll(Arrays.asList(words));
    return MidgeRun.start(at("sub", all.toArray()));
  }

  private void published(String topic, String... messages) {
    for (String each : messages) {
      MidgeRun pub = MidgeRun.run(at("pub", "-q", "1", "-t", topic, "-m", each));
      assertThat(pub.status()).as(pub.errText()).isZero();
    }
  }

  @Test
  void onlyWhatChangedIsPrinted() {
    MidgeRun sub = subscriberOf("a", "--diff", "-C", "7", "-q", "1").awaitOut("a {");

    published(
        "a",
        "{\"u\": \"C\", \"t\": 1}",
        "{\"t\": 2, \"u\": \"C\", \"new\": [1]}",
        "{\"t\": 2, \"new\": [1]}",
        "no JSON",
        "no JSON",
        "{}");

    assertThat(sub.await().outText())
        .isEqualTo(
            """
            a {"t":1,"u":"C"}
            a ~ /t: 1 → 2
            a + /new: [1]
            a - /u: "C"
            a no JSON
            a {}
            """);
  }

  @Test
  void eachTopicHasItsOwnLastMessageAndDecodedOnesHaveChangesToo() {
    retained("x/1", "--encode", "cbor", "-m", "{\"t\":1}");
    MidgeRun sub =
        MidgeRun.start(at("sub", "-t", "x/#", "-C", "3", "-q", "1", "--diff", "--decode", "cbor"))
            .awaitOut("x/1 {");

    MidgeRun.run(at("pub", "-q", "1", "-t", "x/2", "--encode", "cbor", "-m", "{\"t\":5}"));
    MidgeRun.run(at("pub", "-q", "1", "-t", "x/1", "--encode", "cbor", "-m", "{\"t\":2}"));

    assertThat(sub.await().outText()).isEqualTo("x/1 {\"t\":1}\nx/2 {\"t\":5}\nx/1 ~ /t: 1 → 2\n");
  }

  @Test
  void onATerminalChangesHaveColoursAndCommandNothing() {
    MidgeRun sub =
        MidgeRun.startOnTerminal(
            null, at("sub", "-t", "a", "-C", "2", "-q", "1", "--diff", "--color", "always"));
    sub.awaitErr("Subscribed");
    published("a", "{\"t\":\"\u009b1\"}", "{\"t\":\"\u009b2\"}");

    assertThat(sub.await().outText())
        .contains("\u001b[33m")
        .contains("\\u009b2")
        .doesNotContain("\u009b");
  }

  private Path schema() throws IOException {
    Path schema = directory.resolve("schema.json");
    return Files.writeString(
        schema, "{\"properties\": {\"t\": {\"type\": \"number\"}}, \"required\": [\"t\"]}");
  }

  @Test
  void whatDoesNotFitTheSchemaIsMarkedCountedAndPrintedAllTheSame() throws IOException {
    retained("good", "-m", "{\"t\":1}");
    retained("bad", "-m", "{\"t\":\"x\"}");
    Path schema = schema();

    MidgeRun sub = sub(2, "--schema", schema);

    assertThat(sub.outText()).contains("{\"t\":1}\n").contains("{\"t\":\"x\"}\n");
    assertThat(sub.errText())
        .isEqualTo(
            "Schema: bad /t: Value is [string] but should be [number]\n1 of 2 messages did not fit the schema.\n");
    assertThat(sub.status()).isZero();
    assertThat(sub(2, "--schema", schema, "--strict").status()).isEqualTo(53);
    assertThat(sub(2, "--schema", schema, "--quiet", "--strict").errText()).isEmpty();
  }

  @Test
  void whereAllFitsTheStatusIsFineAndTheCountIsToldTheSame() throws IOException {
    retained("good", "-m", "{\"t\":1}");

    MidgeRun sub = sub(1, "--schema", schema(), "--strict");

    assertThat(sub.errText()).isEqualTo("0 of 1 message did not fit the schema.\n");
    assertThat(sub.status()).isZero();
  }

  @Test
  void theTimeIsOverAndAMisfitDecidesTheStatusOnlyIfStrict() throws IOException {
    retained("bad", "-m", "{}");
    Path schema = schema();

    assertThat(MidgeRun.run(at("sub", "-t", "#", "-W", "2", "--schema", schema)).status())
        .isEqualTo(27);
    assertThat(
            MidgeRun.run(at("sub", "-t", "#", "-W", "2", "--schema", schema, "--strict")).status())
        .isEqualTo(53);
  }

  @Test
  void aRequestIsEncodedAndItsAnswerDecoded() {
    MidgeRun seen = MidgeRun.start(at("sub", "-t", "q", "-C", "1", "-F", "%x"));
    retained("answer", "--decode", "hex", "-m", "a1617401");

    MidgeRun rr =
        MidgeRun.run(
            at(
                "rr",
                "-t",
                "q",
                "-e",
                "answer",
                "-m",
                "{\"q\":1}",
                "--encode",
                "cbor",
                "--decode",
                "cbor"));

    assertThat(rr.outText()).isEqualTo("{\"t\":1}\n");
    assertThat(rr.status()).isZero();
    seen.stop();
  }

  @Test
  void mosquittosNamesHaveNoneOfIt() {
    for (String option : List.of("--decode", "--encode", "--diff", "--schema")) {
      assertThat(MidgeRun.runAs("mosquitto_sub", "-t", "a", option, "hex").errText())
          .startsWith("Error: Unknown option '" + option + "'.");
    }
  }
}
