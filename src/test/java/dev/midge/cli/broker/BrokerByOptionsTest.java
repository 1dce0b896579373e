package dev.midge.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.net.tls.make.TestAuthority;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose listeners the command line describes, and clients of midge at each of them. */
class BrokerByOptionsTest {
  @TempDir Path folder;
  private final List<MidgeRun> brokers = new ArrayList<>();

  @AfterEach
  void stopBrokers() {
    brokers.forEach(MidgeRun::stop);
  }

  private MidgeRun broker(Object... words) {
    MidgeRun run = MidgeRun.start(with("broker", words)).awaitErr(" running");
    brokers.add(run);
    return run;
  }

  private static Object[] with(String first, Object... words) {
    Object[] all = new Object[words.length + 1];
    all[0] = first;
    System.arraycopy(words, 0, all, 1, words.length);
    return all;
  }

  private static String port(MidgeRun broker, int line) {
    broker.awaitOut("\n");
    return broker.outText().lines().toList().get(line);
  }

  private static MidgeRun retains(Object... words) {
    MidgeRun run =
        MidgeRun.run(with("pub", with("-t", with("kept", with("-m", with("x", words))))));
    assertThat(run.status()).as(run.errText()).isZero();
    return run;
  }

  private static String reads(Object... words) {
    MidgeRun run =
        MidgeRun.run(
            with(
                "sub",
                with("-t", with("kept", with("-C", with("1", with("-W", with("20", words))))))));
    return run.outText() + run.errText();
  }

  @Test
  void mqttWebSocketAndAUnixSocketShareTheMessages() {
    Path socket = folder.resolve("socket");
    MidgeRun broker = broker("-p", 0, "--ws", 0, "--unix", socket);
    retains("-p", port(broker, 0), "-r", "-q", 1);

    assertThat(reads("--ws", "-p", port(broker, 1))).isEqualTo("x\n");
    assertThat(reads("--unix", socket)).isEqualTo("x\n");
    assertThat(broker.outText()).hasLineCount(2);
    assertThat(broker.errText()).doesNotContain("Warning: anybody");
  }

  @Test
  void withoutAPortOnlyTheNamedPlacesAreOpen() {
    MidgeRun broker = broker("--ws", 0);

    assertThat(port(broker, 0)).isNotEqualTo("1883");
    assertThat(broker.errText().split("Opening ", -1)).hasSizeBetween(2, 3).doesNotContain("1883");
  }

  @Test
  void tlsForTestsIsOneOption() throws IOException {
    Path ca = folder.resolve("ca.crt");
    MidgeRun broker = broker("-p", 0, "--ws", 0, "--tls-test", ca);
    broker.awaitErr("TLS for tests; " + ca + " is what clients trust: midge sub --cafile " + ca);
    String port = port(broker, 0);
    retains("--cafile", ca, "-p", port, "-r", "-q", 1);

    assertThat(broker.errText()).contains(" -p " + port + " -t '#'\n");
    assertThat(reads("--cafile", ca, "-h", "127.0.0.1", "-p", port)).isEqualTo("x\n");
    assertThat(reads("--cafile", ca, "--ws", "-p", port(broker, 1))).isEqualTo("x\n");
    assertThat(MidgeRun.run("pub", "-p", port, "-t", "a", "-m", "x").status()).isNotZero();
    assertThat(Files.readString(ca)).contains("CERTIFICATE").doesNotContain("PRIVATE");
    assertThat(folder.toFile().list()).containsExactly("ca.crt");
  }

  @Test
  void whatWasMadeBeforeIsReplaced() throws IOException {
    Path ca = folder.resolve("ca.crt");
    broker("-p", 0, "--tls-test", ca).stop();
    String before = Files.readString(ca);
    MidgeRun broker = broker("-p", 0, "--tls-test", ca);

    assertThat(Files.readString(ca)).isNotEqualTo(before);
    retains("--cafile", ca, "-p", port(broker, 0));
  }

  @Test
  void anAuthorityOfSomebodyElseIsNotOverwritten() throws IOException {
    Path ca = folder.resolve("ca.crt");
    Files.writeString(ca, "dear diary");
    MidgeRun run = MidgeRun.run("broker", "-p", 0, "--tls-test", ca);

    assertThat(run.errText())
        .startsWith(
            "Error: --tls-test: " + ca + " is there already and was not made by --tls-test");
    assertThat(run.status()).isEqualTo(3);
    assertThat(Files.readString(ca)).isEqualTo("dear diary");
  }

