package dev.midge.broker.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.TlsFiles;
import dev.midge.net.tls.make.CertificateSpec;
import dev.midge.net.tls.make.KeyKind;
import dev.midge.net.tls.make.TestAuthority;
import dev.midge.net.tls.make.TestCertificate;
import dev.midge.testing.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same files and clients at Debian's mosquitto: it takes and refuses the same. */
class CertificatesAtMosquittoIT {
  private static final TestAuthority ROOT = TestAuthority.create();
  private static final TestAuthority MIDDLE = ROOT.intermediate("middle");

  @TempDir Path folder;

  private final Map<String, TlsPeer> clients = new LinkedHashMap<>();
  private TestCertificate revoked;
  private TestCertificate single;

  @BeforeEach
  void makeClients() throws Exception {
    ROOT.server(List.of("127.0.0.1")).write(file("server.crt"), file("server.key"));
    CertificateSpec spec = CertificateSpec.client("c");
    TestCertificate below = MIDDLE.client("c");
    revoked = ROOT.client("c");
    add("none", null);
    add("good", ROOT.client("c"));
    add("good, RSA", ROOT.issue(spec.withKeys(KeyKind.RSA)));
    add("good, long subject", ROOT.issue(spec.withSubject("CN=s1,OU=a+OU=b,O=Works,C=AT")));
    add("below an intermediate", below);
    add(
        "below an intermediate that it does not show",
        new TestCertificate(below.chain().subList(0, 1), below.key()));
    add("expired", ROOT.issue(spec.expired()));
    add("not yet valid", ROOT.issue(spec.notYetValid()));
    add("of a server", ROOT.server(List.of("127.0.0.1")));
    add("of a stranger", TestAuthority.create(CertificateSpec.authority("other")).client("c"));
    add("of a stranger of the same name", TestAuthority.create().client("c"));
    add("revoked", revoked);
    single = TestAuthority.create(spec.withSubject("CN=single")).own();
    add("signed by itself", single);
  }

  private void add(String name, TestCertificate certificate) throws Exception {
    clients.put(name, new TlsPeer(ROOT, certificate));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Path write(String name, String... texts) throws IOException {
    return Files.writeString(file(name), String.join("", texts));
  }

  private List<String> taken(int port) {
    List<String> taken = new ArrayList<>();
    clients.forEach(
        (name, client) -> {
          for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try {
              client.withVersions(version).served(port);
              taken.add(name + ", " + version);
            } catch (Exception | AssertionError refused) {
              // The lists are compared.
            }
          }
        });
    return taken;
  }

  private void assertSame(TlsFiles files) throws Exception {
    assertSame(files, "good, TLSv1.3");
  }

  /**
   * @param known some that are taken
   */
  private void assertSame(TlsFiles files, String... known) throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add("listener PORT 127.0.0.1");
    lines.add("allow_anonymous true");
    lines.add("certfile " + files.certfile());
    lines.add("keyfile " + files.keyfile());
    lines.add("require_certificate " + files.requireCertificate());
    add(lines, "cafile", files.cafile());
    add(lines, "capath", files.capath());
    add(lines, "crlfile", files.crlfile());
    add(lines, "tls_version", files.minimumVersion());
    try (Mosquitto mosquitto = Mosquitto.configured(folder, lines.toArray(String[]::new));
        Broker broker =
            Broker.start(
                BrokerConfig.onFreePort().withListener(ListenerSpec.tcp(0).withTls(files)))) {
      List<String> theirs = taken(mosquitto.port());
      assertThat(taken(broker.ports().get(1))).as(String.join("\n", lines)).isEqualTo(theirs);
      assertThat(theirs).contains(known).hasSizeBetween(known.length, 2 * clients.size() - 1);
    }
  }

  private static void add(List<String> lines, String key, Object value) {
    if (value != null) {
      lines.add(key + " " + value);
    }
  }

  private TlsFiles.Builder files() {
    return TlsFiles.builder(file("server.crt"), file("server.key")).requireCertificate(true);
  }

  @Test
  void withARootAlone() throws Exception {
    assertSame(files().cafile(write("ca.crt", ROOT.pem())).build());
  }

  @Test
  void withAnIntermediateBesideTheRoot() throws Exception {
    assertSame(files().cafile(write("ca.crt", ROOT.pem(), MIDDLE.pem())).build());
  }

  @Test
  void withAnIntermediateAlone() throws Exception {
    assertSame(files().cafile(write("ca.crt", MIDDLE.pem())).build(), new String[0]);
  }

  @Test
  void withTheClientsOwnCertificate() throws Exception {
    assertSame(
        files().cafile(write("ca.crt", ROOT.pem(), single.pem())).build(),
        "signed by itself, TLSv1.3");
  }

  @Test
  void withListsOfAllAuthorities() throws Exception {
    assertSame(
        files()
            .cafile(write("ca.crt", ROOT.pem()))
            .crlfile(write("lists.crl", ROOT.crl(revoked.certificate()), MIDDLE.crl()))
            .build());
  }

  @Test
  void withAListOfTheRootAlone() throws Exception {
    assertSame(
        files()
            .cafile(write("ca.crt", ROOT.pem(), MIDDLE.pem()))
            .crlfile(write("list.crl", ROOT.crl(revoked.certificate())))
            .build());
  }

  @Test
  void withTls13Alone() throws Exception {
    assertSame(files().cafile(write("ca.crt", ROOT.pem())).minimumVersion("tlsv1.3").build());
  }
}
