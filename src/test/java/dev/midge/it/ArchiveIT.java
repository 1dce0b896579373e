package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.testing.Needs;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    put("target/midge-libraries.jar");
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

  /** On 17 the archive has objects, which only one collector can take over. */
  @Test
  void clientsHaveTheCollectorThatTakesItsObjects() throws IOException {
    String g1 = "-XX:-UseSerialGC\0-XX:+UseG1GC\0";
    List<Object> subscribe = List.of(launcher(), "sub", "-p", broker.port(), "-t", "a", "-d");
    Path archive;
    try (Program first = start(Map.of(), subscribe.toArray()).awaitOut("SUBACK")) {
      archive = awaitArchive(home.resolve("target"));
      assertThat(words(first)).doesNotContain(g1, "ArchiveRelocationMode");
    }

    try (Program later = start(Map.of(), subscribe.toArray()).awaitOut("SUBACK")) {
      assertThat(maps(later)).contains(archive.getFileName().toString());
      assertThat(words(later)).contains("-XX:ArchiveRelocationMode=0\0");
      assertThat(words(later).contains(g1)).isEqualTo(Runtime.version().feature() == 17);
    }
    try (Program small =
        start(Map.of("MIDGE_HEAP", "64m"), subscribe.toArray()).awaitOut("SUBACK")) {
      assertThat(maps(small)).contains(archive.getFileName().toString());
      assertThat(words(small)).doesNotContain(g1);
    }
  }

  private static String words(Program running) throws IOException {
    return Files.readString(Path.of("/proc/" + running.pid() + "/cmdline"));
  }

  private static String maps(Program running) throws IOException {
    return Files.readString(Path.of("/proc/" + running.pid() + "/maps"));
  }

  @Test
  void pubTheBrokerAndTheRestHaveOneEach() throws IOException {
    publishes();
    Path forMessages = awaitArchive(home.resolve("target"));
    start(Map.of(), launcher(), "broker", "--version").await();
    Path forTheBroker = awaitArchive(home.resolve("target"), forMessages);
    start(Map.of(), launcher(), "sub", "--version").await();
    awaitArchive(home.resolve("target"), forMessages, forTheBroker);
    Awaitility.await().atMost(PATIENCE).until(() -> makers().isEmpty());

    String lines = launcher() + " pub -p " + broker.port() + " -t a -l </dev/null";
    assertPublished(start(Map.of(), "sh", "-c", lines).await());
    assertThat(makers()).as("whoever would make one more").isEmpty();
  }

  @Test
  void itHasTheClassesOfPicocliToo() throws IOException {
    Path jvm = Path.of(System.getProperty("java.home"));
    publishes(Map.of("JAVA_HOME", jvm.toString()));
    Path archive = awaitArchive(home.resolve("target"));
    String use = archive.toString().endsWith(".aot") ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
    String java = jvm.resolve("bin/java") + " -Xlog:class+load -XX:+UseSerialGC " + use + archive;
    String midge = " -cp " + home.resolve("bin/../target/midge.jar") + " dev.midge.Midge";
    String words = " pub -p " + broker.port() + " -t=a -m x --qos=1 -D publish user-property k v";

    Program pub = Program.start("sh", "-c", java + midge + words).await();

    assertThat(pub.status()).as(pub.errText()).isZero();
    assertThat(pub.outText().lines().filter(line -> line.contains(" picocli.")))
        .isNotEmpty()
        .allMatch(line -> line.contains(" source: shared objects file"));
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
      assertThat(files.filter(Files::isRegularFile))
          .filteredOn(file -> !file.toString().matches(".*\\.(jar|lock.*)"))
          .hasSize(1);
    }
  }

  @Test
  void whoeverMakesItMayBeKilled() throws IOException {
    publishes();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (Path early : archives(home.resolve("target"))) { // It was quicker than we are.
                Files.delete(early);
                publishes();
              }
              return !makers().isEmpty();
            });
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
    mode("1777", cache);
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
  void nobodyElseCanReadOrWriteIt() throws IOException {
    publishes();

    assertThat(Files.getPosixFilePermissions(awaitArchive(home.resolve("target"))))
        .isSubsetOf(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  /** Each is done to the cache of somebody who has an archive there already. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "chown daemon cache/midge/midge*; chmod a+r cache/midge/midge*",
        "chmod 0666 cache/midge/midge*",
        "chmod 0777 cache/midge",
        "chmod 0775 cache/midge",
        "chmod 1777 cache/midge",
        "chown daemon cache/midge; chmod 0755 cache/midge",
        "chmod 0777 cache",
        "chown daemon cache; chmod 0755 cache",
        "mv cache/midge elsewhere; chmod 0777 elsewhere; ln -s $PWD/elsewhere cache/midge",
        "mv cache/midge/ARCHIVE planted; ln -s $PWD/planted cache/midge/ARCHIVE"
      })
  void oneThatOthersMayHaveWrittenIsNotUsed(String deed) throws IOException {
    Path cache = Files.createDirectory(home.resolve("cache"));
    asNobody();
    sh("chown 65534 cache; chmod 0700 cache");
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString());
    start(environment, nobody(List.of(launcher(), "broker", "--version"))).await();
    String archive = awaitArchive(cache.resolve("midge")).getFileName().toString();
    assertThat(mapsOfNobody(environment)).contains(archive);

    sh(deed.replace("ARCHIVE", archive));

    assertThat(mapsOfNobody(environment)).doesNotContain("midge-own", "planted");
  }

  /** Whoever owns the link could let it lead elsewhere between the look and the start. */
  @Test
  void itIsUsedByThePathThatWasLookedInto() throws IOException {
    asNobody();
    sh("mkdir -m 0700 cache; chown 65534 cache; ln -s $PWD/cache link; chown -h daemon link");
    Path link = home.resolve("link");
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", link.toString());
    start(environment, nobody(List.of(launcher(), "broker", "--version"))).await();
    Path archive = awaitArchive(home.resolve("cache/midge"));

    List<Object> words = List.of(launcher(), "broker", "-p", "0");
    try (Program broker = start(environment, nobody(words)).awaitOut("\n")) {
      assertThat(Files.readString(Path.of("/proc/" + broker.pid() + "/cmdline")))
          .contains("=" + archive.toRealPath() + "\0")
          .doesNotContain(link.toString());
    }
  }

  private String mapsOfNobody(Map<String, String> environment) throws IOException {
    List<Object> words = List.of(launcher(), "broker", "-p", "0");
    try (Program broker = start(environment, nobody(words)).awaitOut("\n")) {
      return maps(broker);
    }
  }

  private void sh(String line) {
    Program run = Program.start("sh", "-ec", "cd '" + home + "'\n" + line).await();
    assertThat(run.status()).as(run.errText()).isZero();
  }

  @Test
  void aRelativeCacheIsNone() throws IOException {
    asNobody();
    sh("mkdir -p user/relative; chown -R 65534 user");
    Path user = home.resolve("user");
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", "relative", "HOME", user.toString());

    String line = "cd '" + user + "' && exec " + launcher() + " --version";
    assertThat(start(environment, nobody(List.of("sh", "-c", line))).await().status()).isZero();

    awaitArchive(user.resolve(".cache/midge"));
    assertThat(user.resolve("relative")).isEmptyDirectory();
  }

  @Test
  void thoseOfOtherVersionsGoAfterThirtyDays() throws IOException {
    sh(
        "touch -d '31 days ago' target/midge-own-pub-old.jsa target/midge-rest-old.aot"
            + " target/midge-pub.aot; touch -d '29 days ago' target/midge-own-pub-new.jsa");

    publishes();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !Files.exists(home.resolve("target/midge-own-pub-old.jsa")));
    Awaitility.await().atMost(PATIENCE).until(() -> makers().isEmpty());

    assertThat(home.resolve("target/midge-rest-old.aot")).doesNotExist();
    assertThat(home.resolve("target/midge-own-pub-new.jsa")).exists();
    assertThat(home.resolve("target/midge-pub.aot")).as("packed with a midge").exists();
  }

  @Test
  void whatCouldNotBeMadeIsTriedAgainTheNextDay() throws IOException {
    publishes();
    Path archive = awaitArchive(home.resolve("target"));
    Files.delete(archive);
    Files.createFile(archive);
    publishes();
    Awaitility.await().atMost(PATIENCE).until(() -> makers().isEmpty());
    assertThat(archive).isEmptyFile();

    sh("touch -d '2 days ago' target/midge.jar; touch -d '25 hours ago' target/midge-own-*");
    publishes();
    Awaitility.await().atMost(PATIENCE).until(() -> Files.size(archive) > 0);
  }

  @Test
  void itCanBeForbidden() throws IOException {
    publishes(Map.of("MIDGE_ARCHIVE", "off"));

    assertThat(makers()).isEmpty();
    assertThat(archives(home.resolve("target"))).isEmpty();
  }

  /** Root may write everywhere: only somebody else shows what a read-only directory does. */
  private void asNobody() throws IOException {
    Needs.root();
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void mode(String mode, Path file) {
    assertThat(Program.start("chmod", mode, file).await().status()).isZero();
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
