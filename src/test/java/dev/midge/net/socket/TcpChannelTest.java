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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class TcpChannelTest {

  private ScriptedBroker peer;

  @BeforeEach
  void listen() throws Exception {
    peer = new ScriptedBroker();
  }

  @AfterEach
  void close() throws Exception {
    peer.close();
  }

  private TcpChannel wireTo(String host, String bindAddress) {
    return new TcpChannel(new Endpoint(host, peer.port(), bindAddress));
  }

  private TcpChannel connected() throws IOException {
    TcpChannel wire = wireTo("127.0.0.1", null);
    wire.connect();
    peer.accept();
    return wire;
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "LocalHost"})
  void bytesGoBothWays(String host) throws Exception {
    TcpChannel wire = wireTo(host, "127.0.0.1");
    wire.connect();
    peer.accept();
    wire.out().write(new byte[] {1, 2});
    peer.sendHex("0304");

    assertThat(peer.readHex(2)).isEqualTo("0102");
    assertThat(wire.in().readNBytes(2)).containsExactly(3, 4);
    wire.abort();
  }

  @Test
  void anUnknownNameIsToldFromAnUnreachableHost() {
    assertThatThrownBy(() -> wireTo("no-such-host.invalid", null).connect())
        .isInstanceOf(UnknownHostException.class);
    assertThatThrownBy(() -> wireTo("127.0.0.1", "no-such-host.invalid").connect())
        .isInstanceOf(UnknownHostException.class);
    assertThatThrownBy(() -> wireTo("127.0.0.1", "192.0.2.1").connect())
        .isInstanceOf(BindException.class);
  }

  @Test
  void theLastOfSeveralAddressesCounts() throws Exception {
    TcpChannel wire = wireTo("localhost", null);
    peer.close();

    assertThatThrownBy(wire::connect).isInstanceOf(ConnectException.class);
  }

  @Test
  void closingDeliversWhatWasWrittenThoughSomethingIsUnread() throws Exception {
    TcpChannel wire = connected();
    peer.sendHex("00");
    wire.out().write(new byte[] {1, 2, 3});
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> closed(wire));

    assertThat(peer.readHex(3)).isEqualTo("010203");
    assertThat(peer.watch(5000)).isEqualTo(Sight.FIN);
    peer.hangUp();
    closing.get(5, TimeUnit.SECONDS);
  }

  @Test
  void closingEndsWithThePeerWhileSomebodyReads() throws Exception {
    TcpChannel wire = connected();
    CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> read(wire));
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> closed(wire));
    assertThat(peer.watch(5000)).isEqualTo(Sight.FIN);
    peer.sendHex("00");
    peer.hangUp();

    closing.get(5, TimeUnit.SECONDS);
    assertThat(reading.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
  }

  @Test
  void closingDoesNotWaitForAPeerForEver() throws Exception {
    TcpChannel wire = connected();
    CompletableFuture.runAsync(() -> read(wire));
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> closed(wire));

    closing.get(5, TimeUnit.SECONDS);
  }

  @Test
  void abortingTears() throws Exception {
    connected().abort();

    assertThat(peer.watch(5000)).isEqualTo(Sight.RST);
  }

  @Test
  void aClosedWireDoesNotConnect() throws Exception {
    TcpChannel wire = wireTo("127.0.0.1", null);
    wire.close();

    assertThatThrownBy(wire::connect).isInstanceOf(IOException.class);
  }

  private static void closed(TcpChannel wire) {
    try {
      wire.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int read(TcpChannel wire) {
    try {
      return wire.in().read();
    } catch (IOException e) {
      return -1;
    }
  }
}
