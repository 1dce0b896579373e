package dev.midge.testing.willbroker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import dev.midge.testing.SelfSigned;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorsTest {
  @TempDir static Path folder;
  private static SelfSigned self;

  @BeforeAll
  static void makeCertificate() throws Exception {
    self = SelfSigned.in(folder);
  }

  @Test
  void theDrillFindsNothingWrongOverTls() throws Exception {
    try (WillBroker broker = WillBroker.start(Behaviour.honest(), Door.tls(context()))) {
      drill(broker, "--cafile", self.certificate()).isZero();
    }
  }

  @Test
  void theDrillFindsNothingWrongOverWebSocket() {
    try (WillBroker broker = WillBroker.start(Behaviour.honest(), Door.WEB_SOCKET)) {
      drill(broker, "--ws").isZero();
    }
  }

  @Test
  void theDrillFindsNothingWrongOverWebSocketInTls() throws Exception {
    Door door = Door.webSocketOverTls(context());
    try (WillBroker broker = WillBroker.start(Behaviour.honest(), door)) {
      drill(broker, "--ws", "--cafile", self.certificate()).isZero();
    }
  }

  private static org.assertj.core.api.AbstractIntegerAssert<?> drill(
      WillBroker broker, Object... options) {
    java.util.List<Object> words = new java.util.ArrayList<>();
    words.addAll(java.util.List.of("lwt", "-h", "127.0.0.1", "-p", broker.port()));
    words.addAll(java.util.List.of(options));
    MidgeRun run = MidgeRun.run(words.toArray());
    return assertThat(run.status()).as(run.outText() + run.errText());
  }

  private static SSLContext context() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(self.store())) {
      store.load(in, SelfSigned.WORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, SelfSigned.WORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
