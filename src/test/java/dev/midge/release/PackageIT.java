package dev.midge.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.midge.testing.ConfiguredMosquitto;
import dev.midge.testing.Installed;
import dev.midge.testing.Needs;
import dev.midge.testing.Program;
import dev.midge.testing.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code mvn -Ppackage verify} has made, where nothing else of midge is. */
class PackageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private Packages made;
  private Path packages;
  private Path root;

  @BeforeEach
  void areMade() throws IOException {
    made = Packages.made();
    packages = made.directory();
    root = Files.createTempDirectory("midge-package");
  }

  @AfterEach
  void nothingStays() {
    if (root != null) {
      // Mounts end with the namespace of the scripts; should one not, it stays whole.
      Program.start("rm", "-rf", "--one-file-system", root, root + ".log").await();
    }
  }

  @Test
  void theDebIsInstalledUsedAndRemovedInACleanDebian() throws IOException {
    asRoot();
    Installed.require("debootstrap");
    Program run =
        Program.start(
            "unshare", "--mount", "sh", "src/test/sh/clean-debian", one("glob:*.deb"), root);
    Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive());
    run.await();

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(run.outText()).endsWith("clean\n");
  }

  @Test
  void theTarGzNeedsNoJava() throws IOException {
    asRoot();

    Program run = bare("lwt").await();

    assertThat(run.status()).as(run.errText() + run.outText()).isZero();
    assertThat(run.outText()).contains(" 0 failed");
  }

  @Test
  void theTarGzSpeaksTls() throws Exception {
    asRoot();
    Installed.require("mosquitto");
    SelfSigned own = SelfSigned.in(root);
    Files.createDirectories(root.resolve("tmp"));
    Files.copy(own.certificate(), root.resolve("tmp/ca.crt"), StandardCopyOption.REPLACE_EXISTING);
    try (ConfiguredMosquitto broker =
        ConfiguredMosquitto.start(
            "user root", "certfile " + own.certificate(), "keyfile " + own.key())) {
      Program run =
          bare(
                  "pub",
                  "--cafile",
                  "/tmp/ca.crt",
                  "-h",
                  "127.0.0.1",
                  "-p",
                  broker.port(),
                  "-q",
                  "1",
                  "-t",
                  "a",
                  "-m",
                  "x")
              .await();

      assertThat(run.status()).as(run.errText()).isZero();
    }
  }

  @Test
  void theArchiveInTheTarGzIsUsedWhereverItIsUnpacked() throws IOException {
    Program unpack = Program.start("tar", "-xzf", made.ofThisMachine(), "-C", root).await();
    assertThat(unpack.status()).as(unpack.errText()).isZero();
    Path tree = in(root, "glob:midge-*");
    Path archive = tree.resolve("lib/midge-broker.aot");
    assumeTrue(Files.exists(archive), "packages made by a JDK before 25 have it made later");

    try (Program broker =
        Program.start(tree.resolve("bin/midge"), "broker", "-p", "0").awaitOut("\n")) {
      assertThat(Files.readString(Path.of("/proc/" + broker.pid() + "/maps")))
          .contains("midge-broker.aot");
      assertThat(broker.signal("TERM").await().status()).isZero();
    }
  }

  @Test
  void theTarGzHasTheLibrariesOfRareOptions() throws IOException {
    Program unpack = Program.start("tar", "-xzf", made.ofThisMachine(), "-C", root).await();
    assertThat(unpack.status()).as(unpack.errText()).isZero();
    Path midge = in(root, "glob:midge-*").resolve("bin/midge");
    try (Program broker = Program.start(midge, "broker", "-p", "0").awaitOut("\n")) {
      String port = broker.outText().strip();
      String message = "{\"n\":1}";
      Program pub =
          Program.start(
                  midge,
                  "pub",
                  "-p",
                  port,
                  "-rt",
                  "a",
                  "-q",
                  "1",
                  "-m",
                  message,
                  "--encode",
                  "cbor")
              .await();
      assertThat(pub.status()).as(pub.errText()).isZero();

      Program sub =
          Program.start(midge, "sub", "-p", port, "-t", "a", "-C", "1", "--decode", "cbor").await();

      assertThat(sub.outText()).as(sub.errText()).isEqualTo(message + "\n");
    }
  }

  @Test
  void allThatTheDockerfileNamesIsInTheTarGz() throws IOException {
    Path archive = made.ofThisMachine();
    String top = archive.getFileName().toString().replace(".tar.gz", "");
    List<String> names = Program.start("tar", "-tzf", archive).await().outText().lines().toList();
    List<String> said = Files.readAllLines(packages.resolve("Dockerfile"));

    assertThat(said).contains("COPY midge-*-linux-*.tar.gz /tmp/");
    assertThat(said).contains("ENTRYPOINT [\"/opt/midge/bin/midge\"]");
    assertThat(top).matches("midge-[^-]+-linux-[^-]+");
    assertThat(names)
        .allMatch(name -> name.startsWith(top + "/"))
        .contains(
            top + "/bin/midge",
            top + "/bin/drop-in/mosquitto_pub",
            top + "/lib/midge.jar",
            top + "/lib/midge-libraries.jar",
            top + "/runtime/bin/java",
            top + "/man/man1/midge-pub.1",
            top + "/completions/_midge",
            top + "/licenses/NOTICE",
            top + "/licenses/Protobuf-LICENSE",
            top + "/licenses/Eclipse-Paho-about.html",
            top + "/LICENSE");
  }

  @Test
  void bothSayWhatIsInThem() throws IOException {
    for (String library :
        List.of(
            "picocli",
            "org.eclipse.paho",
            "jansi",
            "jackson-core",
            "jackson-dataformat-cbor",
            "msgpack-core",
            "protobuf-java",
            "json-schema",
            "json-path",
            "slf4j-api")) {
      assertThat(Files.readString(packages.resolve("sbom.cdx.json"))).contains(library);
      assertThat(Files.readString(packages.resolve("THIRD-PARTY.txt"))).contains(library);
    }
    String inside = Program.start("dpkg-deb", "-c", one("glob:*.deb")).await().outText();
    assertThat(inside)
        .contains("doc/midge/copyright", "doc/midge/NOTICE", "doc/midge/sbom.cdx.json")
        .contains("man1/midge-pub.1.gz", "lib/midge-libraries.jar")
        .doesNotContain("junit");
    assertThat(Files.readString(packages.resolve("sbom.cdx.json")))
        .doesNotContain("junit", "OpenJDK");
  }

  @Test
  void theTarGzTellsOfItsJavaAndWhoseThePartsAre() throws IOException {
    Program unpack = Program.start("tar", "-xzf", made.ofThisMachine(), "-C", root).await();
    assertThat(unpack.status()).as(unpack.errText()).isZero();
    Path tree = in(root, "glob:midge-*");
    String version =
        Files.readAllLines(tree.resolve("runtime/release")).stream()
            .filter(line -> line.startsWith("JAVA_RUNTIME_VERSION="))
            .map(line -> line.replaceAll(".*=|\"", ""))
            .findFirst()
            .orElseThrow();

    assertThat(Files.readString(tree.resolve("THIRD-PARTY.txt"))).contains("runtime " + version);
    assertThat(Files.readString(tree.resolve("licenses/NOTICE")))
        .startsWith("midge\nCopyright the authors of midge\n")
        .contains("Jackson JSON processor");
    assertThat(tree.resolve("runtime/legal/java.base")).isNotEmptyDirectory();
    List<String> versions = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(tree.resolve("sbom.cdx.json").toFile())) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("version")) {
          json.nextToken();
          versions.add(json.getText());
        }
      }
    }
    assertThat(versions).contains(version);
  }

  private Program bare(Object... words) throws IOException {
    List<Object> command =
        new ArrayList<>(
            List.of(
                "unshare", "--mount", "sh", "src/test/sh/bare-chroot", made.ofThisMachine(), root));
    command.addAll(List.of(words));
    return Program.start(command.toArray());
  }

  private Path one(String pattern) throws IOException {
    return in(packages, pattern);
  }

  private static Path in(Path directory, String pattern) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found =
          files
              .filter(
                  file -> file.getFileSystem().getPathMatcher(pattern).matches(file.getFileName()))
              .toList();
      assertThat(found).as(pattern + " in " + directory).hasSize(1);
      return found.get(0);
    }
  }

  /** A machine of CI has a root to lend; elsewhere the test is for root alone. */
  private static void asRoot() {
    Needs.root();
    Needs.program("unshare");
  }
}
