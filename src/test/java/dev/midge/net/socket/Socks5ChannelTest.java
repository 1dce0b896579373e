package dev.midge.net.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.midge.net.ChannelTrial;
import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import dev.midge.net.ProxySpec;
import dev.midge.net.connect.Channels;
import dev.midge.testing.EchoServer;
import dev.midge.testing.FreePort;
import dev.midge.testing.SocksServer;
import java.io.IOException;
import java.net.ConnectException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class Socks5ChannelTest {

  @Test
  void aTunnelCarriesBytesOfAnyNumber() throws Exception {
    try (EchoServer echo = EchoServer.start();
        SocksServer proxy = SocksServer.to(echo.port()).start()) {
      ClientChannel channel = ChannelTrial.connected(through(proxy, null, null));
      ChannelTrial.assertEchoes(channel);
      channel.close();

      assertThat(echo.ending()).isEqualTo("end");
    }
  }

  @Test
  void anAbortResetsTheTunnel() throws Exception {
    try (EchoServer echo = EchoServer.start();
        SocksServer proxy = SocksServer.to(echo.port()).start()) {
      ClientChannel channel = ChannelTrial.connected(through(proxy, null, null));
      channel.out().write(1);
      assertThat(channel.in().read()).isOne();
      channel.abort();

      assertThat(echo.ending()).contains("reset");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "broker.test,name broker.test",
    "under_score,name under_score",
    "localhost,name localhost",
    "1.2.3,name 1.2.3",
    "1.2.3.400,name 1.2.3.400",
    "192.0.2.7,address c0000207",
    "2001:db8::1,address 20010db8000000000000000000000001",
    "[2001:db8::1],address 20010db8000000000000000000000001",
  })
  void theProxyLooksNamesUpAndAddressesAreAddresses(String host, String address) throws Exception {
    try (EchoServer echo = EchoServer.start();
        SocksServer proxy = SocksServer.to(echo.port()).start()) {
      ProxySpec spec = new ProxySpec("127.0.0.1", proxy.port(), null, null);
      ChannelTrial.connected(ChannelTrial.through(spec, host, 1883)).close();

      assertThat(proxy.requests())
          .containsExactly("version 5 methods 00", "command 050100 to " + address + ":1883");
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {"secret,secret", "null,''"})
  void whoHasAUserNameOffersItWithItsPassword(String password, String sent) throws Exception {
    try (EchoServer echo = EchoServer.start();
        SocksServer proxy = SocksServer.to(echo.port()).choosing(2).start()) {
      ChannelTrial.connected(through(proxy, "ünder", password)).close();

      assertThat(proxy.requests())
          .startsWith("version 5 methods 0002", "user ünder password " + sent);
    }
  }

  @Test
  void aProxyThatWantsNoPasswordGetsNone() throws Exception {
    try (EchoServer echo = EchoServer.start();
        SocksServer proxy = SocksServer.to(echo.port()).start()) {
      ChannelTrial.connected(through(proxy, "me", "secret")).close();

      assertThat(proxy.requests()).noneMatch(request -> request.contains("secret"));
    }
  }

  @Test
  void theAddressInTheAnswerMayBeOfAnyKind() throws Exception {
    byte[] ipv6 = new byte[17];
    ipv6[0] = 4;
    byte[][] addresses = {{3, 1, 'x'}, {3, 0}, ipv6};
    for (byte[] address : addresses) {
      try (EchoServer echo = EchoServer.start();
          SocksServer proxy = SocksServer.to(echo.port()).boundTo(address).start()) {
        ClientChannel channel = ChannelTrial.connected(through(proxy, null, null));
        channel.out().write('y');
        assertThat(channel.in().read()).isEqualTo('y');
        channel.close();
      }
    }
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments("no acceptable method", proxy().choosing(0xFF), Kind.PROXY_AUTHORISATION),
        arguments("a method nobody offered", proxy().choosing(1), Kind.PROXY_AUTHORISATION),
        arguments("wrong credentials", proxy().choosing(2).judging(1), Kind.PROXY_AUTHORISATION),
        arguments("general failure", proxy().replying(1), Kind.PROXY),
        arguments("not allowed", proxy().replying(2), Kind.PROXY_AUTHORISATION),
        arguments("network unreachable", proxy().replying(3), Kind.PROXY_UNREACHABLE),
        arguments("host unreachable", proxy().replying(4), Kind.PROXY_UNREACHABLE),
        arguments("connection refused", proxy().replying(5), Kind.PROXY_UNREACHABLE),
        arguments("expired", proxy().replying(6), Kind.PROXY),
        arguments("no such command", proxy().replying(7), Kind.PROXY),
        arguments("no such address type", proxy().replying(8), Kind.PROXY),
        arguments("nonsense", proxy().replying(99), Kind.PROXY),
        arguments("a strange address", proxy().boundTo((byte) 9, (byte) 9), Kind.PROXY));
  }

  private static SocksServer proxy() {
    return SocksServer.to(0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void aProxyThatRefusesSaysWhy(String name, SocksServer proxy, Kind kind) throws Exception {
    try (proxy) {
      proxy.start();
      ClientChannel channel = Channels.to(through(proxy, "me", "secret"));

      assertThatThrownBy(channel::connect)
          .isInstanceOfSatisfying(
              NetFailure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
      channel.close();
    }
  }

  @Test
  void aServerThatIsNoProxyIsAProxyError() throws Exception {
    try (EchoServer echo = EchoServer.start()) {
      // The echo of "version 5, one method, 0" chooses a method 1 that nobody offered.
      ProxySpec spec = new ProxySpec("127.0.0.1", echo.port(), null, null);
      ClientChannel channel = Channels.to(ChannelTrial.through(spec, "broker.test", 1883));

      assertThatThrownBy(channel::connect).isInstanceOf(NetFailure.class);
      channel.close();
    }
  }

  @Test
  void aProxyThatIsNotThereIsUnreachableAsABrokerWouldBe() throws IOException {
    try (FreePort dead = FreePort.take()) {
      ProxySpec spec = new ProxySpec("127.0.0.1", dead.number(), null, null);
      ClientChannel channel = Channels.to(ChannelTrial.through(spec, "broker.test", 1883));

      assertThatThrownBy(channel::connect)
          .isInstanceOf(ConnectException.class)
          .hasMessage("Connection refused");
    }
  }

  @Test
  void whatDoesNotFitIntoOneByteOfLengthIsRefused() throws IOException {
    String long256 = "x".repeat(256);
    try (EchoServer echo = EchoServer.start();
        SocksServer proxy = SocksServer.to(echo.port()).choosing(2).start()) {
      ProxySpec spec = new ProxySpec("127.0.0.1", proxy.port(), null, null);
      for (Endpoint endpoint :
          new Endpoint[] {
            ChannelTrial.through(spec, long256, 1883),
            through(proxy, long256, ""),
            through(proxy, "", long256)
          }) {
        assertThatThrownBy(() -> Channels.to(endpoint).connect())
            .isInstanceOf(NetFailure.class)
            .hasMessageEndingWith("is longer than 255 bytes.");
      }
    }
  }

  private static Endpoint through(SocksServer proxy, String username, String password) {
    ProxySpec spec = new ProxySpec("127.0.0.1", proxy.port(), username, password);
    return ChannelTrial.through(spec, "broker.test", 1883);
  }
}
