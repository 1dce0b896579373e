package dev.midge.cli.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code midge ctl} at a proxy, whose broker is the test's. */
class ProxyControlTest {
  @TempDir Path directory;
  private ScriptedBroker broker;
  private MidgeRun proxy;

  @BeforeEach
  void start() throws Exception {
    broker = new ScriptedBroker();
    proxy =
        MidgeRun.start(
            "proxy",
            "-p",
            0,
            "--control",
            socket(),
            "--quiet",
            "--to",
            "mqtt://127.0.0.1:" + broker.port());
    proxy.awaitOut("\n");
    Awaitility.await().until(() -> Files.exists(socket()));
  }

  @AfterEach
  void stop() throws Exception {
    proxy.stop();
    broker.close();
  }

  private Path socket() {
    return directory.resolve("control");
  }

  private MidgeRun startCtl(Object... words) {
    List<Object> line = new ArrayList<>(List.of("ctl", "--control", socket()));
    line.addAll(List.of(words));
    return MidgeRun.start(line.toArray());
  }

  private MidgeRun ctl(Object... words) {
    return startCtl(words).await();
  }

  private MidgeRun subscriber(String id) {
    int port = Integer.parseInt(proxy.outText().strip());
    return MidgeRun.start("sub", "-h", "127.0.0.1", "-p", port, "-i", id, "-t", "a", "-V", "311");
  }

  /** Answers a SUBSCRIBE with one code. */
  private void suback(int reasonCode) throws Exception {
    Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(subscribe.packetId(), List.of(reasonCode), Properties.NONE));
  }

  @Test
  void aClientIsConnectedWhenTheBrokerHasAcceptedIt() throws Exception {
    MidgeRun client = subscriber("s1");
    broker.accept();
    broker.read(PacketType.CONNECT);

    assertThat(ctl("wait", "connected", "s1", "50ms").errText())
        .isEqualTo("Error: 's1' was not connected within 50ms.\n");
    assertThat(ctl("client", "s1", "--json").outText()).contains("\"connected\":false");
    MidgeRun waiting = startCtl("wait", "connected", "s1");
    broker.send(new Connack(false, 0, Properties.NONE));
    assertThat(waiting.await().outText()).isEqualTo("s1 connected\n");
    assertThat(ctl("wait", "connected", "s1", "0s").status()).isZero();
    assertThat(ctl("client", "s1", "--json").outText()).contains("\"connected\":true");
    client.stop();
  }

  @Test
  void aClientThatIsRefusedNeverIs() throws Exception {
    MidgeRun waiting = startCtl("wait", "connected", "s1", "500ms");
    MidgeRun client = subscriber("s1");
    broker.refuse(ReasonCode.LAST_REFUSAL_V3);
    client.await();

    assertThat(waiting.await().status()).isEqualTo(1);
  }

  @Test
  void waitSubscribedEndsAtOnceWhereASubscriptionWasGrantedBefore() throws Exception {
    MidgeRun client = subscriber("s1");
    broker.welcome();
    assertThat(ctl("wait", "subscribed", "s1", "50ms").status()).isEqualTo(1);
    suback(0);

    assertThat(ctl("wait", "subscribed", "s1").outText()).isEqualTo("s1 subscribed\n");
    assertThat(ctl("wait", "subscribed", "s1", "0s").status()).isZero();
    client.stop();
  }

  @Test
  void aSubscriptionThatIsRefusedIsNone() throws Exception {
    MidgeRun client = subscriber("s1");
    broker.welcome();
    suback(ReasonCode.UNSPECIFIED_ERROR);
    client.await();

    assertThat(ctl("wait", "subscribed", "s1", "50ms").status()).isEqualTo(1);
  }

  @Test
  void aQuietProxyKeepsItsLogForWhoAsks() throws Exception {
    ctl("fault", "delay:1ms@connack");
    MidgeRun client = subscriber("s1");
    broker.welcome();
    ctl("wait", "connected", "s1");

    assertThat(ctl("log").outText())
        .contains(
            "Listening on port ", "Connection 1 from 127.0.0.1:", "Fault delay:1ms at connack");
    assertThat(proxy.errText()).isEmpty();
    client.stop();
  }

  @Test
  void anEffectThatNeedsAPacketIsAWrongWord() throws Exception {
    MidgeRun client = subscriber("s1");
    broker.welcome();

    assertThat(ctl("kick", "s1", "drop").errText())
        .isEqualTo(
            "Error: Invalid kick: drop needs a moment: it is for a fault, not for a client at"
                + " once.\n");
    client.stop();
  }
}
