package dev.midge.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that pub makes itself, and the rate at which it sends them. */
class TemplatesAndRatesTest extends BehaviourTest {

  private MidgeRun pub(Object... options) {
    return MidgeRun.run(with(port(), options));
  }

  private static Object[] with(int port, Object... options) {
    List<Object> line = new ArrayList<>(List.of("pub", "-p", port));
    line.addAll(Arrays.asList(options));
    return line.toArray();
  }

  private static void assertFine(MidgeRun run) {
    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void oneMessageOfATemplate() {
    MidgeRun sub = subscriber("-t", "#", "-C", "1", "-F", "%t %p");
    Instant before = Instant.now().minusSeconds(1);

    assertFine(
        pub("-t", "dev/{count}", "--template", "{\"n\":{count},\"time\":{\"at\":{json time}}}"));

    String line = messages(sub.await()).get(0);
    assertThat(line).startsWith("dev/{count} {\"n\":1,\"time\":{\"at\":\"").endsWith("Z\"}}");
    Instant told = Instant.parse(line.replaceFirst(".*at\":\"", "").replaceFirst("\".*", ""));
    assertThat(told).isBetween(before, Instant.now().plusSeconds(1));
  }

  @ParameterizedTest(name = "QoS {0} {1}")
  @CsvSource({"0,", "1,", "2,", "0,--rate", "1,--rate", "2,--rate"})
  void aRepeatedTemplateIsMadeForEachMessage(int qos, String rate) {
    MidgeRun sub = subscriber("-t", "#", "-q", "2", "-C", "5", "-F", "%t %p %q");
    List<Object> line =
        new ArrayList<>(
            List.of("--topic-template", "dev/{cycle a b}", "--template", "{count 10}", "-q", qos));
    line.addAll(List.of("--repeat", "5"));
    if (rate != null) {
      line.addAll(List.of(rate, "100/s"));
    }

    assertFine(pub(line.toArray()));

    String q = " " + qos;
    assertThat(messages(sub.await()))
        .containsExactly(
            "dev/a 10" + q, "dev/b 11" + q, "dev/a 12" + q, "dev/b 13" + q, "dev/a 14" + q);
  }

  @Test
  void linesBecomePartsOfATemplate() {
    MidgeRun sub = subscriber("-t", "#", "-C", "3", "-F", "%t %p");

    assertFine(
        MidgeRun.runWithInput(
            "a\nsay \"hi\"\n\n".getBytes(UTF_8),
            with(
                port(),
                "-l",
                "--rate",
                "1000",
                "--topic-template",
                "log/{count}",
                "--template",
                "{\"log\":{json line}}")));

    assertThat(messages(sub.await()))
        .containsExactly(
            "log/1 {\"log\":\"a\"}", "log/2 {\"log\":\"say \\\"hi\\\"\"}", "log/3 {\"log\":\"\"}");
  }

  @Test
  void theTimeOfARepeatedMessageIsThatAtWhichItIsSent() throws Exception {
    try (ScriptedBroker played = new ScriptedBroker()) {
      MidgeRun run =
          MidgeRun.start(
              with(
                  played.port(), "-t", "t", "--template", "{unix-ms}", "-q", "1", "--repeat", "2"));
      played.welcome();
      Publish first = (Publish) played.read(PacketType.PUBLISH);
      long acknowledged = System.currentTimeMillis();
      played.send(Ack.of(PacketType.PUBACK, first.packetId()));
      Publish second = (Publish) played.read(PacketType.PUBLISH);
      played.send(Ack.of(PacketType.PUBACK, second.packetId()));
      played.read(PacketType.DISCONNECT);
      played.hangUp();

      assertThat(Long.parseLong(new String(second.message().payload(), UTF_8)))
          .isGreaterThanOrEqualTo(acknowledged);
      assertFine(run.await());
    }
  }

  @Test
  void atARateMessagesDoNotWaitForAcknowledgements() throws Exception {
    try (ScriptedBroker played = new ScriptedBroker()) {
      MidgeRun run =
          MidgeRun.start(
              with(
                  played.port(),
                  "-t",
                  "t",
                  "-m",
                  "x",
                  "-q",
                  "1",
                  "--repeat",
                  "5",
                  "--rate",
                  "100"));
      played.welcome();
      List<Integer> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        ids.add(((Publish) played.read(PacketType.PUBLISH)).packetId());
      }
      for (int id : ids) {
        played.send(Ack.of(PacketType.PUBACK, id));
      }
      played.read(PacketType.DISCONNECT);
      played.hangUp();

      assertThat(ids).containsExactly(1, 2, 3, 4, 5);
      assertFine(run.await());
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1000, 1000", "200k, 204800"})
  void aPayloadOfASize(String size, int bytes) {
    assertFine(pub("-t", "s", "-r", "--size", size, "--seed", "5"));
    if (bytes == 0) { // Which clears the retained message.
      assertThat(MidgeRun.run("sub", "-p", port(), "-t", "s", "-W", "2").status()).isEqualTo(27);
      return;
    }
    byte[] first = MidgeRun.run("sub", "-p", port(), "-t", "s", "-C", "1", "-N").out();
    assertThat(first).hasSize(bytes);

    assertFine(pub("-t", "s", "-r", "--size", size, "--seed", "5"));
    assertThat(MidgeRun.run("sub", "-p", port(), "-t", "s", "-C", "1", "-N").out())
        .isEqualTo(first);
  }

  @Test
  void payloadsOfASizeDiffer() {
    MidgeRun sub = subscriber("-t", "s", "-C", "3", "-F", "%x");

    assertFine(pub("-t", "s", "--size", "16", "--repeat", "3"));

    assertThat(messages(sub.await())).doesNotHaveDuplicates().allMatch(hex -> hex.length() == 32);
  }

  @Test
  void blanksFillATemplateUpToASize() {
    MidgeRun sub = subscriber("-t", "s", "-C", "1", "-F", "%p.");

    assertFine(pub("-t", "s", "--template", "{\"n\":{count}}", "--size", "12"));

    assertThat(messages(sub.await())).containsExactly("{\"n\":1}     .");
  }

  @Test
  void aTemplateThatMakesMoreThanTheSizeEndsWithOneLine() {
    MidgeRun sub = subscriber("-t", "s", "-C", "2", "-F", "%p.");

    MidgeRun run =
        pub("-t", "s", "--template", "{count 8}", "--size", "1", "--repeat", "5", "-q", "1");

    assertThat(run.errText())
        .isEqualTo("Error: --template made 2 bytes for message 3, but --size allows only 1.\n");
    assertThat(run.status()).isEqualTo(1);
    assertThat(messages(sub.await())).containsExactly("8.", "9.");
  }

  @Test
  void aTopicThatIsNoneEndsWithOneLineAndWhatCameBeforeIsDelivered() {
    MidgeRun sub = subscriber("-t", "#", "-C", "1", "-F", "%t");

    MidgeRun run =
        MidgeRun.runWithInput(
            "good\n\u001b[1m+\nnever\n".getBytes(UTF_8),
            with(port(), "-l", "--topic-template", "log/{line}"));

    assertThat(run.errText())
        .startsWith(
            "Error: --topic-template made 'log/\\x1b[1m+' for message 2, which is no topic: ")
        .hasLineCount(1);
    assertThat(run.status()).isEqualTo(1);
    assertThat(messages(sub.await())).containsExactly("log/good");
  }

  @Test
  void aTopicOfALineThatIsNoUtf8IsNone() {
    byte[] lines = {'g', '\n', 'x', (byte) 0xFF, '\n', 'n', '\n'};
    MidgeRun run =
        MidgeRun.runWithInput(lines, with(port(), "-l", "--topic-template", "log/{line}"));

    assertThat(run.errText())
        .startsWith("Error: --topic-template made 'log/x")
        .contains("for message 2, which is no topic: ")
        .hasLineCount(1);
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void theClientIdIsTheGivenOne() {
    MidgeRun sub = subscriber("-t", "#", "-C", "1", "-F", "%t %p");

    assertFine(pub("-i", "s1", "--topic-template", "dev/{id}", "--template", "{client}"));

    assertThat(messages(sub.await())).containsExactly("dev/s1 1");
  }

  @ParameterizedTest
  @CsvSource({"--rate,50", "--repeat-delay,0.01"})
  void whoComesBackAfterAFaultGoesOnCounting(String pace, String word) {
    MidgeRun sub = subscriber("-t", "t", "-q", "1");

    MidgeRun run =
        pub(
            "-t",
            "t",
            "-i",
            "c",
            "-x",
            "60",
            "-q",
            "1",
            "--template",
            "{count}",
            "--repeat",
            "4",
            pace,
            word,
            "--fault",
            "reset@publish:2",
            "--then",
            "reconnect");

    assertThat(run.status()).as(run.errText()).isZero();
    sub.awaitOut("\n4\n");
    assertThat(messages(sub.stop())).contains("1", "2", "3", "4");
  }
}
