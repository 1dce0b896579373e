package dev.midge.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No folder of the sources holds more than 25 files. */
class FoldersAreSmallTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final int MOST_FILES = 25;

  @TempDir Path directory;

  @Test
  void noFolderHoldsMoreThan25Files() throws IOException {
    assertThat(largeFolders(SOURCES)).isEmpty();
  }

  private static List<String> largeFolders(Path root) throws IOException {
    try (Stream<Path> folders = Files.walk(root)) {
      return folders
          .filter(Files::isDirectory)
          .filter(folder -> files(folder) > MOST_FILES)
          .map(folder -> root.relativize(folder) + ": " + files(folder) + " files")
          .sorted()
          .toList();
    }
  }

  /** Counts the files without that of the package. */
  private static int files(Path folder) {
    String[] names = folder.toFile().list((parent, name) -> name.endsWith(".java"));
    return (int) Stream.of(names).filter(name -> !name.endsWith("-info.java")).count();
  }

  @Test
  void aLargeFolderIsFound() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("a/b"));
    Files.writeString(folder.resolve("package-info.java"), "");
    for (int i = 1; i <= MOST_FILES; i++) {
      Files.writeString(folder.resolve("C" + i + ".java"), "");
    }
    assertThat(largeFolders(directory)).isEmpty();

    Files.writeString(folder.resolve("OneMore.java"), "");
    assertThat(largeFolders(directory)).containsExactly("a/b: 26 files");
  }
}
