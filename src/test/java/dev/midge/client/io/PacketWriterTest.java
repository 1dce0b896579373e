package dev.midge.client.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ClientEvents;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.Specs;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketWriterTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PacketWriter writer = new PacketWriter(Specs.to(1883).spec(), ClientEvents.NONE);

  private String written() {
    return HexFormat.of().formatHex(out.toByteArray());
  }

  @Test
  void nothingGoesOutBehindDisconnect() throws Exception {
    Disconnect disconnect = new Disconnect(0, Properties.NONE);
    writer.attach(out);
    writer.send(Ping.REQUEST, true);
    writer.send(disconnect, false);
    writer.send(new Publish(Message.empty("t"), false, 0), false);
    writer.sendSoon(Ack.of(PacketType.PUBCOMP, 1));
    writer.sendAnnounced(List.of(Ack.of(PacketType.PUBACK, 1)));
    writer.flush();
    writer.shut(disconnect, () -> {});

    assertThat(written()).isEqualTo("c000e000");
    assertThat(writer.isShut()).isTrue();
  }
}
