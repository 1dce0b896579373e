package dev.midge.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.command.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The pages for contributors name files, links, classes, tests and commands that are there. */
class ContributorPagesTest {
  private static final List<String> PAGES =
      List.of(
          "CONTRIBUTING.md",
          "CHANGELOG.md",
          "SECURITY.md",
          "CODE_OF_CONDUCT.md",
          "docs/testing.md",
          ".github/pull_request_template.md",
          ".github/ISSUE_TEMPLATE/bug.yml",
          ".github/ISSUE_TEMPLATE/broker_will.yml",
          ".github/workflows/build.yml",
          ".github/workflows/release.yml",
          ".editorconfig",
          ".gitattributes");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern FILE =
      Pattern.compile(
          "(?<![\\w/.~-])((?:src|docs|bin|man|completions|\\.ci|\\.github|\\.mvn)/[\\w./-]*\\w"
              + "|(?!FILE)[A-Z_]+\\.md|pom\\.xml)");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern CLASS =
      Pattern.compile("(?<![\\w.-])([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?:[.#]([a-z]\\w*))?");
  private static final Pattern MIDGE = Pattern.compile("(?:bin/)?midge ([a-z]+)\\b");
  private static final Pattern NAMED_TEST =
      Pattern.compile("-D(?:it\\.)?test='?([\\w,]+)(?:#([\\w*]+))?");

  /** Names in the code of pages that are none of our classes. */
  private static final Set<String> OTHERS =
      Set.of("ExecutionMode", "MicroProfile", "GitHub", "EnabledOnOs", "AssertJ");

  private static final Map<String, Path> SOURCES = sources();

  @ParameterizedTest
  @FieldSource("PAGES")
  void linksLeadToAFileAndAHeading(String page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (String link : all(LINK, page)) {
      if (link.matches("[a-z]+://.*")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path target =
          parts[0].isEmpty() ? Path.of(page) : Path.of("./" + page).resolveSibling(parts[0]);
      if (!Files.exists(target)
          || parts.length == 2 && !headings(target.normalize()).contains(parts[1])) {
        broken.add(link);
      }
    }
    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("PAGES")
  void filesThatAreNamedAreThere(String page) throws IOException {
    assertThat(all(FILE, page)).allSatisfy(file -> assertThat(isThere(file)).as(file).isTrue());
  }

  /** The scripts of a release come with a part of the project of their own. */
  private static boolean isThere(String file) {
    boolean coming = file.startsWith("src/release/") && !Files.isDirectory(Path.of("src/release"));
    return Files.exists(Path.of(file)) || file.equals("bin/midge.ps1") || coming;
  }

  @ParameterizedTest
  @FieldSource("PAGES")
  void classesAndTheirMethodsAreThere(String page) throws IOException {
    Set<String> missing = new TreeSet<>();
    for (String code : all(CODE, page)) {
      Matcher matcher = CLASS.matcher(code);
      while (matcher.find()) {
        String name = matcher.group(1);
        if (OTHERS.contains(name)) {
          continue;
        }
        String source = source(name);
        String member = matcher.group(2);
        if (source.isEmpty()
            || member != null && !member.equals("java") && !source.contains(member)) {
          missing.add(matcher.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("PAGES")
  void testsThatMavenIsToRunAreThere(String page) throws IOException {
    for (MatchResult found : results(NAMED_TEST, page)) {
      for (String name : found.group(1).split(",")) {
        if (name.equals("NAME")) {
          continue;
        }
        assertThat(source(name)).as(name).isNotEmpty();
        if (found.group(2) != null) {
          String method = "void " + found.group(2).replace("*", "\\w*") + "\\(";
          assertThat(source(name)).as(found.group()).containsPattern(method);
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("PAGES")
  void commandsOfMidgeAreThere(String page) throws IOException {
    Set<String> known = new TreeSet<>(Commands.NAMES);
    known.addAll(List.of("help", "version", "doctor", "examples")); // They are no option tables.
    for (String code : all(CODE, page)) {
      Matcher matcher = MIDGE.matcher(code);
      while (matcher.find()) {
        assertThat(known).as(code).contains(matcher.group(1));
      }
    }
  }

  @Test
  void formsAskForWhatDevelopersNeed() throws IOException {
    assertThat(text(".github/ISSUE_TEMPLATE/bug.yml"))
        .contains("midge version --all")
        .contains("midge doctor");
    assertThat(text(".github/ISSUE_TEMPLATE/broker_will.yml"))
        .contains("midge version --all")
        .contains("midge lwt --report FILE.md");
  }

  /** A tag or branch may be moved to other code; a whole version of an action rarely is. */
  @Test
  void actionsHaveAVersion() throws IOException {
    List<String> uses = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(".github/workflows"))) {
      for (Path file : files.toList()) {
        uses.addAll(all(Pattern.compile("uses: (\\S+)"), file.toString()));
      }
    }
    assertThat(uses)
        .isNotEmpty()
        .allSatisfy(use -> assertThat(use).matches("actions/[a-z-]+@v\\d+\\.\\d+\\.\\d+"));
  }

  /** What .ci/run installs is what docs/testing.md tells. */
  @Test
  void thePageOfTestsNamesThePackagesOfCi() throws IOException {
    String page = text("docs/testing.md");
    List<String> packages = new ArrayList<>();
    for (String words : all(Pattern.compile("need\\+=\\(([^)]+)\\)"), ".ci/run")) {
      packages.addAll(List.of(words.split(" ")));
    }
    assertThat(packages).contains("mosquitto", "tshark");
    packages.removeIf(name -> name.startsWith("openjdk"));
    assertThat(packages).allSatisfy(name -> assertThat(page).contains(name));
  }

  private static String text(String page) throws IOException {
    return Files.readString(Path.of(page));
  }

  private static List<MatchResult> results(Pattern pattern, String page) throws IOException {
    return pattern.matcher(text(page)).results().toList();
  }

  private static List<String> all(Pattern pattern, String page) throws IOException {
    return results(pattern, page).stream().map(found -> found.group(1)).toList();
  }

  /** Returns the anchors of a page's headings, as GitHub makes them. */
  private static Set<String> headings(Path page) throws IOException {
    Set<String> anchors = new TreeSet<>();
    for (String heading : all(Pattern.compile("(?m)^#+ (.*)$"), page.toString())) {
      anchors.add(heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\s-]", "").replace(' ', '-'));
    }
    return anchors;
  }

  /** Returns the source of a class; empty if there is none. */
  private static String source(String name) throws IOException {
    Path file = SOURCES.get(name + ".java");
    return file == null ? "" : Files.readString(file);
  }

  private static Map<String, Path> sources() {
    Map<String, Path> sources = new HashMap<>();
    for (String root : List.of("src/main/java", "src/test/java")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        files.forEach(file -> sources.put(file.getFileName().toString(), file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sources;
  }
}
