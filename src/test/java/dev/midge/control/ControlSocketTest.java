package dev.midge.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.control.socket.ControlClient;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Needs;
import dev.midge.testing.Program;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The control socket against those who do not keep to its protocol, and those whom it is not for.
 */
class ControlSocketTest {
  @TempDir Path runtime;
  private ControlledBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new ControlledBroker(runtime);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(broker.socket()));
    return channel;
  }

  private static void write(SocketChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String all(SocketChannel channel) throws IOException {
    return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void requestsAreAnsweredInOrderAlsoWhenTheyComeTogether() throws Exception {
    try (SocketChannel channel = connect()) {
      write(
          channel,
          "{\"command\":\"wait\",\"args\":[\"connected\",\"x\",\"0.01\"]}\n"
              + "\n{\"command\":\"clients\"}\n{\"command\":\"faults\",\"args\":[]}\n");
      channel.shutdownOutput();
      assertThat(all(channel).lines())
          .containsExactly(
              "{\"ok\":false,\"kind\":\"timeout\",\"error\":\"'x' was not connected within 0.01.\"}",
              "{\"ok\":true,\"clients\":[]}",
              "{\"ok\":true,\"faults\":[]}");
    }
  }

  @Test
  void whatIsNoRequestGetsAnErrorAndTheConnectionGoesOn() throws Exception {
    try (SocketChannel channel = connect()) {
      write(
          channel,
          "hello\n[]\n{\"command\":7}\n{\"command\":\"clients\",\"args\":\"x\"}\n"
              + "{\"command\":\"clients\"} x\n{\"command\":\"clients\"}\n"
              + "[".repeat(5000)
              + "\n");
      channel.shutdownOutput();
      List<String> answers = all(channel).lines().toList();
      assertThat(answers).hasSize(7);
      assertThat(answers.get(5)).isEqualTo("{\"ok\":true,\"clients\":[]}");
      answers.stream()
          .filter(answer -> !answer.equals(answers.get(5)))
          .forEach(answer -> assertThat(Facts.parse(answer).value("kind")).isEqualTo("usage"));
    }
  }

  @Test
  void aLineWithoutAnEndIsRefusedWhileOthersAreServed() throws Exception {
    try (SocketChannel channel = connect()) {
      byte[] noise = new byte[60_000];
      new Random(1).nextBytes(noise);
      for (int i = 0; i < noise.length; i++) {
        noise[i] = noise[i] == '\n' ? 0 : noise[i];
      }
      assertThatThrownBy(
              () -> {
                while (true) {
                  channel.write(ByteBuffer.wrap(noise));
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(broker.done("clients")).isNotEmpty();
    }
  }

  @Test
  void randomBytesDoNoHarm() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      try (SocketChannel channel = connect()) {
        byte[] noise = new byte[random.nextInt(4000)];
        random.nextBytes(noise);
        channel.write(ByteBuffer.wrap(noise));
      }
    }
    assertThat(broker.done("clients")).isEqualTo("No client is connected.\n");
    assertThat(broker.run.isDone()).isFalse();
  }

  @Test
  void fiftyConnectionsAtOnceAreServed() throws Exception {
    List<ControlClient> clients = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      clients.add(ControlClient.connect(broker.socket()));
    }
    for (ControlClient client : clients) {
      client.send("wait", List.of("connected", "s1"));
    }
    broker.client("s1");
    for (ControlClient client : clients) {
      assertThat(client.next().is("ok")).isTrue();
      client.send("clients", List.of());
      assertThat(client.next().list("clients")).hasSize(1);
      client.close();
    }
  }

  @Test
  void oneThatNeverReadsDelaysNobody() throws Exception {
    try (SocketChannel deaf = connect();
        SocketChannel follower = connect()) {
      write(follower, "{\"command\":\"log\",\"args\":[\"-f\"]}\n");
      deaf.configureBlocking(false);
      ByteBuffer request =
          ByteBuffer.wrap("{\"command\":\"help\"}\n".repeat(20).getBytes(StandardCharsets.UTF_8));
      // Until nothing more is taken: the server waits for the reader of its answers.
      Awaitility.await()
          .until(
              () -> {
                boolean taken = false;
                while (deaf.write(request) > 0) {
                  taken = true;
                  if (!request.hasRemaining()) {
                    request.rewind();
                  }
                }
                return !taken;
              });
      for (int i = 0; i < 30; i++) {
        MidgeRun pub = MidgeRun.run("pub", "-p", broker.port, "-t", "a", "-m", "x", "-q", 1);
        assertThat(pub.status()).isZero();
      }
      assertThat(broker.done("clients")).isEqualTo("No client is connected.\n");
    }
  }

  @Test
  void aWaitEndsWithItsConnection() throws Exception {
    int before = waiting();
    try (SocketChannel channel = connect()) {
      write(channel, "{\"command\":\"wait\",\"args\":[\"connected\",\"x\",\"10h\"]}\n");
      Awaitility.await().until(() -> waiting() == before + 1);
    }
    Awaitility.await().until(() -> waiting() == before);
  }

  private static int waiting() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("control wait"))
            .count();
  }

  @Test
  void theSocketOfADeadProcessIsTakenOverAndThatOfALivingOneIsNot() throws Exception {
    Path socket = runtime.resolve("here");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket));
      MidgeRun second = MidgeRun.run("broker", "-p", 0, "--control", socket);
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.errText()).contains("Error: " + socket + ": Address already in use");
      assertThat(socket).exists();
    }
    assertThat(socket).exists(); // As a process leaves it that is killed.
    Path other = Files.createDirectory(runtime.resolve("other"));
    try (ControlledBroker third = new ControlledBroker(other, "--control", socket)) {
      assertThat(MidgeRun.run("ctl", "--control", socket, "clients").status()).isZero();
      assertThat(third.socket()).doesNotExist();
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void aFileThatIsNoSocketIsLeftAlone() throws Exception {
    Path file = Files.writeString(runtime.resolve("file"), "precious");
    MidgeRun run = MidgeRun.run("broker", "-p", 0, "--control", file);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText()).contains(file + ": is there, and is no socket");
    assertThat(file).hasContent("precious");
  }

  @Test
  void aDirectoryThatIsALinkOrAnotherUsersIsNotUsed() throws Exception {
    Path own = Files.createDirectory(runtime.resolve("own"));
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
    Path elsewhere = Files.createDirectory(runtime.resolve("elsewhere"));
    Files.createSymbolicLink(own.resolve("midge"), elsewhere);
    MidgeRun run =
        MidgeRun.startAs(null, Map.of("XDG_RUNTIME_DIR", own.toString()), "broker", "-p", 0);
    run.awaitErr(
        "Warning: no control socket: " + own.resolve("midge") + ": is there, and is no directory");
    assertThat(elsewhere).isEmptyDirectory();
    run.stop();
  }

  @Test
  void anotherUserIsNotLetIn() throws Exception {
    Needs.root();
    Needs.program("setpriv");
    // Whatever the modes of file and directory say.
    for (Path path = broker.socket(); path.startsWith(runtime); path = path.getParent()) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    String script =
        """
        import socket, sys
        s = socket.socket(socket.AF_UNIX)
        s.connect(sys.argv[1])
        try:
            s.sendall(b'{"command":"clients"}\\n')
        except BrokenPipeError:
            pass
        print(s.makefile().readline(), end='')
        """;
    String[] line = {"/usr/bin/python3", "-c", script, broker.socket().toString()};
    Program other =
        Program.start(
                "setpriv",
                "--reuid=nobody",
                "--regid=nogroup",
                "--clear-groups",
                line[0],
                line[1],
                line[2],
                line[3])
            .await();
    assertThat(other.outText())
        .isEqualTo(
            "{\"ok\":false,\"kind\":\"failed\","
                + "\"error\":\"This socket is for the user who has started the process.\"}\n");
  }

  @Test
  void withTheModesAsTheyAreAnotherUserCannotEvenConnect() {
    Needs.root();
    Needs.program("setpriv");
    Program other =
        Program.start(
                "setpriv",
                "--reuid=nobody",
                "--regid=nogroup",
                "--clear-groups",
                "/usr/bin/python3",
                "-c",
                "import socket,sys\nsocket.socket(socket.AF_UNIX).connect(sys.argv[1])",
                broker.socket())
            .await();
    assertThat(other.status()).isNotZero();
    assertThat(other.errText()).contains("PermissionError");
  }

  @Test
  void socketsThatKilledBrokersLeftAreSweptAway() throws Exception {
    Path left = broker.directory.resolve("1.sock");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(left));
    }
    Files.setLastModifiedTime(left, java.nio.file.attribute.FileTime.fromMillis(0));
    try (ControlledBroker next = new ControlledBroker(runtime)) {
      Awaitility.await().until(() -> !Files.exists(left));
      assertThat(next.done("clients")).isNotEmpty();
      assertThat(broker.done("clients")).isNotEmpty();
    }
  }
}
