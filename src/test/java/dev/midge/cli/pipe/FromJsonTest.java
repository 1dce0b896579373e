package dev.midge.cli.pipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.midge.broker.embedded.EmbeddedBroker;
import dev.midge.broker.embedded.SeenMessage;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pub --from-json} over a socket: what a broker gets of a recording. */
class FromJsonTest {
  private static final String THREE =
      """
      {"topic":"a/1","qos":1,"retain":true,"payload":"one","properties":{"content_type":"x","user_properties":[["k","1"]]}}
      {"topic":"b/2","qos":2,"retain":false,"payload_base64":"AP8="}
      {"topic":"a/3","payload":""}
      """;

  private final EmbeddedBroker broker = EmbeddedBroker.create().start();

  @TempDir Path directory;

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void eachRecordIsTheMessageThatItWas() {
    MidgeRun run = pub(THREE);

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(run.errText()).isEmpty();
    assertThat(seen())
        .containsExactly(
            new Message(
                "a/1",
                "one".getBytes(UTF_8),
                Qos.AT_LEAST_ONCE,
                true,
                Properties.builder()
                    .add(Property.CONTENT_TYPE, "x")
                    .userProperty("k", "1")
                    .build()),
            Message.of("b/2", new byte[] {0, (byte) 0xFF}, Qos.EXACTLY_ONCE, false),
            Message.empty("a/3"));
  }

  @Test
  void anEmptyRecordingIsNoMistake() {
    assertThat(pub("").status()).isZero();
    assertThat(seen()).isEmpty();
  }

  @Test
  void theCommandLineWinsOverTheRecording() {
    MidgeRun run =
        pub(
            THREE,
            "-t",
            "all",
            "-q",
            "0",
            "-r",
            "-D",
            "publish",
            "content-type",
            "y",
            "-D",
            "publish",
            "user-property",
            "k",
            "2");

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(seen())
        .extracting(Message::topic, Message::qos, Message::retain)
        .containsOnly(tuple("all", Qos.AT_MOST_ONCE, true))
        .hasSize(3);
    assertThat(seen().get(0).properties())
        .isEqualTo(
            Properties.builder()
                .userProperty("k", "1")
                .add(Property.CONTENT_TYPE, "y")
                .userProperty("k", "2")
                .build());
    assertThat(seen().get(1).properties())
        .isEqualTo(
            Properties.builder().add(Property.CONTENT_TYPE, "y").userProperty("k", "2").build());
  }

  @Test
  void beforeMqtt5PropertiesAreDroppedWithOneWarning() {
    MidgeRun run = pub(THREE + THREE, "-V", "311");

    assertThat(run.status()).isZero();
    assertThat(seen()).hasSize(6).allMatch(each -> each.properties().isEmpty());
    assertThat(run.errText())
        .isEqualTo(
            "Warning: Line 1 of the standard input has properties, which need MQTT 5, but -V says"
                + " otherwise: they are dropped, here and below.\n");
    assertThat(pub(THREE, "-V", "311", "--quiet").errText()).isEmpty();
  }

