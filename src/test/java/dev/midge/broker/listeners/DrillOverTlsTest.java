package dev.midge.broker.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.TlsFiles;
import dev.midge.net.tls.make.TestAuthority;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Slow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The drill on listeners that ask for certificates and look them up in a revocation list, on all
 * addresses of the machine.
 */
@Slow("plays the drill")
class DrillOverTlsTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void everyRowIsGreenWithACertificate() throws Exception {
    TestAuthority root = TestAuthority.create();
    TestAuthority middle = root.intermediate("middle");
    middle
        .server(List.of("127.0.0.1"))
        .write(folder.resolve("server.crt"), folder.resolve("server.key"));
    middle.client("drill").write(folder.resolve("client.crt"), folder.resolve("client.key"));
    TlsFiles files =
        TlsFiles.builder(folder.resolve("server.crt"), folder.resolve("server.key"))
            .cafile(file("ca.crt", root.pem() + middle.pem()))
            .crlfile(file("list.crl", middle.crl()))
            .requireCertificate(true)
            .minimumVersion("tlsv1.3")
            .ciphersTls13("TLS_AES_128_GCM_SHA256")
            .build();
    try (Broker broker =
        Broker.start(
            BrokerConfig.onFreePort()
                .withListener(ListenerSpec.tcp(0).on("*").withTls(files))
                .withListener(ListenerSpec.webSocket(0).on("*").withTls(files)))) {
      List<MidgeRun> runs = new ArrayList<>();
      runs.add(drill(broker.ports().get(1), "-V", "5"));
      runs.add(drill(broker.ports().get(2), "-V", "311", "--ws"));
      for (MidgeRun run : runs) {
        run.await();
        assertThat(run.status()).as(run.outText() + run.errText()).isZero();
        assertThat(run.outText()).contains(" ok, 0 failed").doesNotContain("not examined");
      }
    }
  }

  private MidgeRun drill(int port, Object... more) {
    List<Object> words = new ArrayList<>(List.of("lwt", "-h", "127.0.0.1", "-p", port, "--quiet"));
    words.addAll(List.of("--cafile", folder.resolve("ca.crt")));
    words.addAll(List.of("--cert", folder.resolve("client.crt")));
    words.addAll(List.of("--key", folder.resolve("client.key")));
    words.addAll(List.of(more));
    return MidgeRun.start(words.toArray());
  }
}
