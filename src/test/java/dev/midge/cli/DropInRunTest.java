package dev.midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.FreePort;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the drop-in names say and print once they have something to talk to. */
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class DropInRunTest {
  private static final String PUB = "mosquitto_pub";
  private static final String SUB = "mosquitto_sub";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mosquitto_pub|311|5|Connection error: Connection Refused: not authorised;Error: The connection was refused",
        "mosquitto_sub|311|4|Connection error: Connection Refused: bad user name or password",
        "mosquitto_pub|5|135|Connection error: Not authorized;Error: A network protocol error occurred when communicating with the broker",
        "mosquitto_sub|5|138|Connection error: Banned",
        "mosquitto_sub|5|132|Connection error: Unsupported Protocol Version. Try connecting to an MQTT v5 broker, or use MQTT v3.x mode.",
      })
  void aRefusalIsToldInTheWordsOfTheVersionAndIsTheStatus(
      String called, String version, int code, String lines) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run =
          start(broker, called, "-t", "a", "-V", version, called.equals(PUB) ? "-n" : "-d");
      refuse(broker, code);

      assertThat(run.await().errText()).isEqualTo(lines.replace(';', '\n') + "\n");
      assertThat(run.status()).isEqualTo(code);
    }
  }

  @Test
  void refusedLinesEndInTheSameSecondLineInBothVersions() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      Object[] words = DropIn.onPort(broker.port(), "-t", "a", "-l", "-V", "5");
      MidgeRun run = MidgeRun.startAs(PUB, new ByteArrayInputStream(new byte[0]), words);
      refuse(broker, 135);

      assertThat(run.await().errText())
          .isEqualTo("Connection error: Not authorized\nError: The connection was refused\n");
    }
  }

  @Test
  void quietKeepsTheStatusAndTheSilence() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, PUB, "-t", "a", "-n", "--quiet");
      refuse(broker, 5);

      assertThat(run.await().errText()).isEmpty();
      assertThat(run.status()).isEqualTo(5);
    }
  }

  private static void refuse(ScriptedBroker broker, int code) throws Exception {
    broker.accept();
    broker.read(PacketType.CONNECT);
    broker.send(new Connack(false, code, Properties.NONE));
  }

  @Test
  void nobodyListens() throws Exception {
    try (FreePort dead = FreePort.take()) {
      MidgeRun run = MidgeRun.runAs(PUB, "-t", "a", "-n", "-p", dead.number());

      assertThat(run.errText()).isEqualTo("Error: Connection refused\n");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void anUnknownNameIsALookupError() {
    for (String host : new String[] {"", "no.such.name.invalid"}) {
      MidgeRun run = MidgeRun.runAs(SUB, "-t", "a", "-h", host);

      assertThat(run.errText()).isEqualTo("Unable to connect (Lookup error).\n");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void subThatNeverConnectedEndsInSilenceWith255() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun timed = start(broker, SUB, "-t", "a", "-W", "1");
      broker.accept();

      assertThat(timed.await().errText()).isEmpty();
      assertThat(timed.status()).isEqualTo(255);
    }
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun stopped = start(broker, SUB, "-t", "a");
      broker.accept();
      broker.read(PacketType.CONNECT);

      assertThat(stopped.stop().status()).isEqualTo(255);
    }
  }

  @Test
  void debugLinesNameAMissingIdInTwoWays() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, SUB, "-t", "a/b", "-t", "c", "-q", "1", "-d", "-C", "1");
      broker.welcome();
      broker.read(PacketType.SUBSCRIBE);
      broker.sendHex("9004 0001 01 80");
      broker.sendHex("3004 0001 61 78");

      assertThat(run.await().outText())
          .isEqualTo(
              """
              Client null sending CONNECT
              Client (null) received CONNACK (0)
              Client null sending SUBSCRIBE (Mid: 1, Topic: a/b, QoS: 1, Options: 0x00)
              Client null sending SUBSCRIBE (Mid: 1, Topic: c, QoS: 1, Options: 0x00)
              Client null received SUBACK
              Subscribed (mid: 1): 1, 128
              Client null received PUBLISH (d0, q0, r0, m0, 'a', ... (1 bytes))
              x
              Client null sending DISCONNECT
              """);
    }
  }

  @Test
  void aSessionThatCannotBeThereIsAProtocolErrorAndALineOfItsOwn() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, PUB, "-t", "a", "-n", "-d", "-i", "me");
      broker.accept();
      broker.read(PacketType.CONNECT);
      broker.send(new Connack(true, 0, Properties.NONE));

      assertThat(run.await().outText())
          .contains("Client me received CONNACK with session present when clean start was set\n");
      assertThat(run.status()).isEqualTo(2);
    }
  }

  @Test
  void watchKeepsALineOfTheScreenForEachTopic() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, SUB, "-t", "#", "-w", "-v", "-C", "3");
      broker.welcome();
      broker.read(PacketType.SUBSCRIBE);
      broker.sendHex("9003 0001 00 3004 0001 61 31 3004 0001 62 32 3004 0001 61 33");

      assertThat(run.await().outText())
          .isEqualTo(
              "\033[2J\033[1;1HBroker: localhost\n"
                  + "\033[2;1Ha 1\n\033[2;1H\n"
                  + "\033[3;1Hb 2\n\033[3;1H\n"
                  + "\033[2;1Ha 3\n\033[3;1H\n");
    }
  }

  @Test
  void theMessageRateIsPrintedInPlaceOfMessages() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, SUB, "-t", "#", "--message-rate", "-C", "1");
      broker.welcome();
      broker.read(PacketType.SUBSCRIBE);
      broker.sendHex("9003 0001 00 3004 0001 61 31 3004 0001 62 32");
      run.awaitOut("msgs/s");

      assertThat(run.isDone()).isFalse();
      assertThat(run.stop().outText()).matches("(\\d+ msgs/s\n)+");
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void aFloatThatIsNoneIsComplainedAboutWithoutALineEnd() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, SUB, "-t", "#", "-F", "%f", "-C", "1");
      broker.welcome();
      broker.read(PacketType.SUBSCRIBE);
      broker.sendHex("9003 0001 00 3004 0001 61 31");

      assertThat(run.await().errText())
          .isEqualTo("requested float printing, but non-float data received");
    }
  }

  @Test
  void aRequestCarriesItsResponseTopicBehindWhatWasGiven() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run =
          start(
              broker,
              "mosquitto_rr",
              "-t",
              "q",
              "-e",
              "r",
              "-m",
              "?",
              "-R",
              "-v",
              "-D",
              "publish",
              "user-property",
              "k",
              "v");
      broker.accept();
      Connect connect = (Connect) broker.read(PacketType.CONNECT);
      broker.send(new Connack(false, 0, Properties.NONE));
      Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
      broker.sendHex("9004 0001 00 00");
      Publish request = (Publish) broker.read(PacketType.PUBLISH);
      broker.sendHex("3006 0001 72 00 6f6b");

      assertThat(connect.version()).isEqualTo(ProtocolVersion.V5);
      assertThat(connect.properties()).isEqualTo(Properties.of(Property.RECEIVE_MAXIMUM, 1));
      assertThat(subscribe.subscriptions().get(0).options()).isEqualTo(0x20);
      assertThat(request.message().properties())
          .isEqualTo(
              Properties.builder()
                  .userProperty("k", "v")
                  .add(Property.RESPONSE_TOPIC, "r")
                  .build());
      assertThat(run.await().outText()).isEqualTo("r ok\n");
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void aRequestOfMqtt311DropsItsProperties() throws Exception {
    Publish[] request = new Publish[1];
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run =
          start(
              broker,
              "mosquitto_rr",
              "-t",
              "q",
              "-e",
              "r",
              "-n",
              "-D",
              "publish",
              "content-type",
              "x",
              "-V",
              "311");
      broker.welcome();
      broker.read(PacketType.SUBSCRIBE);
      broker.sendHex("9003 0001 00");
      request[0] = (Publish) broker.read(PacketType.PUBLISH);
      broker.sendHex("3003 0001 72");

      assertThat(run.await().status()).isZero();
    }
    assertThat(request[0].message().properties().isEmpty()).isTrue();
  }

  private static MidgeRun start(ScriptedBroker broker, String called, Object... words) {
    return MidgeRun.startAs(called, Map.of(), DropIn.onPort(broker.port(), words));
  }
}