  @Test
  void whatStandsBeforeAMistakeIsDeliveredAndNothingBehindIt() {
    MidgeRun run = pub(THREE + "\n{\"topic\":\"a\"}\n" + THREE);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText())
        .isEqualTo(
            "Error: Line 5 of the standard input is no message: it has neither \"payload\" nor"
                + " \"payload_base64\"; an empty one is \"\".\n");
    assertThat(seen()).extracting(Message::topic).containsExactly("a/1", "b/2", "a/3");
  }

  @Test
  void aFileIsReadInPlaceOfStandardInput() throws IOException {
    Path file = Files.writeString(directory.resolve("rec.json"), THREE + "{");

    MidgeRun run = pub("", "-f", file.toString());

    assertThat(seen()).hasSize(3);
    assertThat(run.errText())
        .isEqualTo(
            "Error: Line 4 of "
                + file
                + " is no message: the input ends before the object does.\n");
    MidgeRun missing = pub("", "-f", directory.resolve("none").toString());
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.errText()).contains("none\": No such file or directory.");
    assertThat(pub("", "-f", directory.toString()).errText()).contains("\": Is a directory.");
  }

  @Test
  void filtersChooseByTheTopicOfTheInput() {
    pub(THREE, "--filter", "x", "--filter", "a/+", "--to-topic", "s/^a/x/", "--to-topic", "s,/,-,");

    assertThat(seen()).extracting(Message::topic).containsExactly("x-1", "x-3");
  }

  @Test
  void aTopicThatASubstitutionSpoilsIsAMistake() {
    MidgeRun run = pub(THREE, "--to-topic", "s,b/2,#,");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText())
        .isEqualTo(
            "Error: Line 2 of the standard input is no message: the topic that --to-topic 's,b/2,#,'"
                + " makes of it '#' has + or #, which only topic filters may have.\n");
    assertThat(seen()).extracting(Message::topic).containsExactly("a/1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--pretty", "-0", "--frame u32", "--pretty --frame u32"})
  void whatSubPrintsGoesInAgain(String words) {
    Random random = new Random(words.length());
    byte[] big = new byte[300_000];
    random.nextBytes(big);
    List<Message> messages =
        List.of(
            new Message(
                "ü/1",
                new byte[] {0, 1, (byte) 0xFE, '"', '\\'},
                Qos.AT_LEAST_ONCE,
                true,
                Properties.builder()
                    .add(Property.CORRELATION_DATA, new byte[] {(byte) 0x80, 0})
                    .add(Property.PAYLOAD_FORMAT_INDICATOR, 0)
                    .userProperty("b", "2")
                    .userProperty("a", "1")
                    .userProperty("b", "2")
                    .build()),
            Message.of("ü/2", big, Qos.EXACTLY_ONCE, true),
            Message.of("ü/3", "\0 text".getBytes(UTF_8), Qos.AT_MOST_ONCE, true));
    messages.forEach(broker::publish);
    String[] form = words.isEmpty() ? new String[0] : words.split(" ");
    MidgeRun sub =
        MidgeRun.run(words("sub", "-t", "ü/#", "-q", "2", "-C", "3", "--json", form).toArray());
    assertThat(sub.status()).as(sub.errText()).isZero();
    broker.forget();

    String[] frame =
        Stream.of(form).filter(word -> !word.equals("--pretty")).toArray(String[]::new);
    MidgeRun pub = MidgeRun.runWithInput(sub.out(), words("pub", "--from-json", frame).toArray());

    assertThat(pub.status()).as(pub.errText()).isZero();
    assertThat(seen()).containsExactlyElementsOf(messages);
  }

  @Test
  void waitingForTheNextMessageDoesNotHoldBackThePreviousOne() throws Exception {
    String recording =
        """
        {"time":"2026-11-29T07:00:00Z","topic":"a","payload":"now"}
        {"time":"2026-11-29T08:00:00Z","topic":"a","payload":"in an hour"}
        """;
    try (ScriptedBroker scripted = new ScriptedBroker()) {
      MidgeRun run =
          MidgeRun.startWithInput(
              JsonObjectsTest.slowly(recording, 10_000),
              "pub",
              "-p",
              scripted.port(),
              "--from-json",
              "--replay");
      scripted.welcome();
      Publish publish = (Publish) scripted.read(PacketType.PUBLISH);
      assertThat(publish.message().payload()).asString().isEqualTo("now");
      scripted.hangUp();
      scripted.refuse(135);

      assertThat(run.await().status()).isEqualTo(135);
    }
  }

  @Test
  void aReplayAtAnySpeedKeepsTheOrder() {
    StringBuilder recording = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      recording.append(
          "{\"time\":\"2026-11-29T07:%02d:00Z\",\"topic\":\"a\",\"qos\":%d,\"payload\":\"%d\"}\n"
              .formatted(i, i % 2, i));
    }

    MidgeRun run = pub(recording.toString(), "--replay", "--speed", "36000");

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(broker.messages("a").texts())
        .containsExactlyElementsOf(
            Stream.iterate(0, i -> i + 1).limit(60).map(String::valueOf).toList());
  }

  private List<Object> words(Object... words) {
    return Stream.concat(
            Stream.of(words)
                .flatMap(word -> word instanceof String[] more ? Stream.of(more) : Stream.of(word)),
            Stream.of("-p", broker.port()))
        .toList();
  }

  private MidgeRun pub(String recording, String... words) {
    return MidgeRun.runWithInput(
        recording.getBytes(UTF_8), words("pub", "--from-json", words).toArray());
  }

  private List<Message> seen() {
    return broker.messages("#").all().stream().map(SeenMessage::message).toList();
  }
}
