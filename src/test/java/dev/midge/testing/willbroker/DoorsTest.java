package dev.midge.testing.willbroker;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.fault.Effect;
import dev.midge.fault.FaultyWire;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connect;
import dev.midge.testing.RawClient;
import dev.midge.testing.SelfSigned;
import dev.midge.wire.Endpoint;
import dev.midge.wire.Endpoint.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorsTest {
  private static final String TOPIC = "doors/status";

  @TempDir static Path folder;
  private static SSLContext context;

  @BeforeAll
  static void makeCertificate() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(SelfSigned.in(folder).store())) {
      store.load(in, SelfSigned.WORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, SelfSigned.WORD);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
  }

  @Test
  void tlsEndsInTwoWaysAndBothPublishTheWill() throws Exception {
    try (WillBroker broker = WillBroker.start(Behaviour.honest(), Door.tls(context))) {
      assertThat(firstOfTlsCutAndClose(broker)).isEqualTo("cut");
    }
  }

  @Test
  void aBreachOfTlsCutLosesTheWillWithoutCloseNotifyAlone() throws Exception {
    Behaviour behaviour = Behaviour.breaking(Breach.TLS_CUT);
    try (WillBroker broker = WillBroker.start(behaviour, Door.tls(context))) {
      assertThat(firstOfTlsCutAndClose(broker)).isEqualTo("closed");
    }
  }

  @Test
  void aWebSocketCloseFramePublishesTheWill() throws Exception {
    try (WillBroker broker = WillBroker.start(Behaviour.honest(), Door.WEB_SOCKET)) {
      assertThat(firstOfCloseFrameAndReset(broker)).isEqualTo("closed");
    }
  }

  @Test
  void aBreachOfWsCloseLosesTheWillAtACloseFrameAlone() throws Exception {
    Behaviour behaviour = Behaviour.breaking(Breach.WS_CLOSE);
    try (WillBroker broker = WillBroker.start(behaviour, Door.WEB_SOCKET)) {
      assertThat(firstOfCloseFrameAndReset(broker)).isEqualTo("reset");
    }
  }

  private static String firstOfTlsCutAndClose(WillBroker broker) throws Exception {
    Socket watching = connect(broker);
    try (RawClient watcher = watcher(RawClient.over(encrypted(watching), V5));
        watching) {
      Socket cut = connect(broker);
      RawClient.over(encrypted(cut), V5).accepted(mortal("cut"));
      cut.close();
      Socket below = connect(broker);
      Socket closed = encrypted(below);
      RawClient.over(closed, V5).accepted(mortal("closed"));
      closed.close(); // close_notify
      below.close();
      return new String(Bench.take(watcher).payload());
    }
  }

  private static String firstOfCloseFrameAndReset(WillBroker broker) throws Exception {
    try (RawClient watcher = watcher(over(webSocket(broker)))) {
      FaultyWire closed = webSocket(broker);
      over(closed).accepted(mortal("closed"));
      closed.inflict(Effect.CLOSE);
      FaultyWire reset = webSocket(broker);
      over(reset).accepted(mortal("reset"));
      reset.inflict(Effect.RESET);
      return new String(Bench.take(watcher).payload());
    }
  }

  private static Socket connect(WillBroker broker) throws IOException {
    return new Socket("127.0.0.1", broker.port());
  }

  private static Socket encrypted(Socket below) throws IOException {
    return context.getSocketFactory().createSocket(below, "127.0.0.1", below.getPort(), false);
  }

  private static FaultyWire webSocket(WillBroker broker) throws IOException {
    FaultyWire wire =
        new FaultyWire(
            new Endpoint(Transport.WEBSOCKET, "127.0.0.1", broker.port(), null, null, null));
    wire.connect();
    return wire;
  }

  private static RawClient over(FaultyWire wire) throws IOException {
    return RawClient.over(wire.in(), wire.out(), wire, V5);
  }

  private static RawClient watcher(RawClient client) throws IOException {
    client.accepted(RawClient.connect(V5, "watcher")).subscribe(TOPIC, Qos.AT_MOST_ONCE);
    return client;
  }

  private static Connect mortal(String payload) {
    Will will = new Will(Message.of(TOPIC, payload.getBytes(), Qos.AT_MOST_ONCE, false));
    return RawClient.connect(V5, payload, true, will, Properties.NONE);
  }
}
