package dev.midge.broker.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.config.Limits;
import dev.midge.broker.config.SocketFamily;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.transport.ChannelLayers;
import dev.midge.broker.transport.Listener;
import dev.midge.broker.transport.Listener.Family;
import dev.midge.testing.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The addresses that a listener has: which sockets are opened, and who reaches them. */
class AddressesTest {
  private final List<Listener> opened = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Listener each : opened) {
      each.close();
    }
  }

  private List<Listener> open(String address, SocketFamily family, int port) throws IOException {
    ListenerSettings settings = ListenerSettings.open("listener", Limits.DEFAULT);
    List<Listener> listeners = Listener.open(address, family, port, settings, ChannelLayers.NONE);
    opened.addAll(listeners);
    return listeners;
  }

  private static boolean isReached(String address, int port) {
    try (Socket socket = new Socket(address, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void loopbackIsOneSocketAFamilyOnTheSamePort() throws IOException {
    Needs.ipv6();
    List<Listener> both = open(null, SocketFamily.BOTH, 0);
    assertThat(both).extracting(Listener::family).containsExactly(Family.IPV4, Family.IPV6);
    int port = both.get(0).port();
    assertThat(both.get(1).port()).isEqualTo(port);
    assertThat(isReached("127.0.0.1", port)).isTrue();
    assertThat(isReached("::1", port)).isTrue();
    assertThat(isReached("127.0.0.2", port)).isFalse();
  }

  @Test
  void loopbackInOneFamily() throws IOException {
    Needs.ipv6();
    Listener ipv4 = open(null, SocketFamily.IPV4, 0).get(0);
    assertThat(isReached("127.0.0.1", ipv4.port())).isTrue();
    assertThat(isReached("::1", ipv4.port())).isFalse();
    Listener ipv6 = open(null, SocketFamily.IPV6, 0).get(0);
    assertThat(isReached("::1", ipv6.port())).isTrue();
    assertThat(isReached("127.0.0.1", ipv6.port())).isFalse();
  }

  @Test
  void allAddressesOfBothFamilies() throws IOException {
    Needs.ipv6();
    Listener all = open("*", SocketFamily.BOTH, 0).get(0);
    assertThat(all.family()).isEqualTo(Family.BOTH);
    for (String address : List.of("127.0.0.1", "127.0.0.2", "::1")) {
      assertThat(isReached(address, all.port())).as(address).isTrue();
    }
  }

  @Test
  void allAddressesOfIpv4() throws IOException {
    Needs.ipv6();
    for (Listener all :
        List.of(
            open("*", SocketFamily.IPV4, 0).get(0), open("0.0.0.0", SocketFamily.BOTH, 0).get(0))) {
      assertThat(all.family()).isEqualTo(Family.IPV4);
      assertThat(isReached("127.0.0.2", all.port())).isTrue();
      assertThat(isReached("::1", all.port())).isFalse();
    }
  }

  @Test
  void aNameWithAddressesOfBothFamiliesOpensBoth() throws IOException {
    Needs.ipv6();
    boolean both = InetAddress.getAllByName("localhost").length > 1;
    assertThat(open("localhost", SocketFamily.BOTH, 0)).hasSize(both ? 2 : 1);
    assertThat(open("localhost", SocketFamily.IPV4, 0))
        .extracting(Listener::family)
        .containsExactly(Family.IPV4);
  }

  @Test
  void anAddressOfTheOtherFamilyIsAnError() {
    assertThatThrownBy(() -> open("127.0.0.1", SocketFamily.IPV6, 0))
        .isInstanceOf(IOException.class)
        .hasMessage("127.0.0.1 port 0: no address of IPv6");
    assertThatThrownBy(() -> open("::1", SocketFamily.IPV4, 0))
        .isInstanceOf(IOException.class)
        .hasMessage("::1 port 0: no address of IPv4");
  }

  @Test
  void aNameThatNobodyKnowsIsAnError() {
    assertThatThrownBy(() -> open("no.such.host.invalid", SocketFamily.BOTH, 1883))
        .isInstanceOf(IOException.class)
        .hasMessage("no.such.host.invalid port 1883: no such address");
  }

  @Test
  void aPortInUseIsNamedWithItsAddress() throws IOException {
    int port = open("127.0.0.1", SocketFamily.BOTH, 0).get(0).port();
    assertThatThrownBy(() -> open("127.0.0.1", SocketFamily.BOTH, port))
        .isInstanceOf(IOException.class)
        .hasMessage("127.0.0.1 port " + port + ": Address already in use");
    for (SocketFamily family : List.of(SocketFamily.BOTH, SocketFamily.IPV4)) {
      assertThatThrownBy(() -> open("*", family, port))
          .isInstanceOf(IOException.class)
          .hasMessage("port " + port + ": Address already in use");
    }
    assertThatThrownBy(() -> open(null, SocketFamily.BOTH, port))
        .isInstanceOf(IOException.class)
        .hasMessage("127.0.0.1 port " + port + ": Address already in use");
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() {
    assertThatThrownBy(() -> open("192.0.2.1", SocketFamily.BOTH, 1883))
        .isInstanceOf(IOException.class)
        .hasMessage("192.0.2.1 port 1883: Cannot assign requested address");
  }
}
