package dev.midge.cli.expect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.WithScriptedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A script learns by a file that messages can come, and never by an old one. */
class ReadyTest extends WithScriptedBroker {
  @TempDir Path directory;

  private Path ready() {
    return directory.resolve("ready");
  }

  private MidgeRun sub(String... more) {
    return MidgeRun.start(
        words("sub -p PORT -t a -t b --ready-file " + ready() + " " + String.join(" ", more)));
  }

  private void grant(Integer... codes) throws Exception {
    Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(subscribe.packetId(), List.of(codes), Properties.NONE));
  }

  private void endInOrder(MidgeRun run) throws Exception {
    run.requestStop();
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    run.await();
  }

  private List<String> files() throws IOException {
    try (var names = Files.list(directory)) {
      return names.map(each -> each.getFileName().toString()).toList();
    }
  }

  @Test
  void theFileComesBehindSubackAndBeforeTheFirstMessage() throws Exception {
    MidgeRun run = sub("-C 1");
    broker.welcome();
    Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    assertThat(ready()).doesNotExist();
    broker.send(new Suback(subscribe.packetId(), List.of(0, 0), Properties.NONE));
    Awaitility.await().until(() -> Files.exists(ready()));

    assertThat(ready()).hasContent(String.valueOf(ProcessHandle.current().pid()));
    assertThat(Files.readString(ready())).endsWith("\n");
    assertThat(files()).containsExactly("ready");
    assertThat(run.outText()).isEmpty();

    broker.send(new Publish(Message.of("a", new byte[] {'x'}, Qos.AT_MOST_ONCE, false), false, 0));
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(run.await().outText()).isEqualTo("x\n");
  }

  @Test
  void anOldFileIsGoneBeforeAConnectionIsMade() throws Exception {
    Files.writeString(ready(), "old\n");
    MidgeRun run = sub();
    broker.accept().read(PacketType.CONNECT);

    assertThat(ready()).doesNotExist();
    run.requestStop();
  }

  @Test
  void noFileComesWhereASubscriptionIsRefused() throws Exception {
    MidgeRun run = sub("-C 1");
    broker.welcome();
    grant(0, 0x87);
    broker.send(new Publish(Message.of("a", new byte[] {'x'}, Qos.AT_MOST_ONCE, false), false, 0));
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();

    assertThat(run.await().status()).isZero();
    assertThat(ready()).doesNotExist();
  }

  @Test
  void noneComesWhereAllAreRefusedAndAnExpectationIsNotMetThen() throws Exception {
    for (String none : new String[] {"", " --none"}) {
      MidgeRun run = sub("--expect x" + none);
      broker.welcome();
      grant(0x87, 0x87);
      broker.read(PacketType.DISCONNECT);
      broker.hangUp();

      assertThat(run.await().status()).isEqualTo(50);
      assertThat(run.errText()).contains("All subscription requests were denied.");
      assertThat(ready()).doesNotExist();
    }
  }

  @Test
  void strictEndsWith50BeforeAnyMessage() throws Exception {
    MidgeRun run = sub("--expect x --strict --within 1h");
    broker.welcome();
    grant(0, 0x87);
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();

    assertThat(run.await().status()).isEqualTo(50);
  }

  @Test
  void whereNoSubackCameInTimeNobodyKnowsThatNoMessageCame() throws Exception {
    MidgeRun run = sub("--expect x --none --within 2s");
    broker.welcome();
    broker.read(PacketType.SUBSCRIBE);
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();

    assertThat(run.await().status()).isEqualTo(27);
    assertThat(run.errText())
        .contains("Error: No message could come: the broker has not granted the subscription.\n");
  }

  @Test
  void theFileComesOnceThoughTheConnectionIsMadeAgain() throws Exception {
    MidgeRun run = sub();
    broker.welcome();
    grant(0, 0);
    Awaitility.await().until(() -> Files.exists(ready()));
    Files.delete(ready());
    broker.hangUp();
    broker.welcome();
    grant(0, 0);
    endInOrder(run);

    assertThat(ready()).doesNotExist();
  }

  @Test
  void connIsReadyBehindConnack() throws Exception {
    MidgeRun run = MidgeRun.start(words("conn -p PORT --ready-file " + ready()));
    broker.accept().read(PacketType.CONNECT);
    assertThat(ready()).doesNotExist();
    broker.send(new Connack(false, 0, Properties.NONE));

    Awaitility.await().until(() -> Files.exists(ready()));
    endInOrder(run);
  }

  @Test
  void aServerIsReadyBehindSuback() throws Exception {
    MidgeRun run = MidgeRun.start(words("rr -p PORT --serve -t a --echo --ready-file " + ready()));
    broker.welcome();
    assertThat(ready()).doesNotExist();
    grant(1);

    Awaitility.await().until(() -> Files.exists(ready()));
    endInOrder(run);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rr -t a -e b -m x --ready-file f | --ready-file needs --serve.",
        "rr -t a -e b -m x --ready-fd 3 | --ready-fd needs --serve.",
        "sub -t a --ready-file= | --ready-file needs the name of a file, and it is empty."
      })
  void wrongWordsAreToldAsSuch(String line, String why) {
    assertThat(MidgeRun.run((Object[]) line.split(" ")).errText()).startsWith("Error: " + why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--json -v", "--json -d", "--json --engine paho"})
  void aFleetIsReadyBehindTheConnackOfTheLast(String more) throws Exception {
    MidgeRun run =
        MidgeRun.start(words("conn -p PORT --count 2 --ready-file " + ready() + " " + more));
    broker.welcome();
    run.awaitOut("connected");
    assertThat(ready()).doesNotExist();
    broker.welcome();

    Awaitility.await().until(() -> Files.exists(ready()));
    run.requestStop();
    broker.read(PacketType.DISCONNECT);
    assertThat(run.await().status()).isZero();
  }

  @Test
  void aFleetOfWhichOneIsRefusedIsNeverReady() throws Exception {
    MidgeRun run = MidgeRun.start(words("conn -p PORT --count 2 --json --ready-file " + ready()));
    broker.welcome();
    run.awaitOut("connected");
    broker.refuse(0x87);
    broker.hangUp();
    run.awaitErr("Connected 1 of 2");
    run.requestStop();

    assertThat(run.await().status()).isEqualTo(0x87);
    assertThat(ready()).doesNotExist();
  }

  @Test
  void aFleetIsReadyOnceThoughAClientComesBack() throws Exception {
    MidgeRun run =
        MidgeRun.start(
            words("conn -p PORT --count 1 --retry 1 --retry-delay 10ms --ready-file " + ready()));
    broker.welcome();
    Awaitility.await().until(() -> Files.exists(ready()));
    Files.delete(ready());
    broker.hangUp();
    broker.welcome();
    broker.hangUp();
    broker.accept().read(PacketType.CONNECT);
    run.requestStop();

    assertThat(run.await().status()).isZero();
    assertThat(ready()).doesNotExist();
  }
}
