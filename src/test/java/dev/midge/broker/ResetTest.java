package dev.midge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.AllTransports.Transport;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that tears its connection has said all the same what it said before. */
class ResetTest {
  private static final int ROUNDS = 25;
  private static final int MESSAGES = 40;

  @TempDir Path folder;

  private static String hex(ProtocolVersion version, List<Packet> packets) {
    StringBuilder hex = new StringBuilder();
    for (Packet packet : packets) {
      ByteBuffer bytes = PacketEncoder.encode(packet, version);
      hex.append(
          HexFormat.of()
              .formatHex(bytes.array(), bytes.position(), bytes.position() + bytes.remaining()));
    }
    return hex.toString();
  }

  private static List<Packet> hello(ProtocolVersion version, String topic) {
    Will will = new Will(Message.of(topic, "will".getBytes(), Qos.AT_LEAST_ONCE, false));
    List<Packet> packets = new ArrayList<>();
    packets.add(RawClient.connect(version, "c", true, will, Properties.NONE));
    for (int i = 1; i <= MESSAGES; i++) {
      Qos qos = i % 2 == 0 ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE;
      Message message = Message.of(topic, ("m" + i).getBytes(), qos, false);
      packets.add(new Publish(message, false, qos == Qos.AT_MOST_ONCE ? 0 : i));
    }
    return packets;
  }

  @Test
  void whatWasSentBeforeAResetArrives() throws Exception {
    try (AllTransports transports = new AllTransports(folder, Certificates.make(folder));
        RawClient watcher =
            transports
                .open(Transport.TCP, ProtocolVersion.V5)
                .accepted(RawClient.connect(ProtocolVersion.V5, "w"))) {
      watcher.subscribe("#", Qos.AT_MOST_ONCE);
      for (Transport transport : Transport.values()) {
        for (ProtocolVersion version : ProtocolVersion.values()) {
          for (int round = 0; round < ROUNDS; round++) {
            boolean leaves = round % 2 == 0;
            String topic = transport + "/" + version + "/" + round;
            List<Packet> packets = hello(version, topic);
            if (leaves) {
              packets.add(Disconnect.NORMAL);
            }
            transports.open(transport, version).sendHex(hex(version, packets));
            transports.tear();
            for (int i = 1; i <= MESSAGES; i++) {
              assertThat(watcher.expectMessage("m" + i).message().topic()).isEqualTo(topic);
            }
            if (leaves) {
              watcher.expectNothing();
            } else {
              watcher.expectMessage("will");
            }
          }
        }
      }
    }
  }
}
