package dev.midge.client.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.io.PacketWriter;
import dev.midge.client.state.ClientSession;
import dev.midge.client.state.PendingRequests;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Connack;
import dev.midge.testing.Playing;
import dev.midge.testing.Specs;
import org.junit.jupiter.api.Test;

class SenderTest {

  private final ConnectSpec spec = Specs.to(1883).spec();
  private final ClientSession session = ClientSession.lasting();
  private final PacketWriter writer = new PacketWriter(spec, ClientEvents.NONE);
  private final Sender sender =
      new Sender(spec, session, writer, new PendingRequests(session.ids()));

  @Test
  void nobodyTriesToSendAgainByAConnectionThatSendsNothingAnyMore() throws Exception {
    int number = sender.connected(new Connack(false, 0, Properties.NONE));
    session.inflight().add(Message.of("t", new byte[0], Qos.AT_LEAST_ONCE, false));
    writer.shut(null, () -> {});
    Playing<Boolean> resending =
        Playing.of(
            () -> {
              sender.resend(number);
              return true;
            });

    assertThat(resending.result()).isTrue();
    assertThat(session.inflight().hasQueued(number)).isTrue();
  }
}
