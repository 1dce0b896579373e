package dev.midge.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Certificates;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import dev.midge.testing.SocksServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's mosquitto_pub and ours reach the same brokers through TLS, proxies and unix sockets,
 * with the same results: status, both outputs, and what a proxy is asked.
 */
class ReachingIT {
  @TempDir static Path directory;
  private static final List<Mosquitto> BROKERS = new ArrayList<>();
  private static Certificates certificates;
  private static Mosquitto tls;
  private static Mosquitto strict;
  private static Mosquitto expired;
  private static Mosquitto plain;

  @BeforeAll
  static void start() throws IOException {
    Mosquitto.require();
    certificates =
        new Certificates(directory)
            .leaf("server", "DNS:localhost")
            .leaf("client", "DNS:client")
            .authority("other")
            .openssl("req -new -key server.key -subj /CN=late -out late.csr")
            .openssl(
                "x509 -req -in late.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days -1"
                    + " -extfile server.ext -out late.crt");
    Files.createDirectories(directory.resolve("hashed"));
    Files.copy(directory.resolve("ca.crt"), directory.resolve("hashed/ca.crt"));
    certificates.openssl("rehash hashed");
    Files.writeString(directory.resolve("garbage"), "no certificate\n");
    plain = mosquitto("plain", "listener 0 " + directory.resolve("socket"));
    tls = mosquitto("tls", "certfile {server.crt}", "keyfile {server.key}");
    expired = mosquitto("expired", "certfile {late.crt}", "keyfile {server.key}");
    strict =
        mosquitto(
            "strict",
            "certfile {server.crt}",
            "keyfile {server.key}",
            "cafile {ca.crt}",
            "require_certificate true");
  }

