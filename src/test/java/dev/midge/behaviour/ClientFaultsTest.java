package dev.midge.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ObservedBroker;
import dev.midge.testing.ObservedBroker.Observed;
import dev.midge.testing.ObservedBroker.Step;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.ScriptedBroker.Sight;
import dev.midge.testing.WithScriptedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults of the client commands: several of them, coming back, chance, the log. */
class ClientFaultsTest extends WithScriptedBroker {
  @TempDir Path directory;

  private MidgeRun start(String line) {
    return MidgeRun.start(words(line));
  }

  private Connect connect(boolean sessionPresent) throws Exception {
    broker.accept();
    Connect connect = (Connect) broker.read(PacketType.CONNECT);
    broker.send(new Connack(sessionPresent, 0, Properties.NONE));
    return connect;
  }

  private Publish publish() throws Exception {
    return (Publish) broker.read(PacketType.PUBLISH);
  }

  private static String text(Publish publish) {
    return new String(publish.message().payload(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"paho", "direct"})
  void aPublisherComesBackWithItsSession(String engine) throws Exception {
    MidgeRun run =
        start(
            "pub -p PORT -V 5 -i c1 -x 60 -q 1 -t a -m x --fault close@publish:1 --then reconnect"
                + " --engine "
                + engine);
    Connect first = connect(false);
    Publish message = publish();
    assertThat(broker.read()).isNull();
    broker.hangUp();
    Connect second = connect(true);
    Publish again = publish();
    broker.send(dev.midge.mqtt.packet.Ack.of(PacketType.PUBACK, again.packetId()));

    assertThat(broker.read(PacketType.DISCONNECT)).isNotNull();
    broker.hangUp();
    assertThat(first.cleanStart()).isTrue();
    assertThat(second.cleanStart()).isFalse();
    assertThat(second.clientId()).isEqualTo("c1");
    assertThat(message.dup()).isFalse();
    assertThat(again.dup()).isTrue();
    assertThat(again.packetId()).isEqualTo(message.packetId());
    assertThat(run.await().status()).as(run.errText()).isZero();
  }

  @Test
  void withoutASessionTheClientComesBackWithACleanStart() throws Exception {
    MidgeRun run =
        start("conn -p PORT -V 5 -i c1 -W 2 --fault reset@connected --then reconnect:50ms");
    assertThat(connect(false).cleanStart()).isTrue();
    assertThat(broker.watch(20_000)).isEqualTo(Sight.RST);
    assertThat(connect(false).cleanStart()).isTrue();

    assertThat(broker.read(PacketType.DISCONNECT)).isNotNull();
    broker.hangUp();
    assertThat(run.await().status()).as(run.errText()).isZero();
    assertThat(run.errText()).contains("Fault reset@connected: ").contains("connection 1 of c1");
  }

  @Test
  void aSubscriberComesBackAndGoesOn() throws Exception {
    MidgeRun run =
        start("sub -p PORT -V 311 -c -i c1 -t a -C 1 --fault reset@subscribed --then reconnect");
    connect(false);
    broker.read(PacketType.SUBSCRIBE);
    broker.sendHex("9003000100");
    assertThat(broker.watch(20_000)).isEqualTo(Sight.RST);
    assertThat(connect(true).cleanStart()).isFalse();
    Subscribe again = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(again.packetId(), List.of(0), Properties.NONE));
    broker.sendHex("3004 0001 61 78");

    assertThat(broker.read(PacketType.DISCONNECT)).isNotNull();
    broker.hangUp();
    assertThat(run.await().outText()).isEqualTo("x\n");
    assertThat(run.status()).isZero();
  }

  @Test
  void whoHasDoneAllComesBackOnlyToEndInOrder() throws Exception {
    MidgeRun run = start("sub -p PORT -V 311 -i c1 -t a -C 1 --fault close@end --then reconnect");
    connect(false);
    broker.read(PacketType.SUBSCRIBE);
    broker.sendHex("9003000100 3004 0001 61 78");
    assertThat(broker.read()).isNull();
    broker.hangUp();
    connect(false);

    assertThat(broker.read(PacketType.DISCONNECT)).isNotNull();
    broker.hangUp();
    assertThat(run.await().status()).as(run.errText()).isZero();
  }

