package dev.midge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links of the README and the documentation lead to files and headings that are there. */
class LinksTest {
  private static final Path ROOT = Path.of("");
  private static final Path INDEX = Path.of("docs/README.md");

  @Test
  void noLinkIsBroken() throws IOException {
    Links links = new Links(ROOT);
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      broken.addAll(links.broken(page));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void theIndexNamesEachPage() throws IOException {
    List<Path> others = new ArrayList<>(pagesBelow(Path.of("docs")));
    others.remove(INDEX);

    assertThat(new Links(ROOT).linked(INDEX)).containsAll(others);
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(pagesBelow(Path.of("docs")));
    try (Stream<Path> files = Files.list(ROOT)) {
      files.filter(LinksTest::isPage).forEach(pages::add);
    }
    assertThat(pages).contains(Path.of("README.md"));
    return pages;
  }

  private static List<Path> pagesBelow(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(LinksTest::isPage).toList();
    }
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md");
  }

  @Test
  void brokenLinksAreFound(@TempDir Path root) throws IOException {
    Path page = root.resolve("a.md");
    Files.writeString(
        page,
        """
        # One
        ## A `word` & more, twice
        ## A `word` & more, twice
        [self](#one) [other](b/c.md#two) [again](#a-word--more-twice-1) [out](https://example.org)
        `[no](link)` [gone](gone.md) [wrong](b/c.md#three) docs/none.md
        """);
    Files.createDirectories(root.resolve("b"));
    Files.writeString(root.resolve("b/c.md"), "# Two\n```sh\n# three\n```\n");

    assertThat(new Links(root).broken(page))
        .containsExactly("a.md: gone.md", "a.md: b/c.md#three", "a.md: docs/none.md");
  }
}