  @Test
  void aCertificateAndItsKeyGiveTlsAndClientsMayHaveToShowTheirs() throws IOException {
    TestAuthority authority = TestAuthority.create();
    Path ca = Files.writeString(folder.resolve("ca"), authority.pem());
    Path crt = folder.resolve("crt");
    Path key = folder.resolve("key");
    authority.server(List.of("localhost")).write(crt, key);
    Path clientCrt = folder.resolve("client-crt");
    Path clientKey = folder.resolve("client-key");
    authority.client("someone").write(clientCrt, clientKey);
    MidgeRun open = broker("-p", 0, "--cert", crt, "--key", key);
    MidgeRun closed =
        broker("-p", 0, "--cert", crt, "--key", key, "--cafile", ca, "--require-certificate");

    retains("--cafile", ca, "-p", port(open, 0));
    retains("--cafile", ca, "-p", port(closed, 0), "--cert", clientCrt, "--key", clientKey);
    MidgeRun stranger =
        MidgeRun.run("pub", "--cafile", ca, "-p", port(closed, 0), "-t", "a", "-m", "x", "-q", 1);
    assertThat(stranger.status()).isNotZero();
  }

  @Test
  void aCertificateThatIsNoneEndsTheStart() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "nothing");
    MidgeRun run = MidgeRun.run("broker", "-p", 0, "--cert", file, "--key", file);

    assertThat(run.errText()).startsWith("Error: ").contains(file.toString()).hasLineCount(1);
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void theLongestKeepAliveIsTheBrokers() {
    MidgeRun broker = broker("-p", 0, "--max-keepalive", 10);
    String port = port(broker, 0);
    MidgeRun tooLong =
        MidgeRun.run("pub", "-V", "311", "-k", 11, "-p", port, "-t", "a", "-m", "x", "-q", 1);

    assertThat(tooLong.status()).isEqualTo(2);
    retains("-V", "311", "-k", 10, "-p", port);
  }

  @Test
  void aPlaceForTheStateIsMade() {
    Path state = folder.resolve("a/b");
    broker("-p", 0, "--persistence", state);

    assertThat(state).isDirectory();
  }

  @Test
  void strangersAreToldOfUnlessPasswordsOrCertificatesKeepThemOut() throws IOException {
    TestAuthority authority = TestAuthority.create();
    Path ca = Files.writeString(folder.resolve("ca"), authority.pem());
    Path acl = Files.writeString(folder.resolve("acl"), "topic read a\n");
    String everything = "Warning: anybody who reaches 0.0.0.0 can connect, publish and read: there";
    String some = "Warning: anybody who reaches 0.0.0.0 can connect: there are no passwords.";

    assertThat(strangers("--ws", 0)).contains(everything);
    assertThat(strangers("--acl", acl)).contains(some);
    assertThat(strangers("--user", "a:b")).doesNotContain("anybody");
    assertThat(strangers("--tls-test", folder.resolve("made"))).contains(everything);
    Path made = folder.resolve("again");
    assertThat(strangers("--tls-test", made, "--cafile", ca, "--require-certificate"))
        .doesNotContain("anybody");
  }

  private String strangers(Object... words) {
    return broker(with("-p", with("0", with("--bind", with("0.0.0.0", words))))).errText();
  }

  @Test
  void passwordsOnTheCommandLineAreWarnedAboutOnceAndNotShown() {
    String told = broker("-p", 0, "--user", "a:s3cret", "--user", "b:s3cret").errText();

    assertThat(told).containsOnlyOnce("Warning: other users of this machine can see the passwords");
    assertThat(told).doesNotContain("s3cret");
  }

  @Test
  void filesOfSecretsThatOthersCanReadAreWarnedAbout() throws IOException {
    Path users = folder.resolve("users");
    MidgeRun.run("passwd", "-c", "-b", users, "a", "b");
    assertThat(broker("-p", 0, "--password-file", users).errText()).doesNotContain("Warning: File");

    Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(broker("-p", 0, "--password-file", users).errText())
        .contains("Warning: File " + users + " has world readable permissions.");
  }

  @Test
  void aUserHasOnePassword() throws Exception {
    MidgeRun run = MidgeRun.run("broker", "-p", 0, "--user", "a:s3cret", "--user", "a:other");

    assertThat(run.errText()).startsWith("Error: --user gives 'a' two passwords.\n");
    assertThat(run.status()).isEqualTo(3);
  }
}
