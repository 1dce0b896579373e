package dev.midge.broker.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.broker.config.SocketFamily;
import dev.midge.broker.config.TlsFiles;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.Memory;
import dev.midge.broker.core.Peer;
import dev.midge.broker.listeners.TlsPeer;
import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connect;
import dev.midge.net.tls.make.TestAuthority;
import dev.midge.net.tls.make.TestCertificate;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificates that client and server show one another, as the rest of the broker sees it. */
class CertificatesOfConnectionsTest {
  private static final TestAuthority ROOT = TestAuthority.create();

  @TempDir Path folder;

  private final List<Optional<X509Certificate>> shown = new CopyOnWriteArrayList<>();
  private final ExecutorService handshakes = Executors.newSingleThreadExecutor();
  private TestCertificate server;
  private ChannelLayers layers;
  private Listener listener;
  private BrokerLoop loop;
  private Thread thread;

  @BeforeEach
  void makeServer() throws Exception {
    Files.writeString(folder.resolve("ca.crt"), ROOT.pem());
    replaceServer();
  }

  private void replaceServer() throws IOException {
    server = ROOT.server(List.of("127.0.0.1"));
    Files.writeString(folder.resolve("server.crt"), server.chainPem());
    Files.writeString(folder.resolve("server.key"), server.keyPem());
  }

  private TlsFiles files(boolean requireCertificate) {
    return TlsFiles.builder(folder.resolve("server.crt"), folder.resolve("server.key"))
        .cafile(folder.resolve("ca.crt"))
        .requireCertificate(requireCertificate)
        .build();
  }

  private int start(TlsFiles files) throws IOException {
    layers = ChannelLayers.of(files, false);
    ListenerSettings settings = ListenerSettings.open("0", Limits.DEFAULT);
    listener = Listener.open("127.0.0.1", SocketFamily.BOTH, 0, settings, layers).get(0);
    BrokerObserver observer =
        new BrokerObserver() {
          @Override
          public void connected(Peer peer, String clientId, Connect connect) {
            shown.add(Optional.ofNullable(peer.certificate()));
          }
        };
    loop =
        new BrokerLoop(
            List.of(listener),
            Limits.DEFAULT,
            BrokerSettings.DEFAULT,
            new FaultPlan(FaultSide.BROKER, 0, System::nanoTime, event -> {}),
            observer,
            Memory.PLENTY,
            handshakes,
            LoopClock.real(System::nanoTime));
    thread = new Thread(loop);
    thread.start();
    return listener.port();
  }

  @AfterEach
  void stop() throws Exception {
    if (loop != null) {
      loop.stop();
      thread.join(10_000);
    }
    handshakes.shutdownNow();
  }

  @Test
  void theClientsCertificateIsKnownAtConnect() throws Exception {
    int port = start(files(true));
    TestCertificate client = ROOT.client("sensor");
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      new TlsPeer(ROOT, client).withVersions(version).served(port);
    }
    assertThat(shown)
        .containsExactly(Optional.of(client.certificate()), Optional.of(client.certificate()));
  }

  @Test
  void aClientThatIsNotAskedShowsNone() throws Exception {
    int port = start(files(false));
    new TlsPeer(ROOT, ROOT.client("sensor")).served(port);
    assertThat(shown).containsExactly(Optional.empty());
  }

  @Test
  void newFilesAreForNewConnections() throws Exception {
    int port = start(files(false));
    TlsPeer peer = new TlsPeer(ROOT, ROOT.client("sensor"));
    TestCertificate first = server;
    try (RawClient open = RawClient.over(peer.open(port), ProtocolVersion.V5)) {
      open.accepted(RawClient.connect(ProtocolVersion.V5, "open"));
      replaceServer();
      assertThat(peer.served(port)).isEqualTo(first.certificate());

      reread(files(true));
      assertThat(peer.served(port)).isEqualTo(server.certificate());
      assertThat(shown).last().isNotEqualTo(Optional.empty());
      open.expectNothing();
    }
  }

  private void reread(TlsFiles files) throws IOException {
    Runnable change = layers.reread(files);
    loop.ask(
            (router, now) -> {
              change.run();
              return true;
            })
        .join();
  }

  @Test
  void badFilesChangeNothing() throws Exception {
    int port = start(files(false));
    Files.writeString(folder.resolve("server.key"), ROOT.client("c").keyPem());
    assertThatThrownBy(() -> reread(files(false)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the key is not the certificate's");
    assertThat(new TlsPeer(ROOT, null).served(port)).isEqualTo(server.certificate());
    await().until(() -> shown.size() == 1);
  }
}
