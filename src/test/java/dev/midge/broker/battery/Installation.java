package dev.midge.broker.battery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.net.tls.make.TestAuthority;
import dev.midge.net.tls.make.TestCertificate;
import dev.midge.testing.FreePort;
import dev.midge.testing.Program;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A broker with one configuration file as people have it, and all that belongs to it, below a
 * directory that stands for the root of the file system; its ports are free ones.
 */
final class Installation implements AutoCloseable {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/midge/broker/battery");
  private static final List<String> FOLDERS =
      List.of("/etc/mosquitto", "/var/lib/mosquitto", "/var/log/mosquitto", "/run/mosquitto");
  private static final List<String> CONTAINER = List.of("/mosquitto/data", "/mosquitto/log");
  private static final Pattern LISTENER = Pattern.compile("(?m)^listener (\\d+)");
  private static final int STANDARD_PORT = 1883;

  final Kind kind;
  final TestAuthority authority = TestAuthority.create();
  private final Path root;
  private final Map<Integer, FreePort> ports = new HashMap<>();
  private final List<String> words = new ArrayList<>();
  private Program program;

  /**
   * @param root an empty directory
   * @param file the name of the configuration file
   */
  Installation(Kind kind, Path root, String file) throws IOException {
    this.kind = kind;
    this.root = root;
    for (String folder : FOLDERS) {
      Files.createDirectories(at(folder));
    }
    for (String folder : CONTAINER) {
      Files.createDirectories(at(folder));
    }
    install(RESOURCES.resolve(file), at("/etc/mosquitto/mosquitto.conf"));
    if (ports.isEmpty() && !file.equals("debian.conf")) {
      words.addAll(List.of("-p", String.valueOf(port(STANDARD_PORT))));
    }
    install(RESOURCES.resolve("acl"), at("/etc/mosquitto/acl"));
    Files.createDirectories(at("/etc/mosquitto/conf.d"));
    install(RESOURCES.resolve("conf.d/10-listener.conf"), at("/etc/mosquitto/conf.d/10.conf"));
    install(RESOURCES.resolve("conf.d/20-users.conf"), at("/etc/mosquitto/conf.d/20.conf"));
    passwords();
    certificates();
    openToAll();
    words.addAll(List.of("-c", at("/etc/mosquitto/mosquitto.conf").toString()));
  }

  /** Returns the place of a path in this installation. */
  Path at(String path) {
    return root.resolve(path.substring(1));
  }

  /** Returns the port that stands for one in the file. */
  int port(int inFile) {
    return ports.computeIfAbsent(inFile, key -> FreePort.take()).number();
  }

  private void install(Path from, Path to) throws IOException {
    String text = Files.readString(from);
    for (String folder : FOLDERS) {
      text = text.replace(" " + folder, " " + at(folder));
    }
    for (String folder : CONTAINER) {
      text = text.replace(" " + folder, " " + at(folder));
    }
    text =
        LISTENER
            .matcher(text)
            .replaceAll(
                found -> {
                  int port = Integer.parseInt(found.group(1));
                  return Matcher.quoteReplacement("listener " + (port == 0 ? 0 : port(port)));
                });
    Files.writeString(to, text);
  }

  private void passwords() throws IOException {
    Path file = at("/etc/mosquitto/passwd");
    Files.writeString(file, "");
    for (Person each : List.of(Scripts.ADMIN, Scripts.ALICE, Scripts.BOB)) {
      Program.start("mosquitto_passwd", "-b", file, each.username(), each.password()).await();
    }
    assertThat(Files.readString(file)).contains("alice:$7$");
  }

  private void certificates() throws IOException {
    Files.createDirectories(at("/etc/mosquitto/certs"));
    Files.createDirectories(at("/etc/mosquitto/ca_certificates"));
    TestCertificate server = authority.server(List.of("localhost", "127.0.0.1"));
    server.write(at("/etc/mosquitto/certs/server.crt"), at("/etc/mosquitto/certs/server.key"));
    Files.writeString(at("/etc/mosquitto/ca_certificates/ca.crt"), authority.pem());
    Files.writeString(at("/etc/mosquitto/ca_certificates/ca.crl"), authority.crl());
  }

  /** Lets the user mosquitto in, whom mosquitto becomes if it is started by root. */
  private void openToAll() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Starts the broker, and waits until it listens at that door. */
  void start(Door door) {
    program = Program.start(kind.command(words));
    Awaitility.await(kind + " " + words).until(() -> listens(door) || !program.isAlive());
    assertThat(program.isAlive()).as(kind + ": " + program.errText()).isTrue();
  }

  private boolean listens(Door door) {
    try {
      if (door.path() != null) {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(at(door.path())));
        channel.close();
      } else {
        new Socket(door.host(), port(door.port())).close();
      }
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Stops the broker in an orderly way. */
  void stop() {
    program.signal("TERM").await();
    assertThat(program.status()).as(kind + ": " + program.errText()).isZero();
  }

  @Override
  public void close() {
    if (program != null && program.isAlive()) {
      program.close();
      program.await();
    }
    ports.values().forEach(FreePort::close);
  }
}
