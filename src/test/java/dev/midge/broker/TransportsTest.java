package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.AllTransports.Transport;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Behaviour on a TCP socket is the same through every layer. */
class TransportsTest {
  @TempDir static Path folder;
  private static Certificates certificates;

  private AllTransports transports;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = Certificates.make(folder);
  }

  @BeforeEach
  void start() throws Exception {
    transports = new AllTransports(folder, certificates);
  }

  @AfterEach
  void stop() {
    transports.close();
  }

  private RawClient open(Transport transport, ProtocolVersion version) throws IOException {
    return transports.open(transport, version);
  }

  private RawClient client(Transport transport, ProtocolVersion version, String clientId)
      throws IOException {
    return open(transport, version).accepted(RawClient.connect(version, clientId));
  }

  private static byte[] hash(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void messagesOfAllSizesArriveWhole(Transport transport) throws Exception {
    Random random = new Random(11);
    int[] sizes = {
      0, 1, 110, 125, 126, 127, 4_096, 4_097, 16_383, 16_384, 65_535, 65_536, 2_000_000
    };
    try (RawClient subscriber = client(transport, V5, "s");
        RawClient publisher = client(transport, V3_1_1, "p")) {
      subscriber.subscribe("a", Qos.AT_MOST_ONCE);
      for (int size : sizes) {
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        // Two at once, so that the end of one and the start of the next share frames and records.
        Thread publishing =
            new Thread(
                () -> {
                  try {
                    publisher.publish(Message.of("a", payload, Qos.AT_MOST_ONCE, false));
                    publisher.publish(Message.of("a", payload, Qos.AT_MOST_ONCE, false));
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                });
        publishing.start();
        for (int i = 0; i < 2; i++) {
          byte[] got = subscriber.expect(Publish.class).message().payload();
          assertThat(hash(got)).as("%d bytes", size).isEqualTo(hash(payload));
        }
        publishing.join();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoIsSentAwayCanReadTheReasonEvenInTheMidstOfItsOwnFlood(Transport transport)
      throws IOException {
    for (int i = 0; i < 10; i++) {
      try (RawClient flooder = client(transport, V5, "flooder")) {
        flooder.sendHex("30 07 0000 03 230000 61" + "c000".repeat(20_000));
        assertThat(flooder.expect(Disconnect.class).reasonCode())
            .isEqualTo(ReasonCode.PROTOCOL_ERROR);
        flooder.expectEnd();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRefusedConnectCanBeRead(Transport transport) throws IOException {
    try (RawClient raw = open(transport, V5)) {
      raw.sendHex("10 0e 0004 4d515454 06 02 003c 00 0001 63" + "c000".repeat(1000));
      raw.expectHex("20 03 00 84 00");
      raw.expectEnd();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCloseWithoutDisconnectReleasesTheWillAndDisconnectDoesNot(Transport transport)
      throws IOException {
    Will will = new Will(Message.of("s", "gone".getBytes(), Qos.AT_MOST_ONCE, false));
    try (RawClient watcher = client(transport, V5, "w")) {
      watcher.subscribe("s", Qos.AT_MOST_ONCE);
      RawClient polite =
          open(transport, V5)
              .accepted(RawClient.connect(V5, "polite", true, will, Properties.NONE));
      polite.send(Disconnect.NORMAL);
      polite.expectEnd();
      polite.close();
      watcher.expectNothing();
      open(transport, V5)
          .accepted(RawClient.connect(V5, "rude", true, will, Properties.NONE))
          .close();
      watcher.expectMessage("gone");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReaderThatHasStoppedDelaysNobodyAndFindsAllThatWaited(Transport transport)
      throws IOException {
    int count = 300;
    byte[] payload = new byte[50_000]; // far more than the sockets take
    try (RawClient stopped = client(transport, V5, "stopped");
        RawClient quick = client(transport, V5, "quick");
        RawClient publisher = client(transport, V5, "p")) {
      stopped.subscribe("a", Qos.AT_MOST_ONCE);
      quick.subscribe("a", Qos.AT_MOST_ONCE);
      for (int i = 0; i < count; i++) {
        payload[0] = (byte) i;
        publisher.publish(Message.of("a", payload, Qos.AT_MOST_ONCE, false));
        quick.expect(Publish.class);
      }
      for (int i = 0; i < count; i++) {
        assertThat(stopped.expect(Publish.class).message().payload()[0]).isEqualTo((byte) i);
      }
      stopped.expectNothing();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theBrokersStopCanBeRead(Transport transport) throws IOException {
    try (RawClient client = client(transport, V5, "c")) {
      transports.close();
      assertThat(client.expect(Disconnect.class).reasonCode())
          .isEqualTo(ReasonCode.SERVER_SHUTTING_DOWN);
      client.expectEnd();
    }
  }
}
