package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Needs;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** bin/midge: finds Java and the jar, builds what is missing, and becomes java. */
class LauncherIT {
  @TempDir Path directory;

  @Test
  void symbolicLinksAreFollowedRelativeOnesToo() throws IOException {
    Path first = Files.createSymbolicLink(directory.resolve("first"), Program.launcher());
    Files.createDirectory(directory.resolve("bin"));
    Path second = Files.createSymbolicLink(directory.resolve("bin/midge"), Path.of("../first"));

    for (Path link : new Path[] {first, second}) {
      Program run = Program.start(link, "--version").await();

      assertThat(run.outText()).startsWith("midge version ");
      assertThat(run.errText()).isEmpty();
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void aLinkIsFollowedFromItsOwnDirectoryAndFromWherePackagesPutIt() throws IOException {
    Path bin = Files.createDirectories(directory.resolve("usr/bin"));
    Files.createDirectories(directory.resolve("usr/lib"));
    Files.createSymbolicLink(
        directory.resolve("usr/lib/midge"), Program.launcher().resolveSibling("..").toRealPath());
    Files.createSymbolicLink(bin.resolve("midge"), Path.of("../lib/midge/bin/midge"));

    for (String line : new String[] {"sh midge --version", "./midge --version"}) {
      Program run = Program.start("sh", "-c", "cd '" + bin + "' && " + line).await();

      assertThat(run.outText()).as(line).startsWith("midge version ");
      assertThat(run.errText()).isEmpty();
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void aPathWithAColonIsNamed() throws IOException {
    Path bin = Files.createDirectories(directory.resolve("a:b/bin"));
    Path launcher = Files.copy(Program.launcher(), bin.resolve("midge"));

    Program run = Program.start(launcher, "--version").await();

    assertThat(run.errText())
        .startsWith("midge: the path ")
        .contains("/a:... has a colon")
        .hasLineCount(1);
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void withoutJavaItSaysWhatToInstall() {
    Map<String, String> environment = Map.of("PATH", "/nowhere", "JAVA_HOME", "");

    Program run = Program.start(environment, Program.launcher(), "--version").await();

    assertThat(run.errText())
        .contains("needs Java 17 or newer", "apt install openjdk-17-jre-headless");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void anOldJavaIsPassedOver() throws IOException {
    Path bin = Files.createDirectories(directory.resolve("old/bin"));
    Files.writeString(directory.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");
    executable(bin.resolve("java"), "#!/bin/sh\necho 'the old java ran'\n");
    String home = directory.resolve("old").toString();

    Program none =
        Program.start(
            Map.of("PATH", bin.toString(), "JAVA_HOME", home), Program.launcher(), "--version");
    assertThat(none.await().errText()).contains("needs Java 17 or newer");

    String path = bin + ":" + System.getProperty("java.home") + "/bin:" + System.getenv("PATH");
    Program next =
        Program.start(Map.of("PATH", path, "JAVA_HOME", home), Program.launcher(), "--version");
    assertThat(next.await().outText()).startsWith("midge version ");
  }

  @Test
  void javaHomeGoesBeforePath() throws IOException {
    Path bin = Files.createDirectories(directory.resolve("mine/bin"));
    Files.writeString(directory.resolve("mine/release"), "JAVA_VERSION=\"25\"\n");
    executable(bin.resolve("java"), "#!/bin/sh\necho \"mine: $*\"\n");

    Program run =
        Program.start(
            Map.of("JAVA_HOME", directory.resolve("mine").toString()),
            Program.launcher(),
            "pub",
            "a b");

    assertThat(run.await().outText()).startsWith("mine: ").endsWith("pub a b\n");
  }

  /** With the two paths of macOS in a directory: its java in /usr/bin is none itself. */
  @Test
  void macOsIsAskedWhereItsJavaLies() throws IOException {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path usr = Files.createDirectory(directory.resolve("usr"));
    executable(usr.resolve("java"), "#!/bin/sh\necho 'the java of macOS ran'\n");
    String home = System.getProperty("java.home");
    executable(
        directory.resolve("java_home"), "#!/bin/sh\n[ \"$1\" = -v ] && echo '" + home + "'\n");
    executable(
        bin.resolve("midge"),
        Files.readString(Program.launcher())
            .replace("\"$dir\" = /usr/bin", "\"$dir\" = '" + usr + "'")
            .replace("/usr/libexec/java_home", directory.resolve("java_home").toString()));
    Files.createDirectory(directory.resolve("lib"));
    for (String jar : new String[] {"midge.jar", "midge-libraries.jar"}) {
      Files.copy(Path.of("target", jar), directory.resolve("lib").resolve(jar));
    }
    Map<String, String> environment =
        Map.of("PATH", usr + ":/nowhere", "JAVA_HOME", "", "MIDGE_ARCHIVE", "off");

    Program run = Program.start(environment, "/bin/sh", bin.resolve("midge"), "--version").await();

    assertThat(run.errText()).isEmpty();
    assertThat(run.outText()).startsWith("midge version ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "broker | none | none | -Xmx256m -Xms16m -Xmn5m",
        "pub | none | none | -Xmn16m",
        "sub | 64m | none | -Xmx64m -Xmn16m",
        "conn | none | none | none",
        "broker | 2g | none | -Xmx2g -Xms16m -Xmn5m",
        "broker | 20m | none | -Xmx20m",
        "broker | none | -Xmx32m | none",
        "broker | none | -XX:MaxRAMPercentage=5 | none",
        "broker | none | -Dx=y | -Xmx256m -Xms16m -Xmn5m",
        "broker | 64m | -Xmx32m | -Xmx64m -Xms16m -Xmn5m",
      })
  void theHeapHasABound(String command, String heap, String options, String expected)
      throws IOException {
    Path bin = Files.createDirectories(directory.resolve("mine/bin"));
    Files.writeString(directory.resolve("mine/release"), "JAVA_VERSION=\"25\"\n");
    executable(bin.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\" | grep '^-X[m]'\nexit 0\n");
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", directory.resolve("mine").toString());
    environment.put("MIDGE_HEAP", heap == null ? "" : heap);
    environment.put("JDK_JAVA_OPTIONS", options == null ? "" : options);

    Program run = Program.start(environment, Program.launcher(), command).await();

    assertThat(String.join(" ", run.outText().lines().toList()))
        .isEqualTo(expected == null ? "" : expected);
  }

  /** The launcher does not read the options: their meaning is for midge to know. */
  @ParameterizedTest
  @ValueSource(
      strings = {"-t a -l", "-P", "--key k", "--qos=1", "-D publish user-property a b", "-o f"})
  void theWordsBehindACommandChangeNothingForTheJvm(String words) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("mine/bin"));
    Files.writeString(directory.resolve("mine/release"), "JAVA_VERSION=\"25\"\n");
    executable(bin.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\" | grep '^-[XD]'\n");
    Map<String, String> environment =
        Map.of("JAVA_HOME", directory.resolve("mine").toString(), "MIDGE_ARCHIVE", "off");

    for (String command : new String[] {"pub", "rr", "sub", "broker"}) {
      String plain = Program.start(environment, Program.launcher(), command).await().outText();
      String line = Program.launcher() + " " + command + " " + words;
      Program run = Program.start(environment, "sh", "-c", line).await();

      assertThat(plain).contains("-XX:+UseSerialGC\n");
      assertThat(run.outText().replace("-D\n", "")).as(line).isEqualTo(plain);
    }
  }

  @Test
  void aSourceInTheDeepestPackageIsLookedAt() throws IOException {
    copy(Path.of("bin"), directory.resolve("bin"));
    Files.createDirectories(directory.resolve("target"));
    Files.copy(Path.of("target/midge.jar"), directory.resolve("target/midge.jar"));
    executable(
        Files.createDirectories(directory.resolve("src/main/sh")).resolve("build"),
        "#!/bin/sh\necho builds\nexit 1\n");
    Path source = directory.resolve("src/main/java/a/b/c/d/e/f/g/Deep.java");
    Files.createDirectories(source.getParent());
    Files.writeString(directory.resolve("pom.xml"), "");
    Files.createFile(source);
    FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    FileTime built = FileTime.from(Instant.parse("2021-01-01T00:00:00Z"));
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, old);
      }
    }
    Files.setLastModifiedTime(directory.resolve("target/midge.jar"), built);
    Map<String, String> environment = Map.of("MIDGE_ARCHIVE", "off");
    Path launcher = directory.resolve("bin/midge");
    assertThat(Program.start(environment, launcher, "--version").await().outText())
        .startsWith("midge version ");

    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2022-01-01T00:00:00Z")));

    assertThat(Program.start(environment, launcher, "--version").await().outText())
        .isEqualTo("builds\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "15m", "0256m", "256", "-1m", "256 m", "1025g", "99999999999999g"})
  void aHeapThatIsNoneIsOneLine(String heap) {
    Program run =
        Program.start(Map.of("MIDGE_HEAP", heap), Program.launcher(), "--version").await();

    assertThat(run.errText())
        .isEqualTo("midge: MIDGE_HEAP must be a size from 16m to 1024g, such as 256m.\n");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void whatTheJvmSaysDoesNotGoToStandardOutput() {
    Program run =
        Program.start(Map.of("_JAVA_OPTIONS", "-Xmx1k"), Program.launcher(), "--version").await();

    assertThat(run.outText()).isEmpty();
    assertThat(run.errText()).contains("heap");
  }

  @Test
  void theProcessIsTheJvm() {
    try (Program broker = Program.midge("broker", "-p", "0").awaitOut("\n")) {
      String command = ProcessHandle.of(broker.pid()).orElseThrow().info().command().orElseThrow();

      assertThat(command).endsWith("/java");
      assertThat(broker.signal("TERM").await().status()).isZero();
    }
  }

  @Test
  void aCheckoutBuildsItselfOnceEvenWhenTwoStart() throws IOException {
    Needs.program("mvn");
    copy(Path.of("bin"), directory.resolve("bin"));
    copy(Path.of("src/main"), directory.resolve("src/main"));
    Files.copy(Path.of("pom.xml"), directory.resolve("pom.xml"));
    Files.copy(Path.of("LICENSE"), directory.resolve("LICENSE"));
    Path launcher = directory.resolve("bin/midge");

    Program one = Program.start(launcher, "--version");
    Program two = Program.start(launcher, "--version");
    for (Program run : new Program[] {one.await(), two.await()}) {
      assertThat(run.outText()).as(run.errText()).startsWith("midge version ");
      assertThat(run.status()).isZero();
    }
    assertThat(one.errText() + two.errText()).containsOnlyOnce("midge: building");

    assertThat(Program.start(launcher, "--version").await().errText()).isEmpty();
    assertThat(directory.resolve("target/midge.jar"))
        .as("the same sources give the same jar")
        .hasSameBinaryContentAs(Path.of("target/midge.jar"));

    Path source = directory.resolve("src/main/java/dev/midge/Midge.java");
    Files.writeString(source, Files.readString(source) + "// changed\n");
    assertThat(Program.start(launcher, "--version").await().errText()).contains("midge: building");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
