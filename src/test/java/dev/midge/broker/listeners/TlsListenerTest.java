package dev.midge.broker.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.TlsFiles;
import dev.midge.net.tls.make.CertificateSpec;
import dev.midge.net.tls.make.KeyKind;
import dev.midge.net.tls.make.TestAuthority;
import dev.midge.net.tls.make.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of TLS: what a listener shows, and whom it takes. */
class TlsListenerTest {
  private static final TestAuthority ROOT = TestAuthority.create();
  private static final TestAuthority MIDDLE = ROOT.intermediate("middle");
  private static final CertificateSpec CLIENT = CertificateSpec.client("client");

  @TempDir Path folder;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private TlsFiles.Builder files;
  private Broker broker;

  @BeforeEach
  void writeFiles() throws Exception {
    TestCertificate server = ROOT.server(List.of("localhost", "127.0.0.1"));
    server.write(folder.resolve("server.crt"), folder.resolve("server.key"));
    files = TlsFiles.builder(folder.resolve("server.crt"), folder.resolve("server.key"));
  }

  @AfterEach
  void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  private Path file(String name, String... texts) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("", texts));
  }

  private int start() throws IOException {
    broker =
        Broker.start(
            new BrokerConfig(List.of(0), event -> log.add(event.text()), false)
                .withListener(ListenerSpec.tcp(0).withTls(files.build())));
    return broker.ports().get(1);
  }

  private TlsFiles.Builder requiring() throws IOException {
    return files.cafile(file("ca.crt", ROOT.pem())).requireCertificate(true);
  }

  private void assertTaken(TestCertificate client) {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      assertThatCode(
              () -> new TlsPeer(ROOT, client).withVersions(version).served(broker.ports().get(1)))
          .as(version)
          .doesNotThrowAnyException();
    }
  }

  private void assertRefused(TestCertificate client) {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      assertThatThrownBy(
              () -> new TlsPeer(ROOT, client).withVersions(version).served(broker.ports().get(1)))
          .as(version)
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("alert");
    }
    assertThat(log).noneMatch(line -> line.contains(" as c "));
  }

  private void assertNoStart(String message) {
    assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessage(message);
  }

  @Test
  void theLeafAloneIsShownWithTheIntermediatesOfCafileOrCapath() throws Exception {
    TestAuthority lower = MIDDLE.intermediate("lower");
    TestCertificate server = lower.server(List.of("127.0.0.1"));
    TlsFiles.Builder leaf =
        TlsFiles.builder(file("leaf.crt", server.pem()), file("leaf.key", server.keyPem()));
    Path directory = Files.createDirectory(folder.resolve("certificates"));
    Files.writeString(directory.resolve("01234567.0"), MIDDLE.pem());
    Files.writeString(directory.resolve("89abcdef.0"), lower.pem() + ROOT.pem());
    for (TlsFiles.Builder each :
        List.of(
            leaf.cafile(file("ca.crt", ROOT.pem(), lower.pem(), MIDDLE.pem())),
            leaf.cafile(null).capath(directory))) {
      files = each;
      assertThat(new TlsPeer(ROOT, null).served(start())).isEqualTo(server.certificate());
      broker.close();
    }
  }

  @Test
  void aKeyForRsaServesAsWell() throws Exception {
    TestCertificate server =
        ROOT.issue(CertificateSpec.server(List.of("127.0.0.1")).withKeys(KeyKind.RSA));
    files = TlsFiles.builder(file("rsa.crt", server.pem()), file("rsa.key", server.keyPem()));
    start();
    assertTaken(null);
  }

  @Test
  void theVersionIsTheMinimum() throws Exception {
    files.minimumVersion("tlsv1.3");
    int port = start();
    new TlsPeer(ROOT, null).withVersions("TLSv1.3").served(port);
    assertThatThrownBy(() -> new TlsPeer(ROOT, null).withVersions("TLSv1.2").served(port))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("protocol_version");
    broker.close();

    files.minimumVersion("tlsv1.2");
    start();
    assertTaken(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tlsv1.1", "tlsv1", "TLSv1.2", "1.3", ""})
  void anotherVersionEndsTheStart(String version) {
    files.minimumVersion(version);
    assertNoStart("Unsupported tls_version \"" + version + "\".");
  }

  @Test
  void theFirstCipherOfTheListThatTheClientKnowsIsTaken() throws Exception {
    files
        .ciphers("ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256")
        .ciphersTls13("TLS_AES_128_GCM_SHA256");
    int port = start();
    new TlsPeer(ROOT, null).withVersions("TLSv1.2").served(port);
    new TlsPeer(ROOT, null).withVersions("TLSv1.3").served(port);
    assertNegotiated("TLSv1.2 cipher TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    assertNegotiated("TLSv1.3 cipher TLS_AES_128_GCM_SHA256");
    for (String other :
        List.of("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_AES_256_GCM_SHA384")) {
      assertThatThrownBy(() -> new TlsPeer(ROOT, null).withCiphers(other).served(port))
          .as(other)
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("handshake_failure");
    }
  }

  private void assertNegotiated(String what) {
    await().until(() -> log.contains("Client c negotiated " + what));
  }

  @Test
  void aListForOneVersionLeavesTheOtherAsItIs() throws Exception {
    files.ciphersTls13("TLS_CHACHA20_POLY1305_SHA256");
    start();
    assertTaken(null);
    assertNegotiated("TLSv1.3 cipher TLS_CHACHA20_POLY1305_SHA256");
    broker.close();
    files.ciphersTls13(null).ciphers("ECDHE-ECDSA-CHACHA20-POLY1305");
    start();
    assertTaken(null);
    assertNegotiated("TLSv1.2 cipher TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");
  }

  @ParameterizedTest
  @CsvSource({"nonsense", "ECDHE-ECDSA-AES128-GCM-SHA256:nonsense", "TLS_AES_128_GCM_SHA256", "''"})
  void anUnknownCipherEndsTheStart(String list) {
    files.ciphers(list);
    assertNoStart("Unable to set TLS ciphers. Check cipher list \"" + list + "\".");
  }

  @ParameterizedTest
  @CsvSource({"nonsense", "TLS_AES_128_GCM_SHA256:nonsense", "ECDHE-ECDSA-AES128-GCM-SHA256", "''"})
  void anUnknownCipherOfTls13EndsTheStart(String list) {
    files.ciphersTls13(list);
    assertNoStart("Unable to set TLS 1.3 ciphersuites. Check cipher_tls13 list \"" + list + "\".");
  }

  @Test
  void aClientsIntermediateComesFromItselfOrFromTheListener() throws Exception {
    requiring();
    start();
    TestCertificate client = MIDDLE.client("c");
    TestCertificate bare = new TestCertificate(client.chain().subList(0, 1), client.key());
    assertTaken(client);
    broker.close();
    log.clear();
    start();
    assertRefused(bare);
    broker.close();

    files.cafile(file("both.crt", MIDDLE.pem(), ROOT.pem()));
    start();
    assertTaken(bare);
  }

  @Test
  void authoritiesMayLieInADirectory() throws Exception {
    Path directory = Files.createDirectory(folder.resolve("certificates"));
    Files.writeString(directory.resolve("01234567.0"), ROOT.pem());
    files.capath(directory).requireCertificate(true);
    start();
    assertRefused(TestAuthority.create().client("c"));
    assertTaken(ROOT.client("c"));
  }

  @Test
  void withoutACertificateOrWithAStrangersOrAServersNobodyComesIn() throws Exception {
    requiring();
    start();
    assertRefused(null);
    assertRefused(TestAuthority.create().client("c"));
    // A stranger who has taken the authority's name.
    assertRefused(TestAuthority.create(CertificateSpec.authority("midge test CA")).client("c"));
    assertRefused(ROOT.server(List.of("127.0.0.1")));
    // A client that plays the authority.
    TestCertificate client = ROOT.client("c");
    client.write(folder.resolve("client.crt"), folder.resolve("client.key"));
    TestCertificate below =
        TestAuthority.read(folder.resolve("client.crt"), folder.resolve("client.key")).client("d");
    assertRefused(
        new TestCertificate(List.of(below.certificate(), client.certificate()), below.key()));
  }

  @Test
  void expiredCertificatesAreRefusedUnlessDatesAreNotChecked() throws Exception {
    requiring();
    start();
    assertRefused(ROOT.issue(CLIENT.expired()));
    broker.close();

    files.skipDateChecks(true);
    start();
    assertRefused(ROOT.issue(CLIENT.notYetValid()));
    assertRefused(TestAuthority.create().issue(CLIENT.expired()));
    assertRefused(ROOT.issue(CertificateSpec.server(List.of("127.0.0.1")).expired()));
    Instant now = Instant.now();
    TestAuthority old =
        ROOT.intermediate(
            CertificateSpec.authority("old").valid(now.minusSeconds(900), now.minusSeconds(90)));
    assertRefused(old.issue(CLIENT));
    assertRefused(old.issue(CLIENT.valid(now.minusSeconds(600), now.minusSeconds(300))));
    assertTaken(ROOT.issue(CLIENT.expired()));
    assertTaken(ROOT.issue(CLIENT));
  }

  @Test
  void revokedCertificatesAreRefused() throws Exception {
    TestCertificate good = ROOT.client("c");
    TestCertificate bad = ROOT.client("c");
    TestCertificate old = ROOT.issue(CLIENT.expired());
    TestCertificate below = MIDDLE.client("c");
    requiring().skipDateChecks(true);
    files.crlfile(file("list.crl", ROOT.crl(bad.certificate(), old.certificate())));
    start();
    assertRefused(bad);
    assertRefused(old);
    assertRefused(below); // its issuer has no list
    assertTaken(good);
    broker.close();

    log.clear();
    files.crlfile(file("lists.crl", ROOT.crl(), MIDDLE.crl(), MIDDLE.crl(below.certificate())));
    start();
    assertRefused(below);
    assertTaken(bad);
    assertTaken(MIDDLE.client("c"));
  }

  @Test
  void aListThatIsOutOfDateOrByAnotherTellsNothing() throws Exception {
    TestCertificate client = ROOT.client("c");
    requiring();
    Instant now = Instant.now();
    TestAuthority impostor = TestAuthority.create(CertificateSpec.authority("midge test CA"));
    for (String list :
        List.of(
            ROOT.crl(now.minusSeconds(90), now.minusSeconds(60), List.of()),
            ROOT.crl(now.plusSeconds(600), now.plusSeconds(900), List.of()),
            impostor.crl())) {
      files.crlfile(file("list.crl", list));
      start();
      assertRefused(client);
      broker.close();
    }
  }

  @Test
  void filesThatAreMissingOrEmptyEndTheStart() throws Exception {
    Path none = folder.resolve("none");
    files.crlfile(none);
    assertNoStart("Unable to load " + none + ": No such file.");
    files.crlfile(file("empty.crl", ROOT.pem()));
    assertNoStart("Unable to load " + folder.resolve("empty.crl") + ": no revocation list in it.");
    files.crlfile(null).cafile(none);
    assertNoStart("Unable to load " + none + ": No such file.");
    files.cafile(file("empty.crt", "nothing"));
    assertNoStart("Unable to load " + folder.resolve("empty.crt") + ": no certificate in it.");
  }

  @Test
  void theKeyOfAnotherCertificateEndsTheStart() throws Exception {
    Path key = file("other.key", ROOT.client("c").keyPem());
    files = TlsFiles.builder(folder.resolve("server.crt"), key);
    assertNoStart("Unable to load " + key + ": the key is not the certificate's.");
  }
}
