package dev.midge.broker.battery;

import static dev.midge.broker.battery.Scripts.ADMIN;
import static dev.midge.broker.battery.Scripts.ALICE;
import static dev.midge.broker.battery.Scripts.ANYBODY;
import static dev.midge.broker.battery.Scripts.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configuration files as people have them, read by Debian's mosquitto and by midge: the same
 * clients see the same, but for the {@link Difference}s.
 */
class ConfigurationsWithMosquittoIT {
  private static final Door PLAIN = Door.plain(1883);
  private static final Set<Difference> USED = new HashSet<>();
  private static final Set<String> FILES = new TreeSet<>();

  @TempDir Path directory;

  private interface Script {
    void run(Talk talk) throws IOException;
  }

  /**
   * A configuration file.
   *
   * @param last of its listeners, which are opened in order
   */
  private record Setup(String file, Door last, Script script) {
    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Setup> setups() {
    return Stream.of(
        new Setup("local.conf", PLAIN, talk -> talk.usual(PLAIN, ANYBODY)),
        new Setup("no-listener.conf", PLAIN, talk -> talk.usual(PLAIN, ANYBODY)),
        new Setup("container.conf", PLAIN, talk -> talk.usual(PLAIN, ANYBODY)),
        new Setup("debian.conf", PLAIN, talk -> Scripts.passwords(talk, PLAIN)),
        new Setup(
            "passwords-and-access.conf",
            PLAIN,
            talk -> {
              Scripts.passwords(talk, PLAIN);
              Access access = new Access(talk, PLAIN, ADMIN);
              access.of(PLAIN, ALICE);
              access.of(PLAIN, BOB);
            }),
        new Setup(
            "anonymous-with-passwords.conf",
            PLAIN,
            talk -> {
              Scripts.refused(talk, PLAIN);
              Access access = new Access(talk, PLAIN, ADMIN);
              access.of(PLAIN, ANYBODY);
              access.of(PLAIN, ALICE);
            }),
        new Setup(
            "tls.conf",
            Door.tls(8883),
            talk -> {
              talk.usual(PLAIN, ANYBODY);
              talk.usual(Door.tls(8883), ANYBODY);
            }),
        new Setup(
            "tls-client-certificates.conf",
            Door.tls(8884),
            talk -> {
              Door identity = Door.tls(8883);
              talk.usual(identity, ANYBODY);
              talk.usual(identity, Person.certified("alice", "alice/"));
              Access access = new Access(talk, identity, Person.certified("admin", ""));
              access.of(identity, Person.certified("bob", "bob/"));
              talk.usual(Door.tls(8884), ANYBODY);
              talk.usual(Door.tls(8884), Person.certified("anyone", ""));
            }),
        new Setup("websockets.conf", PLAIN, Scripts::webSockets),
        new Setup("persistence.conf", PLAIN, talk -> talk.usual(PLAIN, ANYBODY)),
        new Setup("limits.conf", PLAIN, talk -> Scripts.limits(talk, PLAIN, Door.plain(1884))),
        new Setup("strict.conf", PLAIN, talk -> Scripts.strict(talk, PLAIN)),
        new Setup(
            "per-listener.conf",
            Door.plain(1884),
            talk -> {
              talk.usual(PLAIN, ANYBODY);
              talk.usual(PLAIN, ALICE);
              Scripts.refused(talk, Door.plain(1884));
              Access access = new Access(talk, Door.plain(1884), ADMIN);
              access.of(Door.plain(1884), ALICE);
              access.of(PLAIN, ANYBODY);
            }),
        new Setup(
            "mount-point.conf",
            Door.plain(1885),
            talk -> {
              talk.usual(Door.plain(1884), ANYBODY);
              Scripts.mountPoints(talk, PLAIN, Door.plain(1884), Door.plain(1885));
            }),
        new Setup(
            "unix.conf",
            PLAIN,
            talk -> {
              talk.usual(Door.unix("/run/mosquitto/mosquitto.sock"), ANYBODY);
              talk.usual(PLAIN, ANYBODY);
            }),
        new Setup(
            "several.conf",
            Door.plain(1886).on("::1"),
            talk -> {
              talk.usual(PLAIN, ANYBODY);
              Scripts.userNames(talk, Door.plain(1884));
              talk.usual(Door.plain(1886).on("::1"), ANYBODY);
            }));
  }

  static Stream<Setup> restarts() {
    return Stream.of(
        new Setup("container.conf", PLAIN, talk -> Scripts.restart(talk, PLAIN, ANYBODY)),
        new Setup("debian.conf", PLAIN, talk -> Scripts.restart(talk, PLAIN, ALICE)),
        new Setup("persistence.conf", PLAIN, talk -> Scripts.restart(talk, PLAIN, ANYBODY)));
  }

  @ParameterizedTest
  @MethodSource("restarts")
  void whatIsKeptOverARestartIsTheSame(Setup setup) throws IOException {
    compare(setup);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void midgeShowsWhatMosquittoShows(Setup setup) throws IOException {
    compare(setup);
    FILES.add(setup.file());
  }

  private void compare(Setup setup) throws IOException {
    Map<String, String> wanted = seen(Kind.MOSQUITTO, setup);
    Map<String, String> seen = seen(Kind.MIDGE, setup);
    Map<String, String> expected = new LinkedHashMap<>();
    wanted.forEach((what, text) -> expected.put(what, expected(setup.file(), what, text)));
    List<String> differences = new ArrayList<>();
    for (String what :
        Stream.concat(expected.keySet().stream(), seen.keySet().stream()).distinct().toList()) {
      if (!String.valueOf(expected.get(what)).equals(seen.get(what))) {
        differences.add(
            what + "\n    mosquitto: " + wanted.get(what) + "\n    midge:     " + seen.get(what));
      }
    }
    assertThat(differences).isEmpty();
  }

  private Map<String, String> seen(Kind kind, Setup setup) throws IOException {
    Path root = Files.createDirectory(directory.resolve(kind.name()));
    directory.toFile().setExecutable(true, false);
    directory.toFile().setReadable(true, false);
    try (Installation broker = new Installation(kind, root, setup.file())) {
      broker.start(setup.last());
      Talk talk = new Talk(broker);
      setup.script().run(talk);
      broker.stop();
      return talk.notes();
    }
  }

  private static String expected(String file, String what, String text) {
    String result = text;
    for (Difference each : Difference.ALL) {
      String changed = each.applied(file, what, result);
      if (!changed.equals(result)) {
        USED.add(each);
      }
      result = changed;
    }
    return result;
  }

  @AfterAll
  static void everyDifferenceIsThere() {
    if (FILES.size() == setups().count()) { // all files were compared, and not some by hand
      assertThat(USED).containsExactlyInAnyOrderElementsOf(Difference.ALL);
    }
  }
}