  @Test
  void aFrozenConnectionStaysOpenWhenItsClientComesBack() throws Exception {
    MidgeRun run = start("conn -p PORT -i c1 -W 2 --fault freeze@connected --then reconnect");
    connect(false);
    try (ScriptedBroker frozen = broker) {
      connect(false);
      assertThat(frozen.watch(100)).isEqualTo(Sight.NOTHING);
      assertThat(broker.read(PacketType.DISCONNECT)).isNotNull();
      broker.hangUp();
      assertThat(run.await().status()).as(run.errText()).isZero();
    }
  }

  @Test
  void aClientThatIsFrozenBeforeConnackWaitsForItsBroker() throws Exception {
    MidgeRun run = start("pub -p PORT -t a -m x --connect-timeout 1 --fault freeze@connect-out:1");
    broker.accept();
    broker.read(PacketType.CONNECT);
    assertThat(broker.watch(1300)).isEqualTo(Sight.NOTHING);
    assertThat(run.isDone()).isFalse();
    broker.hangUp();

    assertThat(run.await().status()).as(run.errText()).isZero();
  }

  @Test
  void aFaultHappensAsOftenAsItIsToldTo() throws Exception {
    MidgeRun run =
        MidgeRun.startWithInput(
            new java.io.ByteArrayInputStream("1\n2\n3\n4\n5\n".getBytes(UTF_8)),
            words("pub -p PORT -i c1 -t a -l --fault close@publish:2x2 --then reconnect"));
    for (int i = 0; i < 2; i++) {
      connect(false);
      assertThat(text(publish())).isEqualTo(String.valueOf(2 * i + 1));
      assertThat(text(publish())).isEqualTo(String.valueOf(2 * i + 2));
      assertThat(broker.read()).isNull();
      broker.hangUp();
    }
    connect(false);
    assertThat(text(publish())).isEqualTo("5");
    assertThat(broker.read(PacketType.DISCONNECT)).isNotNull();
    broker.hangUp();

    assertThat(run.await().status()).as(run.errText()).isZero();
    assertThat(run.errText().split("Fault close@publish:2x2: ", -1)).hasSize(3);
  }

  @Test
  void aClientThatComesBackDiesOfTheSameFaultOnceOnly() throws Exception {
    MidgeRun run = start("pub -p PORT -i c1 -t a -m x --fault close@connack --then reconnect");
    broker.accept();
    broker.read(PacketType.CONNECT);
    broker.send(new Connack(false, 0, Properties.NONE));
    assertThat(broker.read()).isNull();
    broker.hangUp();
    connect(false);
    publish();
    assertThat(broker.read(PacketType.DISCONNECT)).isNotNull();
    broker.hangUp();

    assertThat(run.await().status()).as(run.errText()).isZero();
  }

  @Test
  void eachOfSeveralFaultsHasToHappen() throws Exception {
    MidgeRun run = start("pub -p PORT -i c1 -t a -m x --fault delay:1ms --fault close@publish:7");
    connect(false);
    publish();
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();

    assertThat(run.await().status()).isEqualTo(1);
    assertThat(run.errText())
        .contains("Fault delay:1ms@connected: ")
        .contains("Error: the planned fault close@publish:7 did not happen: the end came before.");
  }

  /** The status is that of the time; but a test must know that it has run without its fault. */
  @Test
  void aFaultThatTheTimeHasOvertakenIsToldToo() throws Exception {
    MidgeRun run = start("sub -p PORT -i c1 -t a -W 1 --fault reset@publish-in:1");
    connect(false);
    broker.read(PacketType.SUBSCRIBE);
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();

    assertThat(run.await().status()).isEqualTo(27);
    assertThat(run.errText())
        .startsWith("Timed out\nError: the planned fault reset@publish-in:1 did not happen: ");
  }

  @Test
  void theReasonOfDisconnectIsTheUsers() throws Exception {
    for (String more : List.of("pub -t a -m x", "pub -t a -m x --repeat 2", "conn -W 2")) {
      MidgeRun run = start(more + " -p PORT -V 5 -i c1 --disconnect-reason 0x04");
      connect(false);
      Packet packet = broker.read();
      while (packet.type() == PacketType.PUBLISH) {
        packet = broker.read();
      }
      assertThat(packet).isEqualTo(new dev.midge.mqtt.packet.Disconnect(4, Properties.NONE));
      broker.hangUp();
      assertThat(run.await().status()).as(run.errText()).isZero();
    }
  }

