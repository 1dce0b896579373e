package dev.midge.cli.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.WithScriptedBroker;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * sub --retained waits for the broker, and does not take for its silence that the messages are slow
 * to come, or that its own output or a command holds it up.
 */
class RetainedEndHeldUpTest extends WithScriptedBroker {
  private static final String FIRST = "31050001613132";
  private static final String SECOND = "31050001613334";

  private Object[] subscriber(String engine, String more) {
    return words(
        "sub -p PORT -V 311 -t a --retained --retained-idle 100ms --engine " + engine + more);
  }

  /** Sends SUBACK and these bytes at once, so that no time is between them. */
  private void grantedWith(String hex) throws Exception {
    broker.welcome();
    Subscribe asked = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.sendHex(String.format("9003%04x00", asked.packetId()) + hex);
  }

  /** Five times the time that decides. */
  private static void goesOn(MidgeRun run) {
    await().during(500, TimeUnit.MILLISECONDS).until(() -> !run.isDone());
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "paho"})
  void aMessageThatHasComeInPartIsWaitedFor(String engine) throws Exception {
    MidgeRun run = MidgeRun.start(subscriber(engine, ""));
    grantedWith(FIRST.substring(0, 8));

    goesOn(run);

    broker.sendHex(FIRST.substring(8));
    assertThat(run.await().outText()).isEqualTo("12\n");
    assertThat(run.status()).as(run.errText()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "paho"})
  void anOutputThatTakesNothingIsWaitedFor(String engine) throws Exception {
    CountDownLatch takes = new CountDownLatch(1);
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            try {
              takes.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            taken.write(bytes, offset, length);
          }
        };
    MidgeRun run =
        MidgeRun.startTo(slow, null, InputStream.nullInputStream(), subscriber(engine, ""));
    grantedWith(FIRST);
    goesOn(run);
    broker.sendHex(SECOND);

    goesOn(run);

    takes.countDown();
    assertThat(run.await().status()).as(run.errText()).isZero();
    assertThat(taken.toString(StandardCharsets.UTF_8)).isEqualTo("12\n34\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--engine paho", "-q 1", "--jobs 2"})
  void commandsThatTakeLongerAreWaitedFor(String more) throws Exception {
    try (Broker midge = Broker.start(BrokerConfig.onFreePort())) {
      for (int i = 1; i <= 3; i++) {
        MidgeRun.run("pub", "-p", midge.port(), "-t", "s/" + i, "-m", "x", "-r", "-q", 1);
      }
      String line = "sub -p " + midge.port() + " -t s/+ --retained --retained-idle 500ms " + more;
      Object[] words = (line.strip() + " --exec").split(" ");
      Object[] all = Arrays.copyOf(words, words.length + 1);
      all[words.length] = "sleep 0.8; echo $MQTT_TOPIC";
      MidgeRun run = MidgeRun.run(all);

      assertThat(run.status()).as(run.errText()).isZero();
      assertThat(run.outText().lines()).containsExactlyInAnyOrder("s/1", "s/2", "s/3");
    }
  }
}
