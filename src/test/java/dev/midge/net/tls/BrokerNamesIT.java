package dev.midge.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.NetFailure;
import dev.midge.net.ProxySpec;
import dev.midge.net.TlsProblem;
import dev.midge.net.TlsSpec;
import dev.midge.net.connect.Channels;
import dev.midge.testing.Certificates;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import dev.midge.testing.SocksServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule of names, with Debian's mosquitto as the server and mosquitto_pub as the judge. */
class BrokerNamesIT {
  @TempDir static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void makeAuthority() throws IOException {
    Mosquitto.require();
    certificates = new Certificates(directory);
  }

  /** Subject, alternative names, hosts that they are for, hosts that they are not for. */
  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // The common name alone: any kind of host.
        "/CN=localhost   |-|localhost LOCALHOST localhost.|127.0.0.1 host",
        "/CN=LOCALHOST   |-|localhost|127.0.0.1",
        "/CN=127.0.0.1   |-|127.0.0.1|localhost 127.0.0.2",
        "/CN=mqtt_broker |-|mqtt_broker MQTT_BROKER|mqtt-broker localhost",
        "/CN=::1         |-|::1 [::1] 0:0:0:0:0:0:0:1|::2 127.0.0.1",
        "/CN=*.a.test    |-|x.a.test x_y.a.test|a.test x.y.a.test .a.test",
        "/CN=bücher.test |-|bücher.test xn--bcher-kva.test BÜCHER.test|bucher.test",
        "/O=localhost    |-|-|localhost 127.0.0.1",
        "/CN=localhost/CN=host|-|localhost host|127.0.0.1",
        // Beside names that are no DNS names it counts too.
        "/CN=localhost|IP:10.0.0.1      |localhost 10.0.0.1|127.0.0.1",
        "/CN=127.0.0.1|IP:10.0.0.1      |127.0.0.1 10.0.0.1|localhost",
        "/CN=127.0.0.1|URI:http://x.test|127.0.0.1|localhost x.test",
        "/CN=localhost|email:a@x.test   |localhost|127.0.0.1 x.test",
        // Beside a DNS name it does not, for no kind of host.
        "/CN=localhost|DNS:host            |host|localhost 127.0.0.1",
        "/CN=127.0.0.1|DNS:host            |host|127.0.0.1 localhost",
        "/CN=127.0.0.1|DNS:host,IP:10.0.0.1|host 10.0.0.1|127.0.0.1 localhost",
        // DNS names are for names, IP addresses for addresses.
        "/CN=x|DNS:localhost,DNS:under_score.test|localhost. under_score.test|x 127.0.0.1",
        "/CN=x|DNS:127.0.0.1    |-|127.0.0.1",
        "/CN=x|DNS:*.0.0.1      |-|127.0.0.1",
        "/CN=x|IP:127.0.0.1     |127.0.0.1|localhost 127.0.0.2",
        "/CN=x|IP:2001:db8::1   |2001:db8::1 [2001:DB8:0:0:0:0:0:1]"
            + " 2001:db8::1%nowhere|2001:db8::2",
        "/CN=x|IP:fe80::1       |fe80::1%eth9 [fe80::1%eth9]|fe80::2%eth9",
        "/CN=x|DNS:xn--bcher-kva.test|bücher.test XN--BCHER-KVA.test|bucher.test",
        // A * is one whole label, and there is something behind it.
        "/CN=x|DNS:*.a.test     |x.a.test x_1.A.test x.a.test.|a.test x.y.a.test .a.test *a.test",
        "/CN=x|DNS:*.localhost  |-|localhost",
        "/CN=x|DNS:l*t,DNS:*t,DNS:*,DNS:x.*.test|-|localhost x.y.test test",
      })
  void whichHostsACertificateIsFor(String subject, String names, String right, String wrong)
      throws Exception {
    String extension = names == null ? "basicConstraints=CA:FALSE" : "subjectAltName=" + names;
    certificates.issue("server", "ca", subject, extension);
    try (Mosquitto mosquitto =
            Mosquitto.configured(
                directory,
                "allow_anonymous true",
                "listener PORT 127.0.0.1",
                "certfile " + certificates.file("server.crt"),
                "keyfile " + certificates.file("server.key"));
        SocksServer proxy = SocksServer.to(mosquitto.port()).start()) {
      for (String host : split(right)) {
        assertThat(refusal(proxy, host)).as(host).isNull();
      }
      for (String host : split(wrong)) {
        assertThat(refusal(proxy, host)).as(host).isEqualTo(TlsProblem.OTHER_HOST);
      }
      if (!MORE_STRICT.contains(String.valueOf(names))) {
        for (String host : new String[] {"localhost", "127.0.0.1"}) {
          assertThat(refusal(proxy, host) == null)
              .as("mosquitto_pub -h " + host)
              .isEqualTo(isGoodForMosquittoPub(mosquitto.port(), host));
        }
      }
    }
  }

  /** The contract has RFC 6125 here; 2.0.11 compares addresses with DNS names as text. */
  private static final Set<String> MORE_STRICT =
      Set.of("DNS:127.0.0.1", "DNS:*.0.0.1", "DNS:*.localhost");

  private static String[] split(String hosts) {
    return hosts == null ? new String[0] : hosts.strip().split(" ");
  }

  /** Null for none. */
  private static TlsProblem refusal(SocksServer proxy, String host) throws IOException {
    TlsSpec tls =
        new TlsSpec(
            certificates.file("ca.crt"), null, false, null, null, null, null, null, null, false);
    ProxySpec spec = new ProxySpec("127.0.0.1", proxy.port(), null, null);
    ClientChannel channel = Channels.to(new Endpoint(Transport.TCP, host, 8883, null, tls, spec));
    NetFailure failure = catchThrowableOfType(NetFailure.class, channel::connect);
    channel.close();
    return failure == null ? null : failure.refusal().problem();
  }

  private static boolean isGoodForMosquittoPub(int port, String host) {
    Program pub =
        Program.start(
            "mosquitto_pub",
            "-h",
            host,
            "-p",
            port,
            "--cafile",
            certificates.file("ca.crt"),
            "-t",
            "a",
            "-n");
    return pub.await().status() == 0;
  }
}
