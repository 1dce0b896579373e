package dev.midge.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.FreePort;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.SocksServer;
import dev.midge.testing.WebSocketServer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table of failures without TLS and midge's words for each: what failed and what was tried,
 * what is known, what to try next. {@code P} stands for the port.
 */
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class FailureExplanationTest {
  private static final String LOCAL = "localhost:P over TCP, MQTT 5";

  @TempDir private Path directory;

  @Test
  void aNameThatIsNotKnown() {
    says(
        MidgeRun.run("pub", "-t", "a", "-n", "-h", "no.such.name.invalid", "-V", "311"),
        1,
        0,
        "Error: Name not known: no.such.name.invalid:1883 over TCP, MQTT 3.1.1",
        "Try: check the host (-h, -L or MIDGE_HOST), or give its address.");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,localhost:P (127.0.0.1; ::1)",
    "127.0.0.1,127.0.0.1:P",
    "::1,[::1]:P",
  })
  void nobodyListens(String host, String tried) throws Exception {
    try (FreePort dead = FreePort.take()) {
      says(
          MidgeRun.run("pub", "-t", "a", "-n", "-h", host, "-p", dead.number()),
          1,
          dead.number(),
          "Error: Connection refused: " + tried.replace(';', ',') + " over TCP, MQTT 5",
          "Try: is a broker listening there? 'midge broker -p P' starts one.");
    }
  }

  @Test
  void debugShowsEachAddressWithItsFailure() throws Exception {
    try (FreePort dead = FreePort.take()) {
      MidgeRun run = MidgeRun.run("sub", "-d", "-t", "a", "-p", dead.number());

      assertThat(run.outText())
          .contains("Failed to connect to 127.0.0.1:" + dead.number() + ": Connection refused\n")
          .contains("Failed to connect to [::1]:" + dead.number() + ": Connection refused\n");
      assertThat(run.errText().lines()).hasSize(2);

      MidgeRun json = MidgeRun.run("sub", "-d", "--json", "-t", "a", "-p", dead.number());
      assertThat(json.outText()).isEmpty();
      assertThat(json.errText()).contains("Failed to connect to 127.0.0.1:");

      assertThat(MidgeRun.runAs("mosquitto_sub", "-d", "-t", "a", "-p", dead.number()).outText())
          .isEmpty();
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNoneToConnectFrom() {
    says(
        MidgeRun.run("pub", "-t", "a", "-n", "-h", "127.0.0.1", "-A", "192.0.2.1"),
        1,
        0,
        "Error: Cannot assign requested address: 127.0.0.1:1883 over TCP, MQTT 5",
        "Try: an address of this machine for -A, of the same kind as the broker's.");
  }

  @Test
  void aUnixSocketThatIsMissingOrDead() throws Exception {
    String path = directory.resolve("s").toString();
    says(
        MidgeRun.run("pub", "-t", "a", "-n", "--unix", path),
        1,
        0,
        "Error: No such file or directory: " + path + " over a unix socket, MQTT 5",
        "Try: is that the path of the broker's socket (--unix)? The broker makes it when it starts.");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
    }
    says(
        MidgeRun.run("pub", "-t", "a", "-n", "--unix", path),
        1,
        0,
        "Error: Connection refused: " + path + " over a unix socket, MQTT 5",
        "Try: does the broker still listen on that socket?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "311|1|CONNACK 1 Connection Refused: unacceptable protocol version|a newer version of MQTT: -V 5.",
        "311|2|CONNACK 2 Connection Refused: identifier rejected|another client id: -i ID, short and of letters and digits.",
        "311|3|CONNACK 3 Connection Refused: broker unavailable|again later.",
        "311|4|CONNACK 4 Connection Refused: bad user name or password|another user name or password: -u NAME and -P, --pw-file FILE or MIDGE_PASSWORD.",
        "311|5|CONNACK 5 Connection Refused: not authorised|-u NAME and -P for a user whom the broker lets in, or -i ID if it goes by that.",
        "5|128|CONNACK 0x80 Unspecified error: \"why\"|the broker's log may tell why.",
        "5|129|CONNACK 0x81 Malformed Packet: \"why\"|an older version of MQTT: -V 311.",
        "5|130|CONNACK 0x82 Protocol Error: \"why\"|an older version of MQTT: -V 311.",
        "5|131|CONNACK 0x83 Implementation specific error: \"why\"|the broker's log may tell why.",
        "5|132|CONNACK 0x84 Unsupported Protocol Version: \"why\"|an older version of MQTT: -V 311.",
        "5|133|CONNACK 0x85 Client Identifier not valid: \"why\"|another client id: -i ID, short and of letters and digits.",
        "5|134|CONNACK 0x86 Bad User Name or Password: \"why\"|another user name or password: -u NAME and -P, --pw-file FILE or MIDGE_PASSWORD.",
        "5|135|CONNACK 0x87 Not authorized: \"why\"|-u NAME and -P for a user whom the broker lets in, or -i ID if it goes by that.",
        "5|136|CONNACK 0x88 Server unavailable: \"why\"|again later.",
        "5|137|CONNACK 0x89 Server busy: \"why\"|again later.",
        "5|138|CONNACK 0x8A Banned: \"why\"|another client id (-i) or user (-u), or ask who runs the broker.",
        "5|140|CONNACK 0x8C Bad authentication method: \"why\"|-u NAME and -P, without -D connect authentication-method.",
        "5|144|CONNACK 0x90 Topic Name invalid: \"why\"|another topic for the will: --will-topic.",
        "5|149|CONNACK 0x95 Packet too large: \"why\"|a smaller will or fewer properties.",
        "5|151|CONNACK 0x97 Quota exceeded: \"why\"|fewer connections or sessions for this user.",
        "5|153|CONNACK 0x99 Payload format invalid: \"why\"|the broker's log may tell why.",
        "5|154|CONNACK 0x9A Retain not supported: \"why\"|a will without --will-retain.",
        "5|155|CONNACK 0x9B QoS not supported: \"why\"|a lower --will-qos.",
        "5|156|CONNACK 0x9C Use another server: \"why\"|the other server, which the reason may name.",
        "5|157|CONNACK 0x9D Server moved: \"why\"|the other server, which the reason may name.",
        "5|159|CONNACK 0x9F Connection rate exceeded: \"why\"|again later.",
      })
  void theBrokerRefuses(String version, int code, String detail, String next) throws Exception {
    for (String words : new String[] {"pub -n -t a", "sub -t a", "conn", "rr -n -t a -e b"}) {
      try (ScriptedBroker broker = new ScriptedBroker()) {
        MidgeRun run = start(broker, words + " -V " + version);
        broker.accept().read(PacketType.CONNECT);
        broker.send(
            new Connack(false, code, version.equals("5") ? reason("why") : Properties.NONE));
        says(
            run.await(),
            code,
            broker.port(),
            "Error: The broker refused the connection: localhost:P over TCP, MQTT "
                + (version.equals("5") ? "5" : "3.1.1"),
            detail,
            "Try: " + next);
      }
    }
  }

  @Test
  void aReasonCommandsNoTerminal() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, "pub -n -t a");
      broker.accept().read(PacketType.CONNECT);
      broker.send(new Connack(false, 0x87, reason("no\u202e\u2028Error: none")));
      assertThat(run.await().errText())
          .contains("Not authorized: \"no\\u202e\\u2028Error: none\"\n");
    }
  }

  @Test
  void theBrokerSaysGoodbye() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, "conn");
      broker.welcome();
      broker.send(new Disconnect(0x8E, reason("two of you")));
      run.await();
      assertThat(run.errText()).startsWith("Connected to ");
      says(
          run.errText().substring(run.errText().indexOf('\n') + 1),
          broker.port(),
          "Error: The broker ended the connection: " + LOCAL,
          "DISCONNECT 0x8E Session taken over: \"two of you\"",
          "Try: an id of its own for each client: -i ID.");
      assertThat(run.status()).isEqualTo(4);
    }
  }

  @Test
  void jsonTellsOfTheFailureToo() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, "conn --json");
      broker.accept().read(PacketType.CONNECT);
      broker.send(new Connack(false, 0x87, reason("no")));
      assertThat(run.await().outText())
          .startsWith("{\"time\":\"")
          .endsWith(
              "\"event\":\"failed\",\"kind\":\"refused\",\"reason_code\":135,\"reason_string\":\"no\"}\n");
      assertThat(run.errText().lines()).hasSize(3);
    }
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, "conn --json");
      broker.accept().read(PacketType.CONNECT);
      broker.send(
          new Connack(
              false, 0x9D, Properties.builder().add(Property.SERVER_REFERENCE, "b").build()));
      assertThat(run.await().outText())
          .endsWith("\"kind\":\"refused\",\"reason_code\":157,\"server_reference\":\"b\"}\n");
    }
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, "conn --json");
      broker.welcome();
      broker.send(new Disconnect(0, Properties.NONE));
      assertThat(run.await().outText())
          .contains("\"event\":\"connected\"")
          .endsWith("\"event\":\"failed\",\"kind\":\"disconnected\",\"reason_code\":0}\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"pub -n -t a", "rr -n -t a -e b", "conn"}) // sub tries again for ever.
  void theBrokerHangsUpBeforeConnack(String words) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, words);
      broker.accept().read(PacketType.CONNECT);
      broker.hangUp();
      says(
          run.await(),
          7,
          broker.port(),
          "Error: The connection was lost: " + LOCAL,
          "The broker hung up before CONNACK.",
          "Try: does that port want TLS (--cafile FILE, or -L mqtts://) or WebSocket (--ws)? Does the broker speak this version (-V 311)?");
    }
  }

  @Test
  void andAfterIt() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, "pub -t a -n -q 1");
      broker.welcome().read(PacketType.PUBLISH);
      broker.hangUp();
      says(
          run.await(),
          7,
          broker.port(),
          "Error: The connection was lost: " + LOCAL,
          "The broker hung up, without a word.",
          "Try: the broker's log tells why. A message it does not take, or another client with the same id (-i), are common.");
    }
  }

  @ParameterizedTest
  @CsvSource({"pub -n -t a", "sub -t a", "conn"})
  void aWebServerIsNoBroker(String words) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, words);
      broker.accept().read(PacketType.CONNECT);
      broker.sendHex("485454502f312e31 2034303020426164 0d0a"); // HTTP/1.1 400 Bad
      run.await();
      says(
          run.errText(),
          broker.port(),
          "Error: That is no MQTT but a web server: " + LOCAL,
          "It answers: HTTP/1.1 400 Bad",
          "Try: --ws for MQTT over WebSocket, or the broker's port for MQTT.");
    }
  }

  @ParameterizedTest
  @CsvSource({"pub -n -t a", "sub -t a", "conn"})
  void aPortForTlsIsNamedWhenItAnswersSo(String words) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, words);
      broker.accept().read(PacketType.CONNECT);
      broker.sendHex("15 0303 0002 0246");
      run.await();
      says(
          run.errText(),
          broker.port(),
          "Error: The broker answers in TLS: " + LOCAL,
          "Try: --cafile FILE, or -L mqtts://, to speak TLS with it.");
    }
  }

  @Test
  void anythingElseIsShown() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, "pub -n -t a");
      broker.accept().read(PacketType.CONNECT);
      broker.sendHex("5353482d322e302d780d0a"); // SSH-2.0-x
      run.await();
      assertThat(run.errText())
          .contains("Its answer begins with SSH-2.0-x")
          .endsWith("Try: is that the port of an MQTT broker?\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1|16|Proxy error|SOCKS5 reply 0x01: The proxy refuses with code 1.|is that a SOCKS5 proxy? --proxy names host and port.",
        "2|11|The proxy refuses|SOCKS5 reply 0x02: The proxy does not allow that.|credentials that the proxy takes: --proxy socks5h://USER:PASSWORD@HOST:PORT.",
        "3|4|The proxy cannot reach the broker|SOCKS5 reply 0x03: Network unreachable from the proxy.|is that the broker's name and port as the proxy sees them? It looks the name up itself.",
        "4|4|The proxy cannot reach the broker|SOCKS5 reply 0x04: Host unreachable from the proxy.|is that the broker's name and port as the proxy sees them? It looks the name up itself.",
        "5|4|The proxy cannot reach the broker|SOCKS5 reply 0x05: Connection refused to the proxy.|is that the broker's name and port as the proxy sees them? It looks the name up itself.",
      })
  void theProxySaysNo(int reply, int status, String what, String detail, String next)
      throws Exception {
    try (SocksServer proxy = SocksServer.to(1).replying(reply).start()) {
      says(
          viaProxy(proxy.port(), ""),
          status,
          proxy.port(),
          "Error: " + what + ": broker:1883 through the SOCKS5 proxy 127.0.0.1:P over TCP, MQTT 5",
          detail,
          "Try: " + next);
    }
  }

  @Test
  void theProxyKnowsOthersOrIsNotThereAndNobodySeesThePassword() throws Exception {
    try (SocksServer proxy = SocksServer.to(1).choosing(2).judging(1).start()) {
      says(
          viaProxy(proxy.port(), "me:hush-4711@"),
          11,
          proxy.port(),
          "Error: The proxy refuses: broker:1883 through the SOCKS5 proxy 127.0.0.1:P over TCP, MQTT 5",
          "The proxy refuses the user name or the password.",
          "Try: credentials that the proxy takes: --proxy socks5h://USER:PASSWORD@HOST:PORT.");
    }
    try (FreePort dead = FreePort.take()) {
      says(
          viaProxy(dead.number(), "me:hush-4711@"),
          1,
          dead.number(),
          "Error: Connection refused: broker:1883 through the SOCKS5 proxy 127.0.0.1:P over TCP, MQTT 5",
          "Try: is the proxy running there? --proxy names its host and port.");
    }
  }

  private static MidgeRun viaProxy(int port, String login) {
    return MidgeRun.run(
        "pub",
        "-t",
        "a",
        "-n",
        "-h",
        "broker",
        "--proxy",
        "socks5h://" + login + "127.0.0.1:" + port);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "101 Switching Protocols|404 Not Found|The server does not speak WebSocket here, it answers: HTTP/1.1 404 Not Found",
        "Protocol: mqtt|Protocol: chat|The server does not offer the protocol mqtt over WebSocket.",
      })
  void noMqttOverWebSocket(String usual, String other, String detail) throws Exception {
    try (ScriptedBroker behind = new ScriptedBroker();
        WebSocketServer server =
            WebSocketServer.to(behind.port())
                .answering(text -> text.replace(usual, other))
                .start()) {
      says(
          MidgeRun.run("pub", "-t", "a", "-n", "--ws", "-h", "127.0.0.1", "-p", server.port()),
          13,
          server.port(),
          "Error: No MQTT over WebSocket there: 127.0.0.1:P over WebSocket, MQTT 5",
          detail,
          "Try: is that the broker's port for WebSocket? It must serve the path /mqtt. Without --ws midge speaks plain MQTT.");
    }
  }

  @Test
  void aPortForTlsIsNamedOverWebSocketToo() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = start(broker, "pub -n -t a --ws");
      broker.accept();
      broker.sendHex("15 0303 0002 020a");
      says(
          run.await(),
          13,
          broker.port(),
          "Error: No MQTT over WebSocket there: localhost:P over WebSocket, MQTT 5",
          "The server answers in TLS.",
          "Try: --cafile FILE, or -L wss://, to speak TLS with it.");
    }
  }

  @ParameterizedTest
  @CsvSource({"--unix,the path of the unix socket", "-h,the host"})
  void anEmptyPlaceIsNamed(String option, String what) {
    MidgeRun run = MidgeRun.run("pub", "-n", "-t", "a", option, "");

    assertThat(run.errText())
        .startsWith("Unable to connect (Lookup error): " + what + " is empty.");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void whatAUnixSocketCannotDoIsTold() {
    String path = directory.resolve("s").toString();
    String words = "pub -t a -n --unix " + path + " --ws -A 127.0.0.1 --insecure";

    assertThat(MidgeRun.run((Object[]) words.split(" ")).errText())
        .startsWith(
            "Warning: --ws, -A have no effect on a unix socket.\n"
                + "Warning: --insecure has no effect without TLS.");
    assertThat(MidgeRun.runAs("mosquitto_pub", (Object[]) words.split(" ")).errText())
        .doesNotContain("Warning");
  }

  private static Properties reason(String text) {
    return Properties.builder().add(Property.REASON_STRING, text).build();
  }

  private static MidgeRun start(ScriptedBroker broker, String words) {
    return MidgeRun.start((Object[]) (words + " -p " + broker.port()).split(" "));
  }

  private static void says(MidgeRun run, int status, int port, String... lines) {
    says(run.errText(), port, lines);
    assertThat(run.status()).isEqualTo(status);
  }

  private static void says(String err, int port, String... lines) {
    assertThat(err)
        .isEqualTo(
            (String.join("\n", lines) + "\n")
                .replace(":P ", ":" + port + " ")
                .replace("-p P'", "-p " + port + "'"));
    assertThat(lines).hasSizeLessThanOrEqualTo(3);
  }
}
