package dev.midge.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code mvn -Ppackage verify} has made. */
final class Packages {
  private final Path directory;

  private Packages(Path directory) {
    this.directory = directory;
  }

  /** Returns them; skips the test where none were made. */
  static Packages made() {
    String name = System.getProperty("midge.packages");
    assumeTrue(name != null, "mvn -Ppackage verify makes packages and tries them");
    return new Packages(Path.of(name));
  }

  /** Returns the directory that they lie in. */
  Path directory() {
    return directory;
  }

  /** Returns the files whose names match a glob. */
  List<Path> all(String glob) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file ->
                  file.getFileSystem().getPathMatcher("glob:" + glob).matches(file.getFileName()))
          .sorted()
          .toList();
    }
  }

  /** Returns the one file that has no word of an architecture between version and ending. */
  Path one(String beginning, String ending) throws IOException {
    List<Path> found =
        all(beginning + "*" + ending).stream()
            .filter(file -> name(file).matches(beginning + "[0-9.]+" + ending.replace(".", "\\.")))
            .toList();
    assertThat(found).as(beginning + "VERSION" + ending + " in " + directory).hasSize(1);
    return found.get(0);
  }

  /** Returns the tar.gz that has a Java for this machine. */
  Path ofThisMachine() throws IOException {
    String arch = System.getProperty("os.arch").equals("amd64") ? "x64" : "aarch64";
    List<Path> found = all("midge-*-linux-" + arch + ".tar.gz");
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  /** Unpacks a tar.gz and returns its one directory. */
  static Path unpack(Path archive, Path into) throws IOException {
    Program unpack = Program.start("tar", "-xzf", archive, "-C", into).await();
    assertThat(unpack.status()).as(unpack.errText()).isZero();
    try (Stream<Path> files = Files.list(into)) {
      return files.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  static String name(Path file) {
    return file.getFileName().toString();
  }
}
