package dev.midge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixListenerTest {
  @TempDir Path folder;

  private Path path() {
    return folder.resolve("s");
  }

  private Broker start() throws IOException {
    return Broker.start(BrokerConfig.onFreePort().withListener(ListenerSpec.unix(path())));
  }

  private boolean isHeard() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(path()));
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void theFileGoesWithTheBroker() throws IOException {
    try (Broker broker = start()) {
      assertThat(broker.ports()).hasSize(2).last().isEqualTo(0);
      assertThat(isHeard()).isTrue();
    }
    assertThat(path()).doesNotExist();
  }

  @Test
  void aStaleFileIsReplaced() throws IOException {
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(path()));
    }
    assertThat(path()).exists();
    try (Broker broker = start()) {
      assertThat(broker.failure()).isNotDone();
      assertThat(isHeard()).isTrue();
    }
  }

  @Test
  void theSocketOfALiveBrokerIsNotStolen() throws IOException {
    try (Broker first = start()) {
      assertThatThrownBy(this::start).hasMessageContaining("Address already in use");
      assertThat(first.failure()).isNotDone();
      assertThat(isHeard()).isTrue();
    }
  }

  @Test
  void aFileThatIsNoSocketIsLeftAlone() throws IOException {
    Files.writeString(path(), "precious");
    assertThatThrownBy(this::start).isInstanceOf(IOException.class);
    assertThat(path()).hasContent("precious");
  }

  @Test
  void theFileOfASuccessorStays() throws IOException {
    Broker first = start();
    Files.delete(path());
    try (Broker second = start()) {
      first.close();
      assertThat(second.failure()).isNotDone();
      assertThat(isHeard()).isTrue();
    }
  }

  @Test
  void aFileThatCannotBeRemovedDoesNotDisturbTheEnd() throws Exception {
    Broker broker = start();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeThat(Files.isWritable(folder)).as("root may do all").isFalse();
      try (RawClient client = RawClient.connected(broker.port(), ProtocolVersion.V5, "c")) {
        broker.close();
        assertThat(client.expect(Disconnect.class).reasonCode()).isEqualTo(0x8B);
      }
      assertThat(broker.failure()).isNotDone();
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      broker.close();
    }
  }

  @Test
  void theLogTellsThePath() throws IOException {
    List<String> log = new CopyOnWriteArrayList<>();
    BrokerConfig config = new BrokerConfig(List.of(0), event -> log.add(event.text()), false);
    try (Broker broker = Broker.start(config.withListener(ListenerSpec.unix(path())))) {
      assertThat(broker.failure()).isNotDone();
      assertThat(isHeard()).isTrue();
      await().until(() -> log.contains("New connection from " + path() + " on port 0."));
    }
    assertThat(log).contains("Opening unix listen socket on path " + path() + ".");
  }
}
