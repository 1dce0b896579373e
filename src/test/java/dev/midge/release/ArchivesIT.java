package dev.midge.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Installed;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tar.gz files, the zip, the one jar and the Dockerfile. */
class ArchivesIT {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

  /** Of an ELF file: where the machine stands, and the numbers of the machines. */
  private static final int MACHINE = 18;

  private static final Map<String, Integer> MACHINES = Map.of("x64", 62, "aarch64", 183);

  @TempDir Path directory;
  private Packages packages;

  @BeforeEach
  void areMade() {
    packages = Packages.made();
  }

  @Test
  void whatTheReadmeOfTheTarGzSaysIsTrueThere() throws IOException {
    readmeIsTrue(
        packages.ofThisMachine(),
        "It brings its own Java",
        Map.of("JAVA_HOME", "", "MIDGE_ARCHIVE", "off"));
  }

  @Test
  void whatTheReadmeOfTheOneWithoutJavaSaysIsTrueThere() throws IOException {
    readmeIsTrue(
        packages.one("midge-", ".tar.gz"),
        "It needs a Java runtime, 17 or newer",
        Map.of("JAVA_HOME", System.getProperty("java.home"), "MIDGE_ARCHIVE", "off"));
  }

  private void readmeIsTrue(Path archive, String java, Map<String, String> environment)
      throws IOException {
    Installed.require("man");
    Path tree = Packages.unpack(archive, directory);
    String readme = Files.readString(tree.resolve("README.md"));
    assertThat(readme).contains(java).doesNotContain("@");
    assertThat(readme)
        .startsWith("# midge " + Packages.name(archive).replaceAll("midge-|-linux.*|.tar.gz", ""));
    StringBuilder script = new StringBuilder("set -e\ncd '" + tree + "'\n");
    Matcher blocks = BLOCK.matcher(readme);
    int count = 0;
    while (blocks.find()) {
      script.append(blocks.group(1));
      count++;
    }
    script.append("complete -p midge\ncommand -v midge\n");

    Program run = Program.start(environment, "bash", "-c", script).await();

    assertThat(run.status()).as(run.errText() + run.outText()).isZero();
    assertThat(count).isEqualTo(5);
    assertThat(run.outText())
        .contains(" 0 failed", "\nhello\n", "MIDGE-LWT(1)", "complete -", tree + "/bin/midge\n");
    for (String file : List.of("LICENSE", "THIRD-PARTY.txt", "sbom.cdx.json", "licenses")) {
      assertThat(readme).contains("`" + file + "`");
      assertThat(tree.resolve(file)).exists();
    }
  }

  @Test
  void theJavaInsideIsForTheMachineThatTheNameSays() throws IOException {
    for (Path archive : packages.all("midge-*-linux-*.tar.gz")) {
      String arch = Packages.name(archive).replaceAll(".*-linux-|\\.tar\\.gz", "");
      Path into = Files.createDirectory(directory.resolve(arch));
      Path runtime = Packages.unpack(archive, into).resolve("runtime");
      for (String file : List.of("bin/java", "lib/server/libjvm.so", "lib/libnio.so")) {
        byte[] head = Arrays.copyOf(Files.readAllBytes(runtime.resolve(file)), MACHINE + 2);
        assertThat(new String(head, 1, 3, StandardCharsets.US_ASCII)).isEqualTo("ELF");
        assertThat(head[MACHINE] & 0xff | head[MACHINE + 1] << 8)
            .as(file + " in " + archive)
            .isEqualTo(MACHINES.get(arch));
      }
      assertThat(Files.readString(runtime.resolve("release")))
          .contains("OS_ARCH=\"" + (arch.equals("x64") ? "x86_64" : arch) + "\"");
    }
  }

  @Test
  void theZipHasWhatWindowsNeeds() throws IOException {
    try (ZipFile zip = new ZipFile(packages.one("midge-", ".zip").toFile())) {
      String top = Packages.name(Path.of(zip.getName())).replace(".zip", "/");
      List<String> names = zip.stream().map(ZipEntry::getName).toList();
      assertThat(names)
          .isSorted()
          .allMatch(name -> name.startsWith(top))
          .noneMatch(name -> name.contains("drop-in"))
          .contains(
              top + "bin/midge.ps1",
              top + "lib/midge.jar",
              top + "lib/midge-libraries.jar",
              top + "README.md",
              top + "licenses/NOTICE");
      String batch =
          new String(
              zip.getInputStream(zip.getEntry(top + "bin/midge.bat")).readAllBytes(),
              StandardCharsets.US_ASCII);
      // cmd.exe may miss a label in lines that end with LF alone.
      assertThat(batch.split("\n")).allMatch(line -> line.endsWith("\r"));
      assertThat(batch).doesNotContain("\r\r");
    }
  }

