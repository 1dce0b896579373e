package dev.midge.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.WithScriptedBroker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that gives a wrong answer, or sends more at once than it may, is told so and left. */
class WrongAnswersTest extends WithScriptedBroker {
  private void assertTold(MidgeRun run, int code) throws Exception {
    Packet packet = broker.read();
    while (packet instanceof Ack) {
      packet = broker.read();
    }
    assertThat(packet).isInstanceOf(Disconnect.class);
    assertThat(((Disconnect) packet).reasonCode()).isEqualTo(code);
    broker.hangUp();
    assertThat(run.await().status()).as(run.errText()).isEqualTo(2);
    assertThat(run.errText())
        .startsWith(
            "Error: A network protocol error occurred when communicating with the broker: localhost:");
  }

  /** The answers carry packet identifier 1. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 50020001", "1, 1, 70020001", "1, 1, 9004000100 00", "1, 1, b0040001 0000",
    "2, 1, 40020001", "2, 1, 70020001", "2, 1, 9004000100 00", "2, 1, b0040001 0000",
    "1, 2, 50020001", "1, 2, 70020001", "1, 2, 9004000100 00", "1, 2, b0040001 0000",
    "2, 2, 40020001", "2, 2, 70020001", "2, 2, 9004000100 00", "2, 2, b0040001 0000"
  })
  void pub(int qos, int messages, String answer) throws Exception {
    MidgeRun run =
        MidgeRun.start(
            "pub", "-p", broker.port(), "-t", "a", "-m", "x", "-q", qos, "--repeat", messages);
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.sendHex(answer);
    assertTold(run, 0x82);
  }

  @ParameterizedTest
  @CsvSource({"1, 70020001", "2, 70020001", "2, 40020001", "1, b0040001 0000"})
  void lines(int qos, String answer) throws Exception {
    MidgeRun run =
        MidgeRun.startWithInput(
            new ByteArrayInputStream(new byte[] {'x', '\n'}),
            "pub",
            "-p",
            broker.port(),
            "-t",
            "a",
            "-l",
            "-q",
            qos);
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.sendHex(answer);
    assertTold(run, 0x82);
  }

  /** The last one has two codes for one filter. */
  @ParameterizedTest
  @ValueSource(strings = {"40020001", "50020001", "70020001", "b0040001 0000", "9005000100 0000"})
  void sub(String answer) throws Exception {
    MidgeRun run = MidgeRun.start("sub", "-p", broker.port(), "-t", "a");
    broker.welcome();
    broker.read(PacketType.SUBSCRIBE);
    broker.sendHex(answer);
    assertTold(run, 0x82);
  }

  @Test
  void beforeMqtt5TheClientHangsUpWithoutAWord() throws Exception {
    MidgeRun run =
        MidgeRun.start("pub", "-p", broker.port(), "-t", "a", "-m", "x", "-q", 2, "-V", 311);
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBCOMP, 1));
    assertThat(broker.read()).isNull();
    broker.hangUp();
    assertThat(run.await().status()).isEqualTo(2);
  }

  private MidgeRun subscribed(Object... options) throws Exception {
    Object[] words = new Object[options.length + 5];
    System.arraycopy(new Object[] {"sub", "-p", broker.port(), "-t", "a"}, 0, words, 0, 5);
    System.arraycopy(options, 0, words, 5, options.length);
    MidgeRun run = MidgeRun.start(words);
    broker.welcome();
    Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(subscribe.packetId(), List.of(2), Properties.NONE));
    return run;
  }

  private void send(Qos qos, int packetId) throws IOException {
    broker.send(new Publish(Message.of("a", new byte[] {'x'}, qos, false), false, packetId));
  }

  /** mosquitto 2.0.11 does so whenever a kept session has messages waiting. */
  @Test
  void moreThanTheReceiveMaximumAtOnceIsBorne() throws Exception {
    MidgeRun run = subscribed("-q", 2);
    for (int id = 1; id <= 20; id++) {
      send(Qos.EXACTLY_ONCE, id);
    }
    for (int id = 1; id <= 20; id++) {
      broker.read(PacketType.PUBREC);
    }
    send(Qos.AT_LEAST_ONCE, 21);
    broker.read(PacketType.PUBACK);
    assertThat(run.errText()).isEmpty();
    run.requestStop();
  }

  @Test
  void whatIsAcknowledgedCountsNoMore() throws Exception {
    MidgeRun run = subscribed("-q", 2, "-D", "connect", "receive-maximum", 1);
    for (int id = 1; id <= 3; id++) {
      send(Qos.AT_LEAST_ONCE, id);
      broker.read(PacketType.PUBACK);
    }
    for (int round = 0; round < 3; round++) {
      send(Qos.EXACTLY_ONCE, 7);
      broker.read(PacketType.PUBREC);
      send(Qos.EXACTLY_ONCE, 7); // The same again is no other message.
      broker.read(PacketType.PUBREC);
      send(Qos.AT_MOST_ONCE, 0);
      broker.send(Ack.of(PacketType.PUBREL, 7));
      broker.read(PacketType.PUBCOMP);
    }
    run.awaitOut("x\n".repeat(9));
    run.requestStop();
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(run.await().status()).isZero();
  }
}
