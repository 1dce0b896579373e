package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V3_1;
import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The broker over real sockets: what the core's own tests cannot see. */
class BrokerTest {
  private static final String CONNECT_V5 = "10 0e 0004 4d515454 05 02 003c 00 0001 63";
  private static final String CONNACK_V5 = "20 0e 00 00 0b 22000a 27001e8480 210014";
  private Broker broker;

  @BeforeEach
  void start() throws IOException {
    broker = Broker.start(BrokerConfig.onFreePort());
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private RawClient client(ProtocolVersion version, String clientId) throws IOException {
    return RawClient.connected(broker.port(), version, clientId);
  }

  private static Will will(String topic) {
    return new Will(Message.of(topic, "gone".getBytes(), Qos.AT_LEAST_ONCE, false));
  }

  private RawClient withWill(ProtocolVersion version, String clientId) throws IOException {
    return RawClient.connected(
        broker.port(),
        RawClient.connect(version, clientId, true, will("s/" + clientId), Properties.NONE));
  }

  @Test
  void connackIsMosquittosToTheByte() throws IOException {
    try (RawClient raw = RawClient.open(broker.port(), V5)) {
      raw.sendHex(CONNECT_V5);
      raw.expectHex(CONNACK_V5);
    }
  }

  @Test
  void bytesMayComeOneByOneAndManyPacketsAtOnce() throws IOException {
    try (RawClient raw = RawClient.open(broker.port(), V5)) {
      for (String each : CONNECT_V5.replace(" ", "").split("(?<=\\G..)")) {
        raw.sendHex(each);
      }
      raw.sendHex("c000 c000 c000 8207 0001 00 0001 61 00 c000");
      raw.expectHex(CONNACK_V5 + "d000 d000 d000 9004 0001 00 00 d000");
    }
  }

  @Test
  void everyVersionAndQosGetsThrough() throws IOException {
    for (ProtocolVersion version : List.of(V3_1, V3_1_1, V5)) {
      for (Qos qos : Qos.values()) {
        try (RawClient subscriber = client(version, "s");
            RawClient publisher = client(version, "p")) {
          subscriber.subscribe("a/#", qos);
          publisher.publish("a/b", "hi", qos);
          if (qos == Qos.EXACTLY_ONCE) {
            Ack pubrec = publisher.expect(Ack.class);
            publisher.send(Ack.of(PacketType.PUBREL, pubrec.packetId()));
          }
          Publish got = subscriber.expectMessage("hi");
          assertThat(got.message().qos()).isEqualTo(qos);
        }
      }
    }
  }

  @Test
  void bothLoopbackFamiliesShareThePort() throws IOException {
    try (Socket ipv4 = new Socket("127.0.0.1", broker.port())) {
      assertThat(ipv4.isConnected()).isTrue();
    }
    try (Socket probe = new Socket(InetAddress.getByName("::1"), broker.port())) {
      assertThat(probe.isConnected()).isTrue();
    } catch (IOException e) {
      assertThatThrownBy(() -> new java.net.ServerSocket(0, 1, InetAddress.getByName("::1")))
          .as("only a machine without IPv6 may refuse")
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aPortInUseIsAnErrorAndLeavesNothingOpen() throws IOException {
    BrokerConfig taken = new BrokerConfig(List.of(0, broker.port()), event -> {}, false);
    assertThatThrownBy(() -> Broker.start(taken)).isInstanceOf(IOException.class);
  }

  @Test
  void severalBrokersLiveSideBySide() throws IOException {
    try (Broker other = Broker.start(BrokerConfig.onFreePort());
        RawClient here = client(V5, "c");
        RawClient there = RawClient.connected(other.port(), V5, "c")) {
      there.subscribe("#", Qos.AT_MOST_ONCE);
      here.publish("a", "x", Qos.AT_MOST_ONCE);
      there.expectNothing();
      here.expectNothing();
    }
  }

  @Test
  void aTornConnectionReleasesTheWill() throws IOException {
    for (ProtocolVersion version : List.of(V3_1, V3_1_1, V5)) {
      try (RawClient watcher = client(V5, "w")) {
        watcher.subscribe("s/#", Qos.AT_MOST_ONCE);
        withWill(version, "torn").reset();
        assertThat(watcher.expectMessage("gone").message().topic()).isEqualTo("s/torn");
      }
    }
  }

  @Test
  void anOrderlyCloseWithoutDisconnectReleasesTheWill() throws IOException {
    try (RawClient watcher = client(V5, "w")) {
      watcher.subscribe("s/#", Qos.AT_MOST_ONCE);
      withWill(V5, "closed").close();
      watcher.expectMessage("gone");
    }
  }

  @Test
  void silenceReleasesTheWillAndTheClientIsTold() throws IOException {
    Connect silent =
        new Connect(V5, true, 1, "silent", will("s/silent"), null, null, Properties.NONE);
    try (RawClient watcher = client(V5, "w");
        RawClient client = RawClient.connected(broker.port(), silent)) {
      watcher.subscribe("s/#", Qos.AT_MOST_ONCE);
      watcher.expectMessage("gone");
      assertThat(client.expect(Disconnect.class).reasonCode())
          .isEqualTo(ReasonCode.KEEP_ALIVE_TIMEOUT);
      client.expectEnd();
    }
  }

  @Test
  void aDelayedWillComesAfterItsDelay() throws IOException {
    Message message =
        new Message(
            "s/late",
            "gone".getBytes(),
            Qos.AT_MOST_ONCE,
            false,
            Properties.of(Property.WILL_DELAY_INTERVAL, 1));
    Properties expiry = Properties.of(Property.SESSION_EXPIRY_INTERVAL, 60);
    try (RawClient watcher = client(V5, "w")) {
      watcher.subscribe("s/#", Qos.AT_MOST_ONCE);
      RawClient late =
          RawClient.connected(
              broker.port(), RawClient.connect(V5, "late", true, new Will(message), expiry));
      long torn = System.nanoTime();
      late.reset();
      watcher.expectMessage("gone");
      assertThat(System.nanoTime() - torn).as("never early").isGreaterThan(1_000_000_000L);
    }
  }

  @Test
  void disconnectRightAfterPublishIsReadEvenIfTheAnswerFindsNobody() throws IOException {
    try (RawClient watcher = client(V5, "w")) {
      watcher.subscribe("#", Qos.AT_MOST_ONCE);
      for (int i = 0; i < 200; i++) {
        RawClient hasty = withWill(V5, "hasty");
        hasty.publish("a", "last", Qos.AT_LEAST_ONCE);
        hasty.send(Disconnect.NORMAL);
        hasty.close();
        watcher.expectMessage("last");
      }
      watcher.expectNothing();
    }
  }

  @Test
  void whoIsSentAwayCanReadTheReasonEvenInTheMidstOfItsOwnFlood() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (RawClient flooder = client(V5, "flooder")) {
        // PUBLISH with a bad alias, and a lot behind it that will never be read.
        flooder.sendHex("30 07 0000 03 230000 61" + "c000".repeat(20_000));
        Disconnect disconnect = flooder.expect(Disconnect.class);
        assertThat(disconnect.reasonCode()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        flooder.expectEnd();
      }
    }
  }

  @Test
  void aRefusedConnectCanBeReadToo() throws IOException {
    try (RawClient raw = RawClient.open(broker.port(), V5)) {
      raw.sendHex("10 0e 0004 4d515454 06 02 003c 00 0001 63" + "c000".repeat(1000));
      raw.expectHex("20 03 00 84 00");
      raw.expectEnd();
    }
  }

  @Test
  void theClientThatTakesOverGetsItsConnackAndTheOldOneTheReason() throws IOException {
    try (RawClient old = client(V5, "c");
        RawClient taker = client(V5, "c")) {
      assertThat(old.expect(Disconnect.class).reasonCode())
          .isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
      old.expectEnd();
      taker.expectNothing();
    }
  }

  @Test
  void aPacketOverTheMaximumIsRefusedFromItsHeader() throws IOException {
    try (RawClient raw = client(V5, "c")) {
      raw.sendHex("30 ff ff ff 7f");
      assertThat(raw.expect(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
      raw.expectEnd();
    }
  }

  @Test
  void aMessageOfAMegabyteArrivesWhole() throws IOException {
    byte[] payload = new byte[1_000_000];
    new Random(7).nextBytes(payload);
    try (RawClient one = client(V5, "1");
        RawClient two = client(V3_1_1, "2");
        RawClient publisher = client(V5, "p")) {
      one.subscribe("big", Qos.AT_MOST_ONCE);
      two.subscribe("big", Qos.EXACTLY_ONCE);
      publisher.publish(Message.of("big", payload, Qos.AT_LEAST_ONCE, false));
      assertThat(one.expect(Publish.class).message().payload()).isEqualTo(payload);
      assertThat(two.expect(Publish.class).message().payload()).isEqualTo(payload);
    }
  }

  @Test
  void aReaderThatHasStoppedDelaysNobodyAndLosesOnlyWhatIsTooMuch() throws IOException {
    int count = 400;
    byte[] payload = new byte[50_000]; // far more than the sockets take
    try (RawClient stopped = client(V5, "stopped");
        RawClient quick = client(V5, "quick");
        RawClient publisher = client(V5, "p")) {
      stopped.subscribe("a", Qos.AT_MOST_ONCE);
      quick.subscribe("a", Qos.AT_MOST_ONCE);
      for (int i = 0; i < count; i++) {
        publisher.publish(Message.of("a", payload, Qos.AT_MOST_ONCE, false));
        quick.expect(Publish.class);
      }
      for (int i = 0; i < count; i++) {
        stopped.expect(Publish.class); // fewer than 1000: all waited
      }
      stopped.expectNothing();
    }
  }

  @Test
  void aBurstIsNoReasonToDropForAReaderWhoReads() throws Exception {
    int count = 50_000;
    try (RawClient reader = client(V5, "reader");
        RawClient publisher = client(V5, "p")) {
      reader.subscribe("a", Qos.AT_MOST_ONCE);
      Thread burst =
          new Thread(
              () -> {
                try {
                  StringBuilder packets = new StringBuilder();
                  for (int i = 0; i < 1000; i++) {
                    packets.append("3005 000161 00 78");
                  }
                  for (int i = 0; i < count / 1000; i++) {
                    publisher.sendHex(packets.toString());
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      burst.start();
      for (int i = 0; i < count; i++) {
        reader.expectMessage("x");
      }
      burst.join();
    }
  }

  @Test
  @SuppressWarnings("try") // the mute client goes before the end
  void whoAsksAndNeverReadsIsNotHeardForEver() throws Exception {
    try (RawClient witness = client(V5, "witness");
        RawClient mute = client(V5, "mute")) {
      AtomicLong asked = new AtomicLong();
      String pings = "c000".repeat(50_000);
      Thread asking =
          new Thread(
              () -> {
                try {
                  while (true) {
                    mute.sendHex(pings);
                    asked.incrementAndGet();
                  }
                } catch (IOException e) {
                  // The test is over.
                }
              });
      asking.start();
      AtomicLong before = new AtomicLong();
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> before.getAndSet(asked.get()) == asked.get() && asked.get() > 0);
      witness.expectNothing();
      mute.close();
      asking.join();
    }
  }

  @Test
  void anyBytesCostAtMostTheirOwnConnection() throws IOException {
    Random random = new Random(1);
    try (RawClient witness = client(V5, "witness")) {
      for (int i = 0; i < 300; i++) {
        try (Socket hostile = new Socket("127.0.0.1", broker.port())) {
          byte[] bytes = new byte[random.nextInt(200)];
          random.nextBytes(bytes);
          if (i % 2 == 0) { // so that it gets past the first byte
            hostile.getOutputStream().write(new byte[] {0x10, 0x0e, 0, 4, 'M', 'Q', 'T', 'T', 5});
            hostile.getOutputStream().write(new byte[] {2, 0, 60, 0, 0, 1, 'h'});
          }
          hostile.getOutputStream().write(bytes);
        }
      }
      witness.expectNothing();
    }
  }

  @Test
  void aHundredAndMoreConnectionsAtOnceAreNoTrouble() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        clients.add(client(V5, "c" + i));
        clients.get(i).subscribe("a", Qos.AT_LEAST_ONCE);
      }
      clients.get(0).publish("a", "x", Qos.AT_MOST_ONCE);
      for (RawClient each : clients) {
        each.expectMessage("x");
      }
    } finally {
      for (RawClient each : clients) {
        each.close();
      }
    }
  }

  @Test
  void closePublishesTheWillsThenSendsEverybodyAway() throws IOException {
    try (RawClient watcher = client(V5, "watcher");
        RawClient old = client(V3_1_1, "old");
        RawClient dying = withWill(V5, "dying")) {
      watcher.subscribe("s/#", Qos.AT_MOST_ONCE);
      broker.close();
      watcher.expectMessage("gone");
      assertThat(watcher.expect(Disconnect.class).reasonCode())
          .isEqualTo(ReasonCode.SERVER_SHUTTING_DOWN);
      watcher.expectEnd();
      old.expectEnd();
      assertThat(dying.expect(Disconnect.class).reasonCode())
          .isEqualTo(ReasonCode.SERVER_SHUTTING_DOWN);
      broker.close();
      assertThatThrownBy(() -> new Socket("127.0.0.1", broker.port()))
          .isInstanceOf(IOException.class);
    }
  }
}
