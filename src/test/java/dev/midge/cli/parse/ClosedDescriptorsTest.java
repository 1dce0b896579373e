package dev.midge.cli.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No test opens a file by the number of a descriptor: a wrong answer harms nothing. */
@EnabledOnOs(OS.LINUX)
class ClosedDescriptorsTest {
  @TempDir private Path directory;
  private Path jar;

  @BeforeEach
  void makeJar() throws IOException {
    directory = directory.toRealPath();
    jar = Files.writeString(Files.createDirectory(directory.resolve("jvm")).resolve("a.jar"), "x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/proc/self/fd/",
        "/dev/fd/",
        "/dev/../dev/fd/",
        "//dev/./fd//",
        "/proc/thread-self/fd/",
        "/proc/self/root/proc/self/fd/"
      })
  void aDescriptorOfTheJvmsFilesIsFoundByEachNameAndThroughLinks(String way) throws IOException {
    try (InputStream open = new FileInputStream(jar.toFile())) {
      String name = way + descriptor(jar);
      Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of(name));
      Path second = Files.createSymbolicLink(directory.resolve("second"), Path.of("jvm/../link"));
      Path all = Files.createSymbolicLink(directory.resolve("all"), Path.of(way));
      for (ClosedDescriptors jvm : List.of(withFile(jar), withHome(jar.getParent()))) {
        assertThat(List.of(name, link + "", second + "", all + "/" + descriptor(jar)))
            .allMatch(each -> isClosed(jvm, each));
      }
      assertThat(open.read()).isEqualTo('x');
    }
  }

  @Test
  void aFileThatWasGivenIsNone() throws IOException {
    try (InputStream own = new FileInputStream(jar.toFile())) {
      String name = "/dev/fd/" + descriptor(jar);
      assertThat(isClosed(withFile(directory.resolve("b.jar")), name)).isFalse();
      try (InputStream given = new FileInputStream(jar.toFile())) {
        assertThat(isClosed(withFile(jar), name)).isFalse();
        assertThat(given.read()).isEqualTo(own.read());
      }
      assertThat(isClosed(withFile(jar), name)).isTrue();
    }
  }

  @Test
  void theJvmsFilesThemselvesMayBeNamed() throws IOException {
    try (InputStream open = new FileInputStream(jar.toFile())) {
      Path link = Files.createSymbolicLink(directory.resolve("link"), jar);
      Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
      for (Path each : List.of(jar, link, loop, directory.resolve("none"), directory)) {
        assertThat(isClosed(withFile(jar), each.toString())).describedAs("%s", each).isFalse();
        assertThat(ClosedDescriptors.isClosed(each.toString())).isFalse();
      }
      assertThat(ClosedDescriptors.isClosed("\0")).isFalse();
      assertThat(open.read()).isEqualTo('x');
    }
  }

  @Test
  void theFilesOfThisJvmAreKnown() throws IOException {
    Path modules = Path.of(System.getProperty("java.home"), "lib", "modules").toRealPath();
    String name = "/dev/fd/" + descriptor(modules);
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of(name));
    assertThat(List.of(name, link.toString())).allMatch(ClosedDescriptors::isClosed);
    assertThat(ClosedDescriptors.isClosed(modules.toString())).isFalse();
  }

  private static ClosedDescriptors withFile(Path file) throws IOException {
    return new ClosedDescriptors(new File("/nowhere"), List.of(file.toFile()));
  }

  private static ClosedDescriptors withHome(Path home) throws IOException {
    return new ClosedDescriptors(home.toFile(), List.of());
  }

  private static boolean isClosed(ClosedDescriptors jvm, String name) {
    try {
      return jvm.hasClosed(name);
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  /** Returns the number of the descriptor that is open for a file. */
  private static String descriptor(Path file) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(each -> leadsTo(each, file)).findFirst().orElseThrow().getFileName() + "";
    }
  }

  private static boolean leadsTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException e) {
      return false; // The one of the list itself.
    }
  }
}
