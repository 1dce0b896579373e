package dev.midge.client.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.client.paho.cure.Original;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.Playing;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HandoverTest {

  private static final Publish PUBLISH = new Publish(Message.empty("t"), false, 0);
  private static final Subscribe SUBSCRIBE =
      new Subscribe(1, List.of(Subscription.of("a", Qos.AT_MOST_ONCE)), Properties.NONE);

  private final List<String> given = new CopyOnWriteArrayList<>();
  private final Handover handover = new Handover(Properties.NONE);

  private static Original original(int packetId) {
    return new Original(packetId, Properties.NONE, false, false);
  }

  private void message(int packetId, int bytes) throws IOException {
    handover.message(original(packetId), bytes, () -> given.add("m" + packetId));
  }

  @Test
  void pahoIsGivenOnlySoManyMessagesAtATime() throws Exception {
    Playing<Void> publishing =
        Playing.of(
            () -> {
              for (int id = 1; id <= 100; id++) {
                message(id, 0);
              }
              return null;
            });
    Awaitility.await().until(() -> given.size() == 64);
    handover.written(PUBLISH);

    Awaitility.await().until(() -> given.size() == 65);
    handover.end();
    assertThatThrownBy(publishing::result).isInstanceOf(IOException.class);
  }

  @Test
  void aLargeMessageIsGivenAloneButItIsGiven() throws Exception {
    message(1, 100_000_000);
    Playing<Void> second =
        Playing.of(
            () -> {
              message(2, 1);
              return null;
            });
    assertThat(given).containsExactly("m1");
    handover.written(PUBLISH);
    second.result();

    assertThat(given).containsExactly("m1", "m2");
  }

  @Test
  void aRequestIsGivenBehindTheMessagesAndIsWrittenOnReturn() throws Exception {
    message(1, 0);
    Playing<Void> request =
        Playing.of(
            () -> {
              handover.request(original(7), () -> given.add("SUBSCRIBE"));
              given.add("returned");
              return null;
            });
    assertThat(given).containsExactly("m1");
    handover.written(PUBLISH);
    Awaitility.await().until(() -> given.contains("SUBSCRIBE"));

    assertThat(handover.of(SUBSCRIBE).packetId()).isEqualTo(7);
    handover.written(SUBSCRIBE);
    request.result();
    assertThat(given).containsExactly("m1", "SUBSCRIBE", "returned");
  }

  @Test
  void nothingIsGivenBehindDisconnectWhichIsWaitedForAllTheSame() throws Exception {
    Playing<Void> disconnect =
        Playing.of(
            () -> {
              handover.disconnect(Properties.NONE, () -> given.add("DISCONNECT"));
              return null;
            });
    Awaitility.await().until(() -> given.contains("DISCONNECT"));

    assertThatThrownBy(() -> message(1, 0)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> handover.request(original(7), () -> given.add("SUBSCRIBE")))
        .isInstanceOf(IOException.class);
    assertThat(handover.awaitDisconnected(0)).isFalse();
    handover.written(new Disconnect(0, Properties.NONE));
    disconnect.result();
    assertThat(given).containsExactly("DISCONNECT");
  }

  @Test
  void originalsComeInTheOrderOfTheMessages() throws Exception {
    message(4, 0);
    message(5, 0);

    assertThat(handover.of(PUBLISH).packetId()).isEqualTo(4);
    handover.written(PUBLISH);
    assertThat(handover.of(PUBLISH).packetId()).isEqualTo(5);
  }

  @Test
  void aChannelThatIsBrokenTakesNothingMore() {
    IOException why = new IOException("Broken pipe");
    handover.broken(why);

    assertThatThrownBy(() -> message(1, 0)).isSameAs(why);
    assertThatThrownBy(handover::awaitWritten).isSameAs(why);
    assertThat(given).isEmpty();
  }
}
