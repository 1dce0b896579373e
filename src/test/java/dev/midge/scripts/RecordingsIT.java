package dev.midge.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.midge.broker.embedded.EmbeddedBroker;
import dev.midge.broker.embedded.SeenMessage;
import dev.midge.client.ClientEvents;
import dev.midge.client.Connection;
import dev.midge.client.MessageListener;
import dev.midge.client.job.Engines;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.Subscription;
import dev.midge.testing.Heard;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import dev.midge.testing.Specs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Record and replay as pipes of a shell, between two brokers. */
class RecordingsIT {
  private static final int MESSAGES = 500;
  private static final int RETAINED = 60;
  private static final long SEED = 20261129;
  private static final Pattern SCRIPT = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

  @TempDir Path directory;

  @Test
  void fiveHundredMessagesFromOneBrokerToAnother() throws Exception {
    try (EmbeddedBroker from = EmbeddedBroker.create().start();
        EmbeddedBroker to = EmbeddedBroker.create().start()) {
      fiveHundredMessages(from.port(), to.port());
    }
  }

  @Test
  void fiveHundredMessagesFromOneMosquittoToAnother() throws Exception {
    try (Mosquitto from = Mosquitto.start();
        Mosquitto to = Mosquitto.start()) {
      fiveHundredMessages(from.port(), to.port());
    }
  }

  private static void fiveHundredMessages(int from, int to) throws Exception {
    List<Message> messages = messages();
    Heard heard = new Heard();
    try (Connection publisher = open(from, MessageListener.IGNORE);
        Connection subscriber = open(to, heard)) {
      subscriber
          .subscribe(
              List.of(new Subscription("#", Qos.EXACTLY_ONCE, false, true, 0)), Properties.NONE)
          .join();
      for (Message message : messages.subList(0, RETAINED)) {
        publisher.publish(message).join();
      }
      Program pipe =
          Program.shell(
                  ("midge sub -p %d -t '#' -q 2 --retain-as-published --json -C %d -d"
                          + " | midge pub -p %d --from-json")
                      .formatted(from, MESSAGES, to))
              .awaitErr("Subscribed (mid: ");
      for (Message message : messages.subList(RETAINED, MESSAGES)) {
        publisher.publish(message).join();
      }
      assertThat(pipe.await().status()).as(pipe.errText()).isZero();
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .until(() -> heard.messages.size() >= MESSAGES);
    }
    List<Message> arrived = heard.messages.stream().map(ReceivedMessage::message).toList();

    assertThat(arrived.stream().map(RecordingsIT::essence))
        .containsExactlyInAnyOrderElementsOf(messages.stream().map(RecordingsIT::essence).toList());
    // MQTT keeps the order of each QoS; retained messages come in any order.
    for (Qos qos : Qos.values()) {
      assertThat(live(arrived, qos)).isEqualTo(live(messages, qos)).hasSizeGreaterThan(100);
    }
  }

  private static List<Integer> live(List<Message> messages, Qos qos) {
    return messages.stream()
        .filter(each -> each.qos() == qos)
        .map(each -> Integer.valueOf(each.topic().substring(each.topic().lastIndexOf('/') + 1)))
        .filter(number -> number >= RETAINED)
        .toList();
  }

  private static Connection open(int port, MessageListener listener) throws Exception {
    return Engines.open(
        Specs.to(port).version(ProtocolVersion.V5).spec(), ClientEvents.NONE, listener);
  }

  private static List<Message> messages() {
    Random random = new Random(SEED);
    return IntStream.range(0, MESSAGES).mapToObj(i -> message(random, i)).toList();
  }

  private static Message message(Random random, int number) {
    byte[] payload = new byte[random.nextInt(number % 50 == 7 ? 100_000 : 200)];
    random.nextBytes(payload);
    if (number % 4 == 1) {
      payload = "\0 ä 🦟 \u001b \"\\ \n".getBytes(UTF_8);
    }
    byte[] data = new byte[1 + random.nextInt(9)];
    random.nextBytes(data);
    Properties.Builder properties =
        Properties.builder()
            .add(Property.CORRELATION_DATA, data)
            .add(Property.RESPONSE_TOPIC, "answer/ä")
            .add(Property.CONTENT_TYPE, "x/🔑");
    for (int i = random.nextInt(4); i > 0; i--) {
      properties.userProperty("näme", "🦟" + random.nextInt(3)).userProperty("", "\"\\");
    }
    boolean retain = number < RETAINED || number % 5 == 0;
    return new Message(
        "🦟/" + Character.toString(0x1F300 + random.nextInt(0x100)) + "/" + number,
        retain && payload.length == 0 ? new byte[1] : payload, // An empty one would not stay.
        Qos.of(number % 3),
        retain,
        number % 7 == 0 ? Properties.NONE : properties.build());
  }