  @Test
  void theOneJarIsAllOfMidge() throws IOException {
    Path jar = packages.one("midge-", "-all.jar");
    Path alone = Files.copy(jar, directory.resolve("m.jar"));
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();

    Program drill = Program.start(java, "-jar", alone, "lwt", "--only", "reset,kill").await();

    assertThat(drill.outText()).as(drill.errText()).contains("2 ok, 0 failed");
    try (Program broker = Program.start(java, "-jar", alone, "broker", "-p", "0").awaitOut("\n")) {
      String port = broker.outText().strip();
      String[] encodings = {"cbor", "msgpack"};
      for (String encoding : encodings) {
        String[] pub = {"-p", port, "-rt", encoding, "-q", "1", "-m", "[1]", "--encode", encoding};
        Program sent = Program.start(words(java, alone, "pub", pub)).await();
        assertThat(sent.status()).as(sent.errText()).isZero();
        String[] sub = {"-p", port, "-t", encoding, "-C", "1", "--decode", encoding};
        Program got = Program.start(words(java, alone, "sub", sub)).await();
        assertThat(got.outText()).as(got.errText()).isEqualTo("[1]\n");
      }
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      String notice =
          new String(
              zip.getInputStream(zip.getEntry("META-INF/THIRD-PARTY.txt")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(notice).contains("Jansi", "Protocol Buffers");
      assertThat(zip.getEntry("META-INF/Protobuf-LICENSE")).isNotNull();
      assertThat(zip.getEntry("META-INF/JLine-LICENSE")).isNotNull();
      assertThat(zip.getEntry("about.html")).isNotNull();
      String manifest =
          new String(
              zip.getInputStream(zip.getEntry("META-INF/MANIFEST.MF")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(manifest).contains("Main-Class: dev.midge.Midge").doesNotContain("Class-Path");
    }
  }

  private static Object[] words(String java, Path jar, String command, String... words) {
    Object[] all = new Object[4 + words.length];
    all[0] = java;
    all[1] = "-jar";
    all[2] = jar;
    all[3] = command;
    System.arraycopy(words, 0, all, 4, words.length);
    return all;
  }

  @Test
  void theHealthCheckOfTheImageTellsWhetherTheBrokerAnswers() throws IOException {
    String dockerfile = Files.readString(packages.all("Dockerfile").get(0));
    Matcher check = Pattern.compile("(?m)^HEALTHCHECK .*? CMD (.*)$").matcher(dockerfile);
    assertThat(check.find()).isTrue();
    Path tree = Packages.unpack(packages.ofThisMachine(), directory);
    String command = check.group(1).replace("/opt/midge", tree.toString());
    Path run = Files.createDirectory(directory.resolve("run"));
    assertThat(Program.start("chmod", "700", run).await().status()).isZero();
    try (Program broker =
        Program.start(
                Map.of("XDG_RUNTIME_DIR", run.toString(), "MIDGE_ARCHIVE", "off"),
                tree.resolve("bin/midge"),
                "broker",
                "-p",
                "0")
            .awaitOut("\n")) {
      Map<String, String> environment =
          Map.of(
              "XDG_RUNTIME_DIR",
              run.toString(),
              "MIDGE_PORT",
              broker.outText().strip(),
              "MIDGE_ARCHIVE",
              "off");

      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> Program.start(environment, "sh", "-c", command).await().status() == 0);
      broker.signal("TERM").await();
      Program unhealthy = Program.start(environment, "sh", "-c", command).await();

      // Docker knows 0 and 1, and keeps 2 to itself.
      assertThat(unhealthy.status()).isEqualTo(1);
      assertThat(unhealthy.outText()).isEmpty();
    }
  }

  @Test
  void theImageUnpacksTheArchiveOfItsMachine() throws IOException {
    String dockerfile = Files.readString(packages.all("Dockerfile").get(0)).replace("\\\n", " ");
    Matcher unpack = Pattern.compile("(?m)^RUN (case .*)$").matcher(dockerfile);
    assertThat(unpack.find()).isTrue();
    assertThat(dockerfile).contains("COPY midge-*-linux-*.tar.gz /tmp/");
    String command =
        unpack
            .group(1)
            .replace("/tmp/", packages.all("Dockerfile").get(0).getParent() + "/")
            .replace("/opt/midge", directory.resolve("midge").toString());

    Program run = Program.start("sh", "-c", command).await();

    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
    Program version =
        Program.start(
                Map.of("MIDGE_ARCHIVE", "off"), directory.resolve("midge/bin/midge"), "--version")
            .await();
    assertThat(version.outText()).startsWith("midge version ");
  }
}
