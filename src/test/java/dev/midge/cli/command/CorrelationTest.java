package dev.midge.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.WithScriptedBroker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A request and the answer that belongs to it. */
class CorrelationTest extends WithScriptedBroker {
  private static final String LINE = "-p PORT -t ask -e answer -m hi -V 5";

  private byte[] request() throws Exception {
    broker.welcome();
    Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(subscribe.packetId(), List.of(0), Properties.NONE));
    Publish publish = (Publish) broker.read(PacketType.PUBLISH);
    return publish.message().properties().bytes(Property.CORRELATION_DATA);
  }

  private void answer(String payload, byte[] correlation) throws Exception {
    Message plain = Message.of("answer", payload.getBytes(UTF_8), Qos.AT_MOST_ONCE, false);
    Properties properties =
        correlation == null
            ? Properties.NONE
            : Properties.builder().add(Property.CORRELATION_DATA, correlation).build();
    broker.send(new Publish(plain.withProperties(properties), false, 0));
  }

  private String end(MidgeRun run) throws Exception {
    broker.read(PacketType.DISCONNECT);
    broker.hangUp();
    assertThat(run.await().status()).isZero();
    return run.outText();
  }

  @Test
  void anAnswerToAnotherRequestIsPassedOverWithOneWarning() throws Exception {
    MidgeRun run = MidgeRun.start(words("rr " + LINE));
    byte[] sent = request();
    answer("others", "x".getBytes(UTF_8));
    answer("others too", "y".getBytes(UTF_8));
    answer("mine", sent);

    assertThat(end(run)).isEqualTo("mine\n");
    assertThat(sent).asString(UTF_8).matches("[0-9a-f]{16}");
    assertThat(run.errText())
        .isEqualTo(
            "Warning: passed over an answer to another request: its correlation data differs.\n");
  }

  @Test
  void anAnswerWithoutCorrelationDataIsTaken() throws Exception {
    MidgeRun run = MidgeRun.start(words("rr " + LINE));
    request();
    answer("plain", null);

    assertThat(end(run)).isEqualTo("plain\n");
    assertThat(run.errText()).isEmpty();
  }

  @Test
  void theUsersOwnCorrelationDataIsSentAndCompared() throws Exception {
    MidgeRun run = MidgeRun.start(words("rr " + LINE + " -D publish correlation-data mine"));
    assertThat(request()).asString(UTF_8).isEqualTo("mine");
    answer("others", "x".getBytes(UTF_8));
    answer("mine", "mine".getBytes(UTF_8));

    assertThat(end(run)).isEqualTo("mine\n");
  }

  @Test
  void underMosquittosNameNoneIsSentAndTheFirstMessageIsTheAnswer() throws Exception {
    MidgeRun run = MidgeRun.startAs("mosquitto_rr", Map.of(), words(LINE));
    assertThat(request()).isNull();
    answer("any", "x".getBytes(UTF_8));

    assertThat(end(run)).isEqualTo("any\n");
  }

  @Test
  void underMosquittosNameCorrelationDataIsNotCompared() throws Exception {
    MidgeRun run =
        MidgeRun.startAs(
            "mosquitto_rr", Map.of(), words(LINE + " -D publish correlation-data mine"));
    assertThat(request()).asString(UTF_8).isEqualTo("mine");
    answer("any", "x".getBytes(UTF_8));

    assertThat(end(run)).isEqualTo("any\n");
  }
}
