package dev.midge.broker.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.Limits;
import dev.midge.broker.config.TlsFiles;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.net.tls.make.CertificateSpec;
import dev.midge.net.tls.make.TestAuthority;
import dev.midge.net.tls.make.TestCertificate;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that is read again has new connections get new certificates. */
class RereadCertificatesTest {
  private static final TestAuthority ROOT = TestAuthority.create();
  private static final TestAuthority OTHER = TestAuthority.create();

  @TempDir Path folder;

  private final TestCertificate first = ROOT.server(List.of("127.0.0.1"));
  private final TestCertificate second = ROOT.server(List.of("127.0.0.1"));
  private Broker broker;

  @BeforeEach
  void start() throws Exception {
    first.write(folder.resolve("server.crt"), folder.resolve("server.key"));
    broker = Broker.start(config(files().build()));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private TlsFiles.Builder files() {
    return TlsFiles.builder(folder.resolve("server.crt"), folder.resolve("server.key"));
  }

  private static BrokerConfig config(TlsFiles files) {
    return new BrokerConfig(
        List.of(), event -> {}, false, Limits.DEFAULT, List.of(ListenerSpec.tcp(0).withTls(files)));
  }

  private TlsPeer peer() throws Exception {
    return new TlsPeer(ROOT, null);
  }

  @Test
  void theSameFilesMayHoldOthersAndConnectionsThatAreOpenStay() throws Exception {
    try (RawClient open =
        RawClient.over(peer().open(broker.port()), ProtocolVersion.V5)
            .accepted(RawClient.connect(ProtocolVersion.V5, "open"))) {
      assertThat(peer().served(broker.port())).isEqualTo(first.certificate());
      Files.delete(folder.resolve("server.key"));
      second.write(folder.resolve("server.crt"), folder.resolve("server.key"));
      assertThat(peer().served(broker.port())).isEqualTo(first.certificate());

      broker.reload(config(files().build()));

      assertThat(peer().served(broker.port())).isEqualTo(second.certificate());
      open.subscribe("a", Qos.AT_MOST_ONCE);
    }
  }

  @Test
  void otherFilesMayBeNamed() throws Exception {
    second.write(folder.resolve("second.crt"), folder.resolve("second.key"));

    broker.reload(
        config(
            TlsFiles.builder(folder.resolve("second.crt"), folder.resolve("second.key")).build()));

    assertThat(peer().served(broker.port())).isEqualTo(second.certificate());
  }

  @Test
  void aFileThatIsNoGoodChangesNothing() throws Exception {
    Files.writeString(folder.resolve("server.key"), "nonsense");

    assertThatThrownBy(() -> broker.reload(config(files().build())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("server.key");
    assertThat(peer().served(broker.port())).isEqualTo(first.certificate());
  }

  @Test
  void theAuthoritiesOfClientsMayChangeAndThatTheyAreAskedForOneMayNot() throws Exception {
    broker.close();
    Path ca = Files.writeString(folder.resolve("ca.crt"), ROOT.pem());
    broker = Broker.start(config(files().cafile(ca).requireCertificate(true).build()));
    TestCertificate client = ROOT.issue(CertificateSpec.client("client"));
    assertThat(new TlsPeer(ROOT, client).served(broker.port())).isNotNull();

    broker.reload(config(files().build())); // neither an authority nor a wish for certificates
    assertThat(new TlsPeer(ROOT, client).served(broker.port())).isNotNull();
    assertRefused(null);

    Path other = Files.writeString(folder.resolve("other.crt"), OTHER.pem());
    broker.reload(config(files().cafile(other).build()));
    assertRefused(client);
    assertThat(
            new TlsPeer(ROOT, OTHER.issue(CertificateSpec.client("client"))).served(broker.port()))
        .isNotNull();
  }

  private void assertRefused(TestCertificate client) {
    assertThatThrownBy(() -> new TlsPeer(ROOT, client).served(broker.port()))
        .isInstanceOf(SSLException.class);
  }
}
