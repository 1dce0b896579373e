package dev.midge.broker.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.midge.net.tls.make.TestAuthority;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Five thousand connections at once, five hundred of which never end their TLS handshake. */
class ManyConnectionsIT {
  private static final int CONNECTIONS = 5_000;
  private static final int STUCK = 500;
  private static final int LIMIT_MILLIS = 60_000;

  /** File descriptors of this process that are not connections. */
  private static final int OTHER_FILES = 500;

  /** Heap of the broker that a handshake may cost while it is not done. */
  private static final int BYTES_OF_A_HANDSHAKE = 50_000;

  private static final byte[] CONNACK = hex("20 02 00 00");
  private static final byte[] SUBSCRIBE = hex("82 06 0001 0001 61 00");
  private static final byte[] SUBACK = hex("90 03 0001 00");
  private static final byte[] PUBLISH = hex("30 05 0001 61 6869");

  @TempDir Path folder;

  private final TestAuthority root = TestAuthority.create();
  private final List<Socket> open = new ArrayList<>();
  private Process process;
  private BufferedReader said;
  private int port;
  private int tlsPort;

  private record Facts(int threads, long heap) {}

  @BeforeEach
  void start() throws IOException {
    Path certificate = folder.resolve("server.crt");
    Path key = folder.resolve("server.key");
    root.server(List.of("127.0.0.1")).write(certificate, key);
    process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                certificate.toString(),
                key.toString())
            .redirectError(folder.resolve("err").toFile())
            .start();
    said = process.inputReader(StandardCharsets.UTF_8);
    String[] ports = said.readLine().split(" ");
    port = Integer.parseInt(ports[0]);
    tlsPort = Integer.parseInt(ports[1]);
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket each : open) {
      each.close();
    }
    process.getOutputStream().close();
    assertThat(process.waitFor(LIMIT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    assertThat(folder.resolve("err")).isEmptyFile();
    assertThat(process.exitValue()).isZero();
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private Facts facts() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    String[] words = said.readLine().split(" ");
    return new Facts(Integer.parseInt(words[0]), Long.parseLong(words[1]));
  }

  private Socket socket(int to) throws IOException {
    Socket socket = new Socket();
    open.add(socket);
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), to), LIMIT_MILLIS);
    return socket;
  }

  private static void expect(Socket socket, byte[] bytes) throws IOException {
    byte[] came = new byte[bytes.length];
    new DataInputStream(socket.getInputStream()).readFully(came);
    assertThat(came).isEqualTo(bytes);
  }

  /** Connects with MQTT 3.1.1, without a keep-alive interval. */
  private Socket client(int number) throws IOException {
    Socket socket = socket(port);
    byte[] name = "c%05d".formatted(number).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer connect = ByteBuffer.allocate(20).put(hex("10 12 0004 4d515454 04 02 0000 0006"));
    socket.getOutputStream().write(connect.put(name).array());
    return socket;
  }

  /** Begins a handshake: with a whole ClientHello, or a part of one. */
  private Socket stuck(byte[] hello, boolean whole) throws IOException {
    Socket socket = socket(tlsPort);
    OutputStream out = socket.getOutputStream();
    out.write(whole ? hello : Arrays.copyOf(hello, hello.length / 2));
    return socket;
  }

  private static byte[] hello() throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(true);
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), hello);
    return Arrays.copyOf(hello.array(), hello.position());
  }

  /** Returns how many connections this process may have, if that is less than wanted. */
  private static int possible(TestReporter reporter) {
    var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long possible = system.getMaxFileDescriptorCount() - OTHER_FILES;
    if (possible < CONNECTIONS) {
      reporter.publishEntry("the limit of open files allows so many connections", "" + possible);
    }
    return (int) Math.min(possible, CONNECTIONS);
  }

  @Test
  void handshakesThatNeverEndHoldUpNobody(TestReporter reporter) throws Exception {
    int plain = possible(reporter) - STUCK;
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < plain; i++) {
      clients.add(client(i));
    }
    for (Socket each : clients) {
      expect(each, CONNACK);
      each.getOutputStream().write(SUBSCRIBE);
    }
    for (Socket each : clients) {
      expect(each, SUBACK);
    }
    new TlsPeer(root, null).served(tlsPort); // its classes are loaded now
    Facts before = facts();

    byte[] hello = hello();
    List<Socket> stuck = new ArrayList<>();
    for (int i = 0; i < STUCK; i++) {
      stuck.add(stuck(hello, i % 2 == 0));
    }
    for (int i = 0; i < STUCK; i += 2) {
      assertThat(stuck.get(i).getInputStream().read()).isEqualTo(22); // ServerHello
    }
    Facts during = facts();
    clients.get(0).getOutputStream().write(PUBLISH);
    for (Socket each : clients) {
      expect(each, PUBLISH);
    }
    new TlsPeer(root, null).served(tlsPort);
    expect(client(99_999), CONNACK);

    assertThat(during.threads()).isEqualTo(before.threads());
    assertThat((during.heap() - before.heap()) / STUCK).isLessThan(BYTES_OF_A_HANDSHAKE);
  }
}
