package dev.midge.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.EngineKind;
import dev.midge.lwt.DrillSpec;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.ProxySpec;
import dev.midge.net.TlsSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The command that repeats a drill, as reports tell it. */
class DrillCommandLineTest {
  private static final byte[] PASSWORD = {'s', '3', 'c', 'r', 'e', 't'};

  private static DrillBroker broker(Endpoint endpoint, ProtocolVersion version, String username) {
    return new DrillBroker(
        endpoint, version, username, username == null ? null : PASSWORD, "p/", false);
  }

  private static String line(DrillBroker broker) {
    return DrillCommandLine.of(broker, null, false, null, DrillSpec.ARRIVAL_TIMEOUT);
  }

  @Test
  void hostPortAndVersion() {
    assertThat(line(broker(new Endpoint("h", 1884, null), ProtocolVersion.V5, null)))
        .isEqualTo("midge lwt -h h -p 1884 -V 5");
    assertThat(line(broker(new Endpoint("h", 1884, null), ProtocolVersion.V3_1_1, null)))
        .endsWith(" -V 311");
    assertThat(line(broker(new Endpoint("h", 1884, null), ProtocolVersion.V3_1, null)))
        .endsWith(" -V 31");
  }

  @Test
  void theMiniBrokerNeedsNoPlace() {
    DrillBroker inside =
        new DrillBroker(
            new Endpoint("127.0.0.1", 4711, null), ProtocolVersion.V5, null, null, "", true);

    assertThat(line(inside)).isEqualTo("midge lwt -V 5");
    assertThat(inside.name()).isEqualTo("the mini broker");
  }

  @Test
  void aPasswordIsAFileAndNoneIsShown() {
    Endpoint endpoint =
        new Endpoint(
            Transport.WEBSOCKET,
            "h",
            443,
            "10.0.0.1",
            new TlsSpec(
                "ca.crt",
                "/etc/certs",
                true,
                "c.crt",
                "c.key",
                null,
                "mqtt",
                "tlsv1.3",
                "A:B",
                true),
            new ProxySpec("proxy", 1080, "pu", "s3cret"));
    DrillBroker broker = broker(endpoint, ProtocolVersion.V5, "it's me");

    assertThat(DrillCommandLine.of(broker, EngineKind.PAHO, true, "my p/", Duration.ofMillis(2500)))
        .isEqualTo(
            "midge lwt -h h -p 443 -V 5 --ws -A 10.0.0.1 --proxy socks5h://proxy:1080 --cafile ca.crt"
                + " --capath /etc/certs --tls-use-os-certs --cert c.crt --key c.key --tls-alpn mqtt"
                + " --tls-version tlsv1.3 --ciphers A:B --insecure -u 'it'\\''s me' --pw-file FILE"
                + " --engine paho --proxy-faults --prefix 'my p/' --patience 2.5");
    assertThat(broker + " " + broker.subject(line(broker))).doesNotContain("s3cret");
    assertThat(broker.subject(line(broker)).transport())
        .isEqualTo("WebSocket with TLS through a SOCKS5 proxy");
  }

  @Test
  void aUnixSocketIsAPath() {
    DrillBroker broker =
        broker(
            new Endpoint(Transport.UNIX, "/tmp/a b", 0, null, null, null),
            ProtocolVersion.V5,
            null);

    assertThat(line(broker)).isEqualTo("midge lwt --unix '/tmp/a b' -V 5");
    assertThat(broker.name()).isEqualTo("/tmp/a b");
    assertThat(broker.subject(line(broker)).transport()).isEqualTo("a unix socket");
  }

  @Test
  void thePortOfTlsSpeaksPlainWhereTheUserWantsIt() {
    assertThat(line(broker(new Endpoint("h", 8883, null), ProtocolVersion.V5, null)))
        .endsWith(" -V 5 --no-tls");
  }
}