  /** Brokers may change the order of properties, but not that of user properties. */
  private static String essence(Message message) {
    List<String> pairs = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Properties.Entry entry : message.properties().entries()) {
      (entry.property() == Property.USER_PROPERTY ? pairs : others).add(entry.toString());
    }
    others.sort(null);
    return message
        + HexFormat.of().formatHex(message.payload())
        + String.join("\n", others)
        + String.join("\n", pairs);
  }

  @Test
  void aReplayAtSpeedTenKeepsTheOrder() throws Exception {
    StringBuilder recording = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      recording.append(
          "{\"time\":\"2026-11-29T07:00:%02d.%d00Z\",\"topic\":\"n\",\"qos\":%d,\"payload\":\"%d\"}\n"
              .formatted(3 * i / 10, 3 * i % 10, i % 3, i));
    }
    Files.writeString(directory.resolve("recording.json"), recording);
    try (EmbeddedBroker to = EmbeddedBroker.create().start()) {
      long begin = System.nanoTime();
      Program pub =
          Program.midge(
                  "pub",
                  "-p",
                  to.port(),
                  "--from-json",
                  "--replay",
                  "--speed",
                  "10",
                  "-f",
                  directory.resolve("recording.json"))
              .await();

      assertThat(pub.status()).as(pub.errText()).isZero();
      Awaitility.await()
          .until(() -> to.messages("n").texts().size() >= 100); // the last is of QoS 0
      assertThat(to.messages("n").texts())
          .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(String::valueOf).toList());
      assertThat(System.nanoTime() - begin)
          .as("29.7 s ten times as fast")
          .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(2970));
    }
  }

  @Test
  void everyScriptOfTheManualDoesWhatItSays() throws Exception {
    Mosquitto.require();
    try (EmbeddedBroker a = EmbeddedBroker.create().start();
        EmbeddedBroker b = EmbeddedBroker.create().start()) {
      a.publish(Message.of("plant/1/temperature", "20.5".getBytes(UTF_8), Qos.AT_LEAST_ONCE, true));
      a.publish(Message.of("plant/1/name", "oven no. 1".getBytes(UTF_8), Qos.AT_MOST_ONCE, true));
      a.publish(Message.of("plant/2/temperature", "7 8".getBytes(UTF_8), Qos.AT_MOST_ONCE, true));

      // A second is short where the machine is busy.
      Program shell = script(scripts().replace(" -W 1 ", " -W 5 "), a.port(), b.port());

      assertThat(shell.status()).as(shell.errText()).isZero();
      assertThat(shell.errText()).as("that of sub -W").isEqualTo("Timed out\n");
      assertThat(shell.outText().lines().sorted()).contains("<20.5>", "<oven no. 1>", "<7 8>");
      Awaitility.await().untilAsserted(() -> hasAll(b)); // What has QoS 0 may be on its way.
    }
  }

  /** The copy, the replay, what the filters choose, and all others. */
  private static void hasAll(EmbeddedBroker b) {
    assertThat(b.messages("plant/1/temperature").texts()).containsExactly("20.5", "20.5");
    assertThat(b.messages("plant/2/temperature").all())
        .extracting(SeenMessage::text, SeenMessage::isRetained)
        .containsOnly(tuple("7 8", true));
    assertThat(b.messages("test/#").all())
        .extracting(SeenMessage::topic, SeenMessage::qos, SeenMessage::isRetained)
        .containsExactlyInAnyOrder(
            tuple("test/1/temperature", 1, true), tuple("test/2/temperature", 1, true));
    assertThat(b.messages("all").all())
        .hasSize(3)
        .allMatch(each -> each.properties().toString().contains("from"));
    assertThat(b.messages("mosquitto/plant/#").texts())
        .containsExactlyInAnyOrder("20.5", "oven no. 1", "7 8");
    assertThat(b.messages("lines/plant/#").texts())
        .containsExactlyInAnyOrder("20.5", "oven no. 1", "7 8");
    assertThat(b.messages("a/b").texts()).containsExactly("1;2");
    assertThat(b.messages("files").texts()).contains("./plant.json");
    assertThat(b.messages("frames/plant/#").texts())
        .containsExactlyInAnyOrder("20.5", "oven no. 1", "7 8");
  }

  /** Returns all scripts of this part of the page, one after the other. */
  private static String scripts() throws Exception {
    String page = Files.readString(Path.of("docs/pipelines.md"));
    int begin = page.indexOf("## Recordings, lines, NUL bytes and frames");
    int end = page.indexOf("\n## ", begin + 1);
    Matcher matcher = SCRIPT.matcher(page.substring(begin, end < 0 ? page.length() : end));
    StringBuilder scripts = new StringBuilder();
    while (matcher.find()) {
      scripts.append(matcher.group(1));
    }
    assertThat(scripts).contains("--from-json", "--topic-from-line", "-0", "--frame");
    return scripts.toString();
  }

  private Program script(String text, int a, int b) {
    String path = Program.launcher().getParent() + ":" + System.getenv("PATH");
    Map<String, String> environment =
        Map.of("PATH", path, "A", String.valueOf(a), "B", String.valueOf(b));
    return Program.start(environment, "sh", "-euc", "cd '" + directory + "'\n" + text).await();
  }
}