  private static Mosquitto mosquitto(String name, String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of("allow_anonymous true", "listener PORT 127.0.0.1"));
    for (String line : lines) {
      all.add(expand(line));
    }
    Path room = Files.createDirectory(directory.resolve(name));
    Mosquitto broker = Mosquitto.configured(room, all.toArray(String[]::new));
    BROKERS.add(broker);
    return broker;
  }

  /** {@code {file}} is a file of the directory. */
  private static String expand(String text) {
    return text.replaceAll("\\{([^}]*)}", directory + "/$1");
  }

  @AfterAll
  static void stop() {
    BROKERS.forEach(Mosquitto::close);
  }

  private record Result(int status, String out, String err) {}

  /**
   * One line.
   *
   * @param contract makes of what 2.0.11 does what the contract says
   */
  private record Row(String name, String words, UnaryOperator<Result> contract) {}

  private static Row same(String name, String words) {
    return new Row(name, words, seen -> seen);
  }

  /** Section 7: always status 1 and these words, where 2.0.11 has 8 and others. */
  private static Row tlsError(String name, String words) {
    return new Row(
        name,
        words,
        seen -> {
          assertThat(seen.status).as("mosquitto fails too").isNotZero();
          return new Result(1, "", "Unable to connect (A TLS error occurred)");
        });
  }

  /** Section 7: refused after the handshake; 2.0.11 says that, or something else, by chance. */
  private static Row lost(String name, String words) {
    return new Row(
        name,
        words,
        seen -> {
          assertThat(seen.status).as("mosquitto fails too").isNotZero();
          return new Result(7, "", "Error: The connection was lost");
        });
  }

  private static Row other(String name, String words, int status, String err) {
    return new Row(
        name,
        words,
        seen -> {
          Result wanted = new Result(status, "", err);
          assertThat(seen).as("a difference that is none any more").isNotEqualTo(wanted);
          return wanted;
        });
  }

  private static List<Row> rows() {
    String at = "-h localhost -p " + tls.port() + " --cafile {ca.crt} ";
    String atStrict = "-h localhost -p " + strict.port() + " --cafile {ca.crt} ";
    String atPlain = "-h 127.0.0.1 -p " + plain.port() + " ";
    return List.of(
        same("trusted", at),
        same("ALPN", at + "--tls-alpn mqtt"),
        same("TLS 1.2", at + "--tls-version tlsv1.2"),
        same("TLS 1.3", at + "--tls-version tlsv1.3"),
        same("a cipher", at + "--ciphers ECDHE-RSA-AES128-GCM-SHA256 --tls-version tlsv1.2"),
        same("a directory", "-h localhost -p " + tls.port() + " --capath {hashed}"),
        same("no check of names", at.replace("localhost", "127.0.0.1") + "--insecure"),
        same("a client certificate", atStrict + "--cert {client.crt} --key {client.key}"),
        tlsError("another authority", at.replace("{ca.crt}", "{other.crt}")),
        tlsError("another name", at.replace("localhost", "127.0.0.1")),
        tlsError("expired", at.replace("" + tls.port(), "" + expired.port())),
        tlsError("a missing directory", "-h localhost -p " + tls.port() + " --capath {nowhere}"),
        tlsError("garbage", at.replace("{ca.crt}", "{garbage}")),
        tlsError("another key", at + "--cert {client.crt} --key {server.key}"),
        tlsError("a certificate that is none", at + "--cert {garbage} --key {client.key}"),
        tlsError("a key that is none", at + "--cert {client.crt} --key {garbage}"),
        tlsError("no such cipher", at + "--ciphers NONSENSE"),
        tlsError("no TLS there", atPlain + "--cafile {ca.crt}"),
        other(
            "--insecure verifies nothing at all",
            at.replace("{ca.crt}", "{other.crt}") + "--insecure",
            0,
            ""),
        other(
            "TLS 1.1",
            at + "--tls-version tlsv1.1",
            1,
            "Error: Problem setting TLS options, check the options are valid"),
        same("a missing file", "-p 1 --cafile {nowhere}"),
        lost("no client certificate", atStrict),
        lost("a stranger's certificate", atStrict + "--cert {other.crt} --key {other.key}"),
        same("a unix socket", "--unix {socket}"),
        same("no unix socket", "--unix {nowhere}"),
        other(
            "a path too long", "--unix " + "x".repeat(120), 1, "Unable to connect (Invalid input)"),
        same("bound", atPlain + "-A 127.0.0.1"),
        same("bound elsewhere", atPlain + "-A 127.0.0.2"),
        same("bound to another's address", atPlain + "-A 192.0.2.1"),
        same("bound to no name", atPlain + "-A 'no name'"));
  }

  @TestFactory
  Stream<DynamicTest> bothReachTheSame() {
    return rows().stream().map(row -> DynamicTest.dynamicTest(row.name, () -> compare(row)));
  }

  private static void compare(Row row) {
    List<String> words = words(row.words);
    Result theirs = mosquitto(Map.of(), words);
    assertThat(ours(Map.of(), words)).as(row.words).isEqualTo(row.contract.apply(theirs));
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>(Words.of(expand(line)));
    words.addAll(List.of("-t", "t", "-m", "x"));
    return words;
  }

  private static Result mosquitto(Map<String, String> environment, List<String> words) {
    List<String> command = new ArrayList<>(List.of("/usr/bin/mosquitto_pub"));
    command.addAll(words);
    Program run = Program.start(environment, command.toArray()).await();
    return new Result(run.status(), run.outText(), Essence.ofErr(run.errText(), run.pid()));
  }

  private static Result ours(Map<String, String> environment, List<String> words) {
    MidgeRun run = MidgeRun.startAs("mosquitto_pub", environment, words.toArray()).await();
    return new Result(run.status(), run.outText(), Essence.ofErr(run.errText(), -1));
  }

  /** Section 7: why TLS fails, on standard output, and only there and with -d. */
  @TestFactory
  Stream<DynamicTest> theReasonIsToldWithDebug() {
    String at = "-h localhost -p " + tls.port() + " ";
    return Map.of(
            "--cafile {garbage}",
                "Error: Unable to load CA certificates, check cafile \"{garbage}\".",
            "--cafile {ca.crt} --cert {garbage} --key {client.key}",
                "Error: Unable to load client certificate \"{garbage}\".",
            "--cafile {ca.crt} --cert {client.crt} --key {garbage}",
                "Error: Unable to load client key file \"{garbage}\".",
            "--cafile {ca.crt} --cert {client.crt} --key {server.key}",
                "Error: Client certificate/key are inconsistent.",
            "--cafile {ca.crt} --ciphers HIGH:!aNULL",
                "Error: Unable to set TLS ciphers. Check cipher list \"HIGH:!aNULL\".",
            "--cafile {other.crt}", "Error: certificate verify failed",
            "--cafile {ca.crt} -h 127.0.0.1", "Error: certificate verify failed: ")
        .entrySet()
        .stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () -> {
                      Result quiet = ours(Map.of(), words(at + each.getKey()));
                      assertThat(quiet.out).isEmpty();
                      Result told = ours(Map.of(), words(at + each.getKey() + " -d"));
                      assertThat(told.out).startsWith(expand(each.getValue()));
                      assertThat(told.err).isEqualTo("Unable to connect (A TLS error occurred)");
                    }));
  }

  /**
   * What a proxy does.
   *
   * @param instead of what 2.0.11 says, section 6; null for the same
   */
  private record ProxyRow(
      String name, UnaryOperator<SocksServer> made, String login, String host, Result instead) {
    ProxyRow(String name, UnaryOperator<SocksServer> made) {
      this(name, made, "", "broker.test", null);
    }
  }

  private static List<ProxyRow> proxies() {
    List<ProxyRow> rows = new ArrayList<>();
    for (int reply = 0; reply <= 8; reply++) {
      int code = reply;
      rows.add(new ProxyRow("reply " + reply, proxy -> proxy.replying(code)));
    }
    rows.add(
        new ProxyRow(
            "reply 9",
            proxy -> proxy.replying(9),
            "",
            "broker.test",
            new Result(16, "", "Error: Proxy error")));
    rows.add(new ProxyRow("no method", proxy -> proxy.choosing(255)));
    rows.add(new ProxyRow("an address", proxy -> proxy, "", "127.0.0.1", null));
    rows.add(
        new ProxyRow("a login", proxy -> proxy.choosing(2), "me:secret@", "broker.test", null));
    rows.add(
        new ProxyRow("escaped", proxy -> proxy.choosing(2), "m%3Ae:%25@", "broker.test", null));
    rows.add(new ProxyRow("not needed", proxy -> proxy, "me:secret@", "broker.test", null));
    rows.add(
        new ProxyRow(
            "wrong login",
            proxy -> proxy.choosing(2).judging(1),
            "me:x@",
            "broker.test",
            new Result(11, "", "Error: Authorisation failed")));
    return rows;
  }

  @TestFactory
  Stream<DynamicTest> bothTellAProxyTheSame() {
    return proxies().stream().map(row -> DynamicTest.dynamicTest(row.name, () -> compare(row)));
  }

  private static void compare(ProxyRow row) throws IOException {
    List<Result> results = new ArrayList<>();
    List<List<String>> asked = new ArrayList<>();
    for (boolean ours : new boolean[] {false, true}) {
      try (SocksServer proxy = row.made.apply(SocksServer.to(plain.port())).start()) {
        String url = "socks5h://" + row.login + "127.0.0.1:" + proxy.port();
        List<String> words = words("--proxy " + url + " -h " + row.host + " -p 1883");
        results.add(ours ? ours(Map.of(), words) : mosquitto(Map.of(), words));
        asked.add(List.copyOf(proxy.requests()));
      }
    }
    assertThat(asked.get(1)).isEqualTo(asked.get(0));
    assertThat(results.get(1).equals(results.get(0))).isEqualTo(row.instead == null);
    assertThat(results.get(1)).isEqualTo(row.instead == null ? results.get(0) : row.instead);
  }

  /** 2.0.11 reads a line in pieces, of which the second is no option; section 4 says otherwise. */
  @TestFactory
  Stream<DynamicTest> longLinesOfAnOptionFile() throws IOException {
    return Stream.of(1000, 1020, 1021, 2000)
        .map(length -> DynamicTest.dynamicTest(length + " bytes", () -> longLine(length)));
  }

  private static void longLine(int length) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("options" + length));
    Path file = folder.resolve("mosquitto_pub");
    Files.writeString(file, "-m " + "x".repeat(length) + "\n");
    Map<String, String> environment = Map.of("XDG_CONFIG_HOME", folder.toString());
    List<String> words = List.of("-h", "127.0.0.1", "-p", "" + plain.port(), "-t", "t", "-d");
    Result theirs = mosquitto(environment, words);
    Result ours = ours(environment, words);

    assertThat(ours.status).isZero();
    assertThat(ours.out).contains("'t', ... (" + length + " bytes))");
    if (length <= 1020) {
      assertThat(ours.err).isEqualTo(theirs.err);
    } else {
      assertThat(theirs).isNotEqualTo(ours);
    }
  }
}
