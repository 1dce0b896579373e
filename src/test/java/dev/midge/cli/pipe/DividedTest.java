package dev.midge.cli.pipe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.midge.broker.embedded.EmbeddedBroker;
import dev.midge.broker.embedded.SeenMessage;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.testing.MidgeRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NUL bytes, frames and topics in lines, in and out. */
class DividedTest {
  private final EmbeddedBroker broker = EmbeddedBroker.create().start();
  private List<String> payloads = List.of();
  private int runs;

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void nulBytesEndMessages() {
    assertThat(pub("a\nb\0\0c", "-t", "x", "-l", "-0").status()).isZero();
    assertThat(pub("d\0", "-t", "x", "--null").status()).isZero();

    assertThat(broker.messages("x").texts()).containsExactly("a\nb", "", "c", "d");
  }

  @Test
  void framesHaveAnyBytes() {
    assertThat(
            pub("\0\0\0\3a\0\u00FF\0\0\0\0\0\0\0\1\n", "-t", "x", "--frame", "u32", "-q", "2")
                .status())
        .isZero();

    assertThat(payloads("x"))
        .containsExactly(new byte[] {'a', 0, (byte) 0xFF}, new byte[0], new byte[] {'\n'});
    assertThat(broker.messages("x").all()).allMatch(each -> each.qos() == 2);
  }

  @Test
  void aFrameThatIsCutOffEndsBehindWhatWasWhole() {
    MidgeRun run = pub("\0\0\0\1a\0\0\0\5bc", "-t", "x", "-l", "--frame", "u32");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText())
        .isEqualTo(
            "Error: Frame 2 of the standard input is cut off: 3 of its 5 bytes are missing.\n");
    assertThat(broker.messages("x").texts()).containsExactly("a");
  }

  @Test
  void theTopicStandsBeforeTheFirstSeparator() {
    MidgeRun run = pub("a/b 1 2\nc \nd  3\n", "-l", "--topic-from-line", " ", "-q", "1", "-r");

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(broker.messages("#").all())
        .extracting(SeenMessage::message)
        .containsExactly(retained("a/b", "1 2"), retained("c", ""), retained("d", " 3"));
  }

  private static Message retained(String topic, String payload) {
    return Message.of(topic, payload.getBytes(UTF_8), Qos.AT_LEAST_ONCE, true);
  }

  @Test
  void theSeparatorMayBeATabOrLongerAndThePartsOfAnyKind() {
    pub("a\t1\n", "--topic-from-line", "\\t");
    pub("b::\0\n\0", "--topic-from-line", "::", "-0", "-l");
    pub("c::1\0d::2\0", "--topic-from-line", "::", "-0", "--filter", "d");
    pub("\0\0\0\3e:\0", "--topic-from-line", ":", "--frame", "u32");

    assertThat(broker.messages("#").all())
        .extracting(SeenMessage::topic, SeenMessage::text)
        .containsExactly(tuple("a", "1"), tuple("b", ""), tuple("d", "2"), tuple("e", "\0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no | Line 2 of the standard input is no message: there is no ' ' (--topic-from-line) between a topic and a payload.",
        "a# b | Line 2 of the standard input is no message: its topic 'a#' has + or #, which only topic filters may have.",
        "' b' | Line 2 of the standard input is no message: its topic is empty.",
        "\u00FF b | Line 2 of the standard input is no message: its topic is not UTF-8 without control characters.",
      })
  void aLineWithoutATopicIsAMistake(String line, String why) {
    MidgeRun run = pub("ok 1\n" + line + "\nok 3\n", "-l", "--topic-from-line", " ");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText()).isEqualTo("Error: " + why + "\n");
    assertThat(broker.messages("#").texts()).containsExactly("1");
  }

  @Test
  void subEndsMessagesWithNulBytes() {
    payloads = List.of("a\nb", "");

    assertThat(printed("-0")).isEqualTo("a\nb\0\0");
    assertThat(printed("-0", "-v")).isEqualTo("x/0 a\nb\0x/1 \0");
    assertThat(printed("-0", "-F", "%q:%p")).isEqualTo("0:a\nb\0" + "0:\0");
    payloads = List.of("a\nb");
    assertThat(printed("--null", "--json")).endsWith("\"payload\":\"a\\nb\"}\0");
  }

  @Test
  void subPutsLengthsBeforeMessages() {
    payloads = List.of("a\0\u00FF", "", "x".repeat(0x10203));

    assertThat(printed("--frame", "u32"))
        .isEqualTo("\0\0\0\3a\0\u00FF\0\0\0\0\0\1\2\3" + payloads.get(2));
    payloads = List.of("a\0\u00FF", "");
    assertThat(printed("--frame", "u32", "-v")).isEqualTo("\0\0\0\7x/0 a\0\u00FF\0\0\0\4x/1 ");
    assertThat(printed("--frame", "u32", "-F", "%p\\n")).isEqualTo("\0\0\0\4a\0\u00FF\n\0\0\0\1\n");
    payloads = List.of("a");
    String json = printed("--frame", "u32", "--json");
    assertThat((int) json.charAt(3)).isEqualTo(json.length() - 4);
    assertThat(json).endsWith("}");
  }

  @Test
  void packetsAreShownElsewhere() {
    payloads = List.of("a");
    MidgeRun run = sub("-0", "-d");

    assertThat(run.outText()).isEqualTo("a\0");
    assertThat(run.errText()).contains("received CONNACK");
  }

  @Test
  void whatSubPrintsWithTopicsGoesInAgain() {
    payloads = List.of("a b\n\0\u00FF", "", " ");
    byte[] frames = sub("-v", "--frame", "u32").out();

    MidgeRun run =
        MidgeRun.runWithInput(
            frames,
            "pub",
            "-p",
            broker.port(),
            "--frame",
            "u32",
            "--topic-from-line",
            " ",
            "--to-topic",
            "s/x/y/");

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(payloads("y/#"))
        .extracting(each -> new String(each, ISO_8859_1))
        .containsExactlyElementsOf(payloads);
  }

  private String printed(String... words) {
    return new String(sub(words).out(), ISO_8859_1);
  }

  /** Prints the messages of {@link #payloads}, which come when it has subscribed. */
  private MidgeRun sub(String... words) {
    String id = "s" + ++runs;
    List<Object> line = new ArrayList<>(Arrays.asList("sub", "-p", broker.port(), "-i", id));
    line.addAll(Arrays.asList("-t", "x/#", "-C", payloads.size()));
    line.addAll(Arrays.asList(words));
    MidgeRun run = MidgeRun.start(line.toArray());
    broker.awaitSubscribed(id, "x/#", Duration.ofSeconds(20));
    for (int i = 0; i < payloads.size(); i++) {
      byte[] payload = payloads.get(i).getBytes(ISO_8859_1);
      broker.publish(Message.of("x/" + i, payload, Qos.AT_MOST_ONCE, false));
    }
    assertThat(run.await().status()).as(run.errText()).isZero();
    return run;
  }

  private List<byte[]> payloads(String filter) {
    return broker.messages(filter).all().stream().map(SeenMessage::payload).toList();
  }

  private MidgeRun pub(String input, String... words) {
    List<Object> line = new ArrayList<>(Arrays.asList("pub", "-p", broker.port()));
    line.addAll(Arrays.asList(words));
    return MidgeRun.runWithInput(input.getBytes(ISO_8859_1), line.toArray());
  }
}