  @Test
  void theLogHasALineForEachFault() throws Exception {
    Path log = directory.resolve("log");
    MidgeRun run =
        start(
            "pub -p PORT -i c1 -t a -m x --repeat 2 --fault delay:1ms+slice:9@publish:1 --fault"
                + " close@publish:2 --fault-log "
                + log);
    connect(false);
    publish();
    publish();
    assertThat(broker.read()).isNull();
    broker.hangUp();
    assertThat(run.await().status()).as(run.errText()).isZero();

    List<String> lines = Files.readAllLines(log);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .matches(
            "\\{\"time\":[0-9]+\\.[0-9]{6},\"fault\":\"delay:1ms\\+slice:9@publish-out:1\","
                + "\"effects\":\"delay:1ms\\+slice:9\",\"moment\":\"publish-out:1\","
                + "\"connection\":\"c1\",\"number\":1}");
    assertThat(lines.get(1)).contains("\"fault\":\"close@publish-out:2\"");
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 10);
  }

  /** Returns all that the broker sees and the client tells, without the times. */
  private static String played(String fault) throws Exception {
    try (ObservedBroker observed = new ObservedBroker(false)) {
      MidgeRun run =
          MidgeRun.run(
              (Object[])
                  ("pub -V 5 -x 60 -i c1 -q 1 -t a -m x --repeat 30 -p " + observed.port() + fault)
                      .split(" "));
      StringBuilder all = new StringBuilder(run.errText().replaceAll(", [0-9.]+ s after", ""));
      for (Observed each : observed.connections()) {
        await().until(() -> !each.ending().isEmpty());
        all.append(HexFormat.of().formatHex(each.bytes())).append(each.ending()).append('\n');
      }
      return all.append(run.status()).toString();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSameSeedDoesTheSameInTheSameOrder(long seed) throws Exception {
    String fault =
        " --fault close@random:0.05x3 --fault slice:5@random:0.1 --then reconnect --fault-seed "
            + seed;

    assertThat(played(fault)).isEqualTo(played(fault)).contains("Fault seed " + seed + ": ");
  }

  @Test
  void seedsDiffer() throws Exception {
    List<String> runs =
        seeds()
            .mapToObj(
                seed -> {
                  try {
                    return played(" --fault close@random:0.1 --fault-seed " + seed)
                        .replaceAll("seed [0-9]+", "");
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                })
            .distinct()
            .toList();

    assertThat(runs).hasSizeGreaterThan(3);
  }

  @Test
  void aProbabilityOfZeroDoesNothingAtAll() throws Exception {
    assertThat(played(" --fault reset@random:0 --fault garbage@random:0")).isEqualTo(played(""));
  }

  @Test
  void aClientWithAFaultSendsWhatItWouldSendWithout() throws Exception {
    assertThat(played(" --fault slice:1").replaceFirst("(?s)^Fault [^\n]*\n", ""))
        .isEqualTo(played(""));
  }

  private static List<PacketType> types(Observed seen) {
    return seen.steps().stream().filter(Step::out).map(Step::type).toList();
  }

  @Test
  void theEndOfStandardInputIsAMoment() throws Exception {
    try (ObservedBroker observed = new ObservedBroker(false)) {
      MidgeRun lines =
          MidgeRun.runWithInput(
              "1\n2\n".getBytes(UTF_8),
              (Object[]) ("pub -V 5 -l -t a --fault close@eof -p " + observed.port()).split(" "));
      MidgeRun whole =
          MidgeRun.runWithInput(
              "1".getBytes(UTF_8),
              (Object[]) ("pub -V 5 -s -t a --fault close@eof -p " + observed.port()).split(" "));

      assertThat(lines.status()).as(lines.errText()).isZero();
      assertThat(whole.status()).as(whole.errText()).isZero();
      assertThat(types(observed.connections().get(0)))
          .containsExactly(PacketType.CONNECT, PacketType.PUBLISH, PacketType.PUBLISH);
      assertThat(types(observed.connections().get(1))).containsExactly(PacketType.CONNECT);
    }
  }
}
