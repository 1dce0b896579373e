package dev.midge.net.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.net.Endpoint;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.ScriptedBroker.Sight;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpChannelTest {
  /** A thread for each task: the common pool may have a single one, which waits already. */
  private static final Executor THREAD = task -> new Thread(task).start();

  private ScriptedBroker peer;

  @BeforeEach
  void listen() throws Exception {
    peer = new ScriptedBroker();
  }

  @AfterEach
  void close() throws Exception {
    peer.close();
  }

  private TcpChannel channelTo(String host, String bindAddress) {
    return new TcpChannel(new Endpoint(host, peer.port(), bindAddress));
  }

  private TcpChannel connected() throws IOException {
    TcpChannel channel = channelTo("127.0.0.1", null);
    channel.connect();
    peer.accept();
    return channel;
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "LocalHost"})
  void bytesGoBothWays(String host) throws Exception {
    TcpChannel channel = channelTo(host, "127.0.0.1");
    channel.connect();
    peer.accept();
    channel.out().write(new byte[] {1, 2});
    peer.sendHex("0304");

    assertThat(peer.readHex(2)).isEqualTo("0102");
    assertThat(channel.in().readNBytes(2)).containsExactly(3, 4);
    channel.abort();
  }

  @Test
  void anUnknownNameIsToldFromAnUnreachableHost() {
    assertThatThrownBy(() -> channelTo("no-such-host.invalid", null).connect())
        .isInstanceOf(UnknownHostException.class);
    assertThatThrownBy(() -> channelTo("127.0.0.1", "no-such-host.invalid").connect())
        .isInstanceOf(UnknownHostException.class);
    assertThatThrownBy(() -> channelTo("127.0.0.1", "192.0.2.1").connect())
        .isInstanceOf(BindException.class);
  }

  @Test
  void theLastOfSeveralAddressesCounts() throws Exception {
    TcpChannel channel = channelTo("localhost", null);
    peer.close();

    assertThatThrownBy(channel::connect).isInstanceOf(ConnectException.class);
  }

  @Test
  void closingDeliversWhatWasWrittenThoughSomethingIsUnread() throws Exception {
    TcpChannel channel = connected();
    peer.sendHex("00");
    channel.out().write(new byte[] {1, 2, 3});
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> closed(channel), THREAD);

    assertThat(peer.readHex(3)).isEqualTo("010203");
    assertThat(peer.watch(20_000)).isEqualTo(Sight.FIN);
    peer.hangUp();
    closing.get(30, TimeUnit.SECONDS);
  }

  @Test
  void closingEndsWithThePeerWhileSomebodyReads() throws Exception {
    TcpChannel channel = connected();
    CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> read(channel), THREAD);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> closed(channel), THREAD);
    assertThat(peer.watch(20_000)).isEqualTo(Sight.FIN);
    peer.sendHex("00");
    peer.hangUp();

    closing.get(30, TimeUnit.SECONDS);
    assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
  }

  @Test
  void closingDoesNotWaitForAPeerForEver() throws Exception {
    TcpChannel channel = connected();
    CompletableFuture.runAsync(() -> read(channel), THREAD);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> closed(channel), THREAD);

    closing.get(30, TimeUnit.SECONDS);
  }

  @Test
  void abortingTears() throws Exception {
    connected().abort();

    assertThat(peer.watch(20_000)).isEqualTo(Sight.RST);
  }

  @Test
  void aClosedChannelDoesNotConnect() throws Exception {
    TcpChannel channel = channelTo("127.0.0.1", null);
    channel.close();

    assertThatThrownBy(channel::connect).isInstanceOf(IOException.class);
  }

  private static void closed(TcpChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int read(TcpChannel channel) {
    try {
      return channel.in().read();
    } catch (IOException e) {
      return -1;
    }
  }
}
