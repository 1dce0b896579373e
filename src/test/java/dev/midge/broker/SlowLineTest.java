package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V5;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A packet that takes longer than the keep alive, over a real socket and a clock of its own. */
class SlowLineTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong skipped = new AtomicLong();
  private Broker broker;
  private RawClient witness;

  @BeforeEach
  void start() throws IOException {
    broker =
        Broker.start(
            BrokerConfig.onFreePort(), () -> null, () -> System.nanoTime() + skipped.get());
    witness = client("witness", 0);
    witness.subscribe("a", Qos.AT_MOST_ONCE);
  }

  @AfterEach
  void stop() throws IOException {
    witness.close();
    broker.close();
  }

  private RawClient client(String name, int keepAlive) throws IOException {
    return RawClient.connected(
        broker.port(), new Connect(V5, true, keepAlive, name, null, null, null, Properties.NONE));
  }

  /** The broker has read all that was sent, and then seconds pass. */
  private void pass(int seconds) throws IOException {
    witness.expectNothing();
    skipped.addAndGet(seconds * SECOND);
    witness.expectNothing();
  }

  private static String publish(int length) {
    Message message = Message.of("a", "x".repeat(length).getBytes(), Qos.AT_MOST_ONCE, false);
    return HexFormat.of()
        .formatHex(PacketEncoder.encode(new Publish(message, false, 0), V5).array());
  }

  @Test
  void aLargePacketOnASlowLineArrives() throws IOException {
    try (RawClient slow = client("slow", 2)) {
      String hex = publish(59_000);
      int piece = 20_000; // 10,000 bytes
      for (int at = 0; at < hex.length(); at += piece) {
        slow.sendHex(hex.substring(at, Math.min(hex.length(), at + piece)));
        if (at + piece < hex.length()) {
          pass(2);
        }
      }
      witness.expectMessage("x".repeat(59_000));
    }
  }

  @Test
  void aSmallPacketOnASlowLineIsSilence() throws IOException {
    try (RawClient slow = client("slow", 2)) {
      String hex = publish(500);
      for (int second = 0; second < 3; second++) {
        slow.sendHex(hex.substring(second * 20, second * 20 + 20));
        pass(1);
      }
      slow.expect(Disconnect.class);
      slow.expectEnd();
    }
  }

  @Test
  void theLastThousandBytesOfALargePacketMustComeInTime() throws IOException {
    try (RawClient slow = client("slow", 2)) {
      String hex = publish(60_000);
      slow.sendHex(hex.substring(0, hex.length() - 2000));
      pass(2);
      slow.sendHex(hex.substring(hex.length() - 2000, hex.length() - 1000));
      pass(1);
      slow.expect(Disconnect.class);
      slow.expectEnd();
    }
  }
}
