package dev.midge.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.midge.testing.Needs;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of src/release, without the builds: those take minutes. */
class ReleaseScriptsTest {
  private static final Path SCRIPTS = Path.of("src/release").toAbsolutePath();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"foo", "1.2", "1.2.3.4", "01.2.3", "1.2.3-rc1", "v1.2.3", "1.2.3\n4"})
  void aVersionThatIsNoneIsOneLine(String version) {
    for (String script : List.of("make", "set-version")) {
      Program run = Program.start("sh", SCRIPTS.resolve(script), version).await();

      assertThat(run.errText())
          .startsWith("midge: '" + version + "' is no version")
          .contains("such as 0.2.0");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.outText()).isEmpty();
    }
  }

  @Test
  void makeTellsHowItIsUsed() {
    Program help = Program.start("sh", SCRIPTS.resolve("make"), "--help").await();
    Program nothing = Program.start("sh", SCRIPTS.resolve("make")).await();
    Program option = Program.start("sh", SCRIPTS.resolve("make"), "0.2.0", "--tag").await();
    Program url = Program.start("sh", SCRIPTS.resolve("make"), "0.2.0", "--url").await();

    assertThat(help.outText()).startsWith("Usage: src/release/make VERSION").contains("--url BASE");
    assertThat(help.status()).isZero();
    assertThat(nothing.errText()).startsWith("midge: which version?").hasLineCount(1);
    assertThat(nothing.status()).isEqualTo(1);
    assertThat(option.errText()).startsWith("midge: there is no option --tag").hasLineCount(1);
    assertThat(option.status()).isEqualTo(1);
    assertThat(url.errText()).startsWith("midge: --url takes an argument").hasLineCount(1);
    assertThat(url.status()).isEqualTo(1);
  }

  @Test
  void makeWantsACheckoutWithoutChanges() throws IOException {
    Path checkout = directory.resolve("checkout");
    copy("src/release/make", checkout);
    Program.start("git", "-C", checkout, "init", "-q").await();

    Program run =
        Program.start(Map.of("MVN", "true"), "sh", checkout.resolve("src/release/make"), "0.2.0")
            .await();

    assertThat(run.errText()).contains("changes that are not committed").hasLineCount(1);
    assertThat(run.status()).isEqualTo(1);
    assertThat(checkout.resolve("target")).doesNotExist();
  }

  @Test
  void everyFileThatNamesTheVersionIsSet() throws IOException {
    Program files =
        Program.start("git", "grep", "-lE", "[>:(]" + version().replace(".", "\\.") + "[<:)]")
            .await();
    assumeTrue(files.status() == 0, "this is no checkout of git");
    List<String> named =
        files.outText().lines().filter(file -> !file.endsWith("CHANGELOG.md")).toList();
    assertThat(named).contains("pom.xml", "docs/junit.md");
    for (String file : named) {
      copy(file, directory);
    }
    copy("src/release/set-version", directory);

    Program run =
        Program.start(
                Map.of("SOURCE_DATE_EPOCH", "1000000000"),
                "sh",
                directory.resolve("src/release/set-version"),
                "98.7.6")
            .await();

    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
    for (String file : named) {
      String now = Files.readString(directory.resolve(file));
      assertThat(now).as(file).contains("98.7.6");
      if (!file.endsWith("changelog")) {
        assertThat(now.replace("98.7.6", version()))
            .as("the rest of " + file)
            .isEqualTo(Files.readString(Path.of(file)));
      }
    }
    assertThat(Files.readString(directory.resolve("src/main/package/deb/changelog")))
        .startsWith("midge (98.7.6) unstable; ")
        .contains(">  Sun, 09 Sep 2001 01:46:40 +0000\n") // two builds say the same time
        .endsWith(Files.readString(Path.of("src/main/package/deb/changelog")));
  }

  @Test
  void buildsThatAreTheSamePass() throws IOException {
    write("1/a.jar", "same");
    write("2/a.jar", "same");

    Program run = compare();

    assertThat(run.outText()).isEqualTo("the same in both, byte for byte: 1 files\n");
    assertThat(run.status()).isZero();
  }

  @Test
  void aFileThatDiffersOrIsMissingIsNamed() throws IOException {
    write("1/a.jar", "one");
    write("2/a.jar", "two");
    write("1/b.deb", "one");

    Program run = compare();

    assertThat(run.outText())
        .contains("differs: a.jar\n", "differs: b.deb is in one of them alone\n");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void startUpArchivesAreLeftOutAndNothingElse() throws IOException {
    for (String build : List.of("1", "2")) {
      write("tree" + build + "/midge/lib/midge-pub.aot", "made by the JVM in build " + build);
      write("tree" + build + "/midge/lib/midge.jar", "jar");
      pack(build);
    }

    Program same = compare();
    write("tree2/midge/lib/midge.jar", "another jar");
    pack("2");
    Program other = compare();

    assertThat(same.outText())
        .contains("not compared: the start-up archives in midge-1-linux-x64.tar.gz");
    assertThat(same.status()).isZero();
    assertThat(other.outText()).contains("differs: midge-1-linux-x64.tar.gz");
    assertThat(other.status()).isEqualTo(1);
  }

  @Test
  void theFormulaNamesTheFileAndItsSum() throws IOException {
    write("midge-1.2.3.tar.gz", "a package");
    write("midge-1.2.3-all.jar", "a jar");

    Program run = describe("https://example.org/midge/1.2.3/");

    assertThat(run.errText()).isEmpty();
    String sum =
        Program.start("sha256sum", directory.resolve("midge-1.2.3.tar.gz")).await().outText();
    assertThat(Files.readString(directory.resolve("midge.rb")))
        .contains("url \"https://example.org/midge/1.2.3/midge-1.2.3.tar.gz\"")
        .contains("sha256 \"" + sum.split(" ")[0] + "\"")
        .doesNotContain("@", "raise");
    assertThat(alias("script-ref")).isEqualTo("midge-1.2.3-all.jar");
    Program check =
        Program.shell("cd '" + directory + "' && sha256sum --check --strict SHA256SUMS").await();
    assertThat(check.outText())
        .contains("midge-1.2.3.tar.gz: OK", "midge.rb: OK", "jbang-catalog.json: OK");
    assertThat(check.status()).isZero();
  }

  @Test
  void aFormulaWithoutAPlaceRefusesToBeInstalled() throws IOException {
    write("midge-1.2.3.tar.gz", "a package");
    assertThat(describe().status()).isZero();

    Path formula = directory.resolve("midge.rb");
    assertThat(Files.readString(formula)).contains("raise \"midge.rb was made without --url BASE");
    Needs.program("ruby");
    assertThat(Program.start("ruby", "-c", formula).await().outText()).isEqualTo("Syntax OK\n");
    Program loaded = Program.start("ruby", "-e", "class Formula; end; load '" + formula + "'");
    assertThat(loaded.await().errText()).contains("made without --url BASE");
    assertThat(loaded.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"example.org/midge", "https://example.org/a\"b", "https://a b", "ftp://a"})
  void aBaseThatIsNoUrlIsOneLine(String url) throws IOException {
    write("midge-1.2.3.tar.gz", "a package");

    Program run = describe(url);

    assertThat(run.errText())
        .startsWith("midge: '" + url + "' is no URL to fetch from")
        .hasLineCount(1);
    assertThat(run.status()).isEqualTo(1);
    assertThat(directory.resolve("midge.rb")).doesNotExist();
  }

  /** Stands in for Homebrew, as far as the formula asks it for anything. */
  @Test
  void theFormulaSaysWhatHomebrewAsksOf() throws IOException {
    Needs.program("ruby");
    write("midge-1.2.3.tar.gz", "a package");
    describe("https://example.org");
    String homebrew =
        "class Formula; SAID = {}; "
            + "%w[desc homepage url sha256 license depends_on].each { |w| "
            + "define_singleton_method(w) { |v| SAID[w] = v } }; "
            + "def self.test; SAID['test'] = 'yes'; end; end; "
            + "load '"
            + directory.resolve("midge.rb")
            + "'; Midge.instance_method(:install); puts Formula::SAID.keys.join(' ')";

    Program run = Program.start("ruby", "-e", homebrew).await();

    assertThat(run.errText()).isEmpty();
    assertThat(run.outText()).isEqualTo("desc homepage url sha256 license depends_on test\n");
  }

  private Program describe(Object... url) {
    Object[] words = new Object[4 + url.length];
    words[0] = "sh";
    words[1] = SCRIPTS.resolve("describe");
    words[2] = directory;
    words[3] = "1.2.3";
    System.arraycopy(url, 0, words, 4, url.length);
    return Program.start(words).await();
  }

  private Program compare() {
    return Program.start(
            "sh", SCRIPTS.resolve("compare"), directory.resolve("1"), directory.resolve("2"))
        .await();
  }

  private void pack(String build) throws IOException {
    Files.createDirectories(directory.resolve(build));
    Program.start(
            "tar",
            "-czf",
            directory.resolve(build).resolve("midge-1-linux-x64.tar.gz"),
            "--mtime=2026-01-01",
            "-C",
            directory.resolve("tree" + build),
            "midge")
        .await();
  }

  private String alias(String name) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (JsonParser json =
        new JsonFactory().createParser(directory.resolve("jbang-catalog.json").toFile())) {
      JsonToken token;
      while ((token = json.nextToken()) != null) {
        if (token == JsonToken.VALUE_STRING) {
          texts.put(String.valueOf(json.currentName()), json.getText());
        }
      }
    }
    return texts.get(name);
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void copy(String file, Path to) throws IOException {
    Path copy = to.resolve(file);
    Files.createDirectories(copy.getParent());
    Files.copy(Path.of(file), copy);
  }

  private static String version() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    return pom.replaceAll(
        "(?s).*?<artifactId>midge</artifactId>\\s*<version>(.*?)</version>.*", "$1");
  }
}
