package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Installed;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures of terminals in docs/images are of the program as it is. */
class PicturesIT {
  private static final Path IMAGES = Path.of("docs/images");
  private static final int LARGEST = 60_000;

  @Test
  void theProgramStillLooksLikeItsPictures() {
    Installed.require("tmux");
    Installed.require("python3");

    Program check = Program.start("python3", "-B", "src/pictures/make", "--check").await();

    assertThat(check.status()).as(check.outText() + check.errText()).isZero();
  }

  @Test
  void masksHideTimesAndPortsAndNothingElse(@TempDir Path directory) throws IOException {
    Installed.require("python3");
    Path script = directory.resolve("masks.py");
    Files.writeString(
        script,
        """
        import importlib.machinery, importlib.util, sys
        sys.path.insert(0, 'src/pictures')
        loader = importlib.machinery.SourceFileLoader('make', 'src/pictures/make')
        make = importlib.util.module_from_spec(importlib.util.spec_from_loader('make', loader))
        loader.exec_module(make)
        shown = make.picture('', [('', ['10:20:30 from 127.0.0.1:5000', '\\x1b[32mok\\x1b[m  3 ms'])])
        for old, new in (('10:20:30', '11:21:31'), (':5000', ':60001'), ('3 ms', '3.00 s'), ('ok', 'no'), ('green', 'red')):
            print(make.masked(shown) == make.masked(shown.replace(old, new)))
        """);

    Program run = Program.start("python3", "-B", script).await();

    assertThat(run.outText()).as(run.errText()).isEqualTo("True\nTrue\nTrue\nFalse\nFalse\n");
  }

  @Test
  void eachPictureIsSmallAndFollowsTheTheme() throws IOException {
    try (var files = Files.list(IMAGES)) {
      List<Path> pictures = files.toList();
      assertThat(pictures).isNotEmpty();
      for (Path picture : pictures) {
        assertThat(picture).hasExtension("svg");
        assertThat(Files.size(picture)).as(picture.toString()).isLessThan(LARGEST);
        assertThat(Files.readString(picture)).contains("prefers-color-scheme: dark", "<title>");
      }
    }
  }
}
