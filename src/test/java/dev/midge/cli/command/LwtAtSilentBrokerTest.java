package dev.midge.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Slow;
import dev.midge.testing.WithScriptedBroker;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that accepts the drill's client and then falls silent: silence is no refusal. */
@Slow("waits until a silent broker is given up")
class LwtAtSilentBrokerTest extends WithScriptedBroker {
  private static final String DRILL = "lwt --only clean --connect-timeout 4 ";

  @ParameterizedTest
  @ValueSource(strings = {"-p PORT", "--against mqtt://localhost:PORT"})
  void noSubackIsToldAsThat(String where) throws Exception {
    MidgeRun run = MidgeRun.start(words(DRILL + where));
    broker.welcome().read(PacketType.SUBSCRIBE);
    saysUnanswered(run, "SUBACK");
  }

  @Test
  void noPubackIsToldAsThat() throws Exception {
    MidgeRun run = startSubscribed();
    broker.welcome().read(PacketType.PUBLISH);
    saysUnanswered(run, "PUBACK");
  }

  @Test
  void noMessageAndNoAnswerToPingreqAreNoRefusal() throws Exception {
    MidgeRun run = startSubscribed();
    Publish publish = (Publish) broker.welcome().read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBACK, publish.packetId()));
    saysUnanswered(run, "PINGRESP");
  }

  @Test
  void aSecondClientThatGetsNoConnackIsNotConnected() throws Exception {
    MidgeRun run = startSubscribed();
    broker.accept().read(PacketType.CONNECT);
    assertThat(said(run)).startsWith("Error: Not connected within 4 s (--connect-timeout): ");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aSecondClientThatIsRefusedIsToldTheReason() throws Exception {
    MidgeRun run = startSubscribed();
    broker.accept().read(PacketType.CONNECT);
    broker.send(
        new Connack(
            false, 0x9C, Properties.builder().add(Property.SERVER_REFERENCE, "b:1884").build()));
    assertThat(said(run))
        .startsWith("Error: The broker refused the connection: ")
        .contains("CONNACK 0x9C Use another server (Server Reference: b:1884)");
    assertThat(run.status()).isEqualTo(0x9C);
  }

  private MidgeRun startSubscribed() throws Exception {
    MidgeRun run = MidgeRun.start(words(DRILL + "-p PORT"));
    Subscribe subscribe = (Subscribe) broker.welcome().read(PacketType.SUBSCRIBE);
    broker.send(new Suback(subscribe.packetId(), List.of(1), Properties.NONE));
    return run;
  }

  /** Returns what was said, but for the line after five seconds, which SilentPortTest is about. */
  private static String said(MidgeRun run) {
    return run.await().errText().replaceFirst("^Waiting for .* \\.\\.\\.\n", "");
  }

  private void saysUnanswered(MidgeRun run, String packet) throws Exception {
    assertThat(said(run))
        .startsWith(
            "Error: The broker does not answer: localhost:"
                + broker.port()
                + " over TCP, MQTT 5\nNo "
                + packet
                + " came within 4 s.\nTry: ");
    assertThat(run.status()).isEqualTo(19);
  }
}
