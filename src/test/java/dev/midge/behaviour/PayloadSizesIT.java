package dev.midge.behaviour;

import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.ProxySpec;
import dev.midge.net.TlsSpec;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.SelfSigned;
import dev.midge.testing.SocksServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Payloads of all sizes, through the doors that Debian's mosquitto has. */
class PayloadSizesIT {
  @TempDir static Path directory;
  private static Mosquitto mosquitto;
  private static SocksServer proxy;
  private static TlsSpec trust;

  @BeforeAll
  static void start() throws Exception {
    Mosquitto.require();
    SelfSigned self = SelfSigned.in(directory);
    trust = MiniBrokerWithDoors.trusting(self.certificate());
    mosquitto =
        Mosquitto.configured(
            directory,
            "allow_anonymous true",
            "listener PORT 127.0.0.1",
            "certfile " + self.certificate(),
            "keyfile " + self.key(),
            "listener 0 " + directory.resolve("unix"));
    proxy = SocksServer.to(mosquitto.port()).start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (mosquitto != null) {
      proxy.close();
      mosquitto.close();
    }
  }

  static Stream<Arguments> table() {
    return PayloadTrial.table(Door.TLS, Door.UNIX, Door.PROXY);
  }

  private static Endpoint endpoint(Door door) {
    return switch (door) {
      case TLS -> new Endpoint(Transport.TCP, "localhost", mosquitto.port(), null, trust, null);
      case UNIX ->
          new Endpoint(Transport.UNIX, directory.resolve("unix").toString(), 0, null, null, null);
      case PROXY -> {
        ProxySpec spec = new ProxySpec("127.0.0.1", proxy.port(), null, null);
        yield new Endpoint(Transport.TCP, "localhost", 8883, null, trust, spec);
      }
      default -> throw new IllegalArgumentException(door.name());
    };
  }

  @ParameterizedTest(name = "{0}, version {1}, {2} bytes")
  @MethodSource("table")
  void everySizeTravelsThroughEveryDoor(Door door, String version, int size) throws Exception {
    new PayloadTrial(directory).travels(endpoint(door), version, size);
  }
}
