package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start-up archive makes midge quick; whatever becomes of it, midge publishes. */
class ArchiveIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path home;
  private Broker broker;

  @BeforeEach
  void install() throws IOException {
    broker = Broker.start(BrokerConfig.onFreePort());
    put("bin/midge");
    put("src/main/sh/archive");
    put("target/midge.jar");
  }

  private void put(String file) throws IOException {
    Files.createDirectories(home.resolve(file).getParent());
    Files.copy(Path.of(file), home.resolve(file));
  }

  @AfterEach
  void nobodyWritesAnyMore() throws IOException {
    broker.close();
    Awaitility.await().atMost(PATIENCE).until(() -> makers().isEmpty());
  }

  @Test
  void theFirstStartHasItMadeAndLaterOnesUseIt() throws IOException {
    Path archive;
    try (Program first = start(Map.of(), launcher(), "broker", "-p", "0").awaitOut("\n")) {
      archive = awaitArchive(home.resolve("target"));
      assertThat(maps(first)).doesNotContain(archive.getFileName().toString());
    }

    try (Program later = start(Map.of(), launcher(), "broker", "-p", "0").awaitOut("\n")) {
      assertThat(maps(later)).contains(archive.getFileName().toString());
    }
  }

  private static String maps(Program running) throws IOException {
    return Files.readString(Path.of("/proc/" + running.pid() + "/maps"));
  }

  @Test
  void oneMessageTheBrokerAndTheRestHaveOneEach() throws IOException {
    publishes();
    Path forMessages = awaitArchive(home.resolve("target"));
    start(Map.of(), launcher(), "broker", "--help").await();
    Path forTheBroker = awaitArchive(home.resolve("target"), forMessages);
    start(Map.of(), launcher(), "lwt", "--help").await();
    awaitArchive(home.resolve("target"), forMessages, forTheBroker);

    String lines = launcher() + " pub -p " + broker.port() + " -t a -l </dev/null";
    assertPublished(start(Map.of(), "sh", "-c", lines).await());
    assertThat(makers()).as("whoever would make one more").isEmpty();
  }

  @Test
  void aDeletedOneIsMadeAgain() throws IOException {
    publishes();
    Files.delete(awaitArchive(home.resolve("target")));

    publishes();
    awaitArchive(home.resolve("target"));
  }

  @Test
  void aDamagedOneDoesNoHarm() throws IOException {
    publishes();
    Path archive = awaitArchive(home.resolve("target"));

    byte[] whole = Files.readAllBytes(archive);
    Files.delete(archive);
    Files.write(archive, java.util.Arrays.copyOf(whole, whole.length / 2));
    publishes();
    Files.writeString(archive, "no archive at all");
    publishes();
    Files.write(archive, new byte[0]);
    publishes();
  }

  @Test
  void thatOfAnotherJvmDoesNoHarm() throws IOException {
    Path other =
        jvms()
            .filter(jvm -> !jvm.equals(Path.of(System.getProperty("java.home"))))
            .findFirst()
            .orElse(null);
    assumeTrue(other != null, "a second JDK is needed");
    publishes();
    Path ours = awaitArchive(home.resolve("target"));
    publishes(Map.of("JAVA_HOME", other.toString()));
    Path theirs = awaitArchive(home.resolve("target"), ours);

    Files.delete(theirs);
    Files.copy(ours, theirs);
    publishes(Map.of("JAVA_HOME", other.toString()));
  }

  @Test
  void twentyAtOncePublishAndMakeOne() throws IOException {
    List<Program> crowd = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      crowd.add(start(Map.of(), publish().toArray()));
    }
    for (Program one : crowd) {
      assertPublished(one.await());
    }
    awaitArchive(home.resolve("target"));
    Awaitility.await().atMost(PATIENCE).until(() -> makers().isEmpty());
    try (Stream<Path> files = Files.list(home.resolve("target"))) {
      assertThat(files.filter(file -> !file.endsWith("midge.jar")).filter(Files::isRegularFile))
          .filteredOn(file -> !file.toString().contains(".lock"))
          .hasSize(1);
    }
  }

  @Test
  void whoeverMakesItMayBeKilled() throws IOException {
    publishes();
    Awaitility.await().atMost(PATIENCE).until(() -> !makers().isEmpty());
    for (ProcessHandle maker : makers()) {
      maker.descendants().forEach(ProcessHandle::destroyForcibly);
      maker.destroyForcibly();
    }
    Awaitility.await().atMost(PATIENCE).until(() -> makers().isEmpty());

    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              publishes();
              return !archives(home.resolve("target")).isEmpty();
            });
  }

  @Test
  void whereTheJarIsNotOursItLiesInTheCache() throws IOException {
    Path cache = Files.createDirectory(home.resolve("cache"));
    asNobody();
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString());

    assertPublished(start(environment, nobody(publish())).await());
    awaitArchive(cache.resolve("midge"));
    assertPublished(start(environment, nobody(publish())).await());
  }

  @Test
  void aCacheThatCannotBeWrittenDoesNoHarm() throws IOException {
    Path cache = Files.createDirectories(home.resolve("cache/midge"));
    asNobody();
    for (Map<String, String> environment :
        List.of(
            Map.of("XDG_CACHE_HOME", cache.getParent().toString()),
            Map.of("XDG_CACHE_HOME", "/proc/nowhere"),
            Map.of("XDG_CACHE_HOME", "", "HOME", ""))) {
      assertPublished(start(environment, nobody(publish())).await());
    }
    Awaitility.await().atMost(PATIENCE).until(() -> makers().isEmpty());
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void itCanBeForbidden() throws IOException {
    publishes(Map.of("MIDGE_ARCHIVE", "off"));

    assertThat(makers()).isEmpty();
    assertThat(archives(home.resolve("target"))).isEmpty();
  }

  /** Root may write everywhere: only somebody else shows what a read-only directory does. */
  private void asNobody() throws IOException {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "only root can become somebody else");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Object[] nobody(List<Object> command) {
    List<Object> words = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--clear-groups"));
    words.addAll(command);
    return words.toArray();
  }

  /** Archives are at issue here, even when the whole suite runs without. */
  private static Program start(Map<String, String> environment, Object... words) {
    Map<String, String> all = new HashMap<>(Map.of("MIDGE_ARCHIVE", "on"));
    all.putAll(environment);
    return Program.start(all, words);
  }

  private Path launcher() {
    return home.resolve("bin/midge");
  }

  private List<Object> publish() {
    return List.of(launcher(), "pub", "-p", broker.port(), "-t", "a", "-m", "x");
  }

  private void publishes() {
    publishes(Map.of());
  }

  private void publishes(Map<String, String> environment) {
    assertPublished(start(environment, publish().toArray()).await());
  }

  private static void assertPublished(Program run) {
    assertThat(run.errText()).isEmpty();
    assertThat(run.outText()).isEmpty();
    assertThat(run.status()).isZero();
  }

  private static Path awaitArchive(Path directory, Path... but) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                archives(directory).stream()
                    .filter(archive -> !List.of(but).contains(archive))
                    .findFirst()
                    .orElse(null),
            archive -> archive != null);
  }

  private static List<Path> archives(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(jsa|aot)"))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  private static Stream<Path> jvms() throws IOException {
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return Stream.empty();
    }
    try (Stream<Path> found = Files.list(all)) {
      return found
          .filter(jvm -> !Files.isSymbolicLink(jvm) && Files.exists(jvm.resolve("release")))
          .toList()
          .stream();
    }
  }

  /** The scripts that make an archive here. */
  private List<ProcessHandle> makers() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().commandLine().orElse("").contains(home.toString())
                    && process.info().commandLine().orElse("").contains("sh/archive"))
        .toList();
  }
}
