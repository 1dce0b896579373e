package dev.midge.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metaphors of earlier versions are gone from sources, docs and manual pages. */
class NoOldNamesTest {
  private static final List<Path> TREES = List.of(Path.of("src"), Path.of("docs"), Path.of("man"));
  private static final Path SOURCES = Path.of("src/main/java/dev/midge");

  /** Words that no text of ours needs, in names and in prose. */
  private static final Pattern OLD_WORDS =
      Pattern.compile(
          "[Cc]ourier|\\bFlights?(?![a-z])|\\bflights\\b|\\b[Aa]irborne|\\b[Ss]tranded"
              + "|[Mm]isfortune|\\b[Ii]nflict|\\bKeeper\\b|\\bGreeting\\b|\\bDeaf\\b|\\bNOBODY\\b"
              + "|\\bwelcomed\\b|\\brested\\b|[Ff]utile"
              + "|\\b[Mm]anners\\b|\\bSurroundings\\b|\\b[Tt]wins\\b|ClientTalk|TalkOptions"
              + "|TlsAccount|GatheredOutput|StrictLine|\\bIMPOSSIBLE\\b"
              + "|SharedBytes|\\b[A-Z]\\w*Letters\\b|\\bCNumber"
              + "|BlindTrust|BrokerTrust|LastWords|[Dd]oomed|\\bheirs?\\b|[Rr]ehears");

  /** Names that are ordinary words elsewhere, but say too little as the name of a class. */
  private static final Set<String> OLD_TYPES =
      Set.of(
          "Link",
          "Closing",
          "End",
          "Ending",
          "Sending",
          "Outgoing",
          "Inbound",
          "Incoming",
          "Clearing",
          "Words",
          "Talk",
          "Account",
          "Attempted",
          "Secrets",
          "Watch",
          "Held",
          "Patience",
          "Backlog",
          "Journal",
          "Stage",
          "Chunks",
          "Upgrade",
          "Visible",
          "Shown",
          "Screen",
          "Bytes",
          "Trust",
          "Finding",
          "Outcome");

  @TempDir Path directory;

  @Test
  void noTextHasAnOldWord() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path tree : TREES) {
      found.addAll(oldWords(tree));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void noClassHasAnOldName() throws IOException {
    assertThat(oldTypes(SOURCES)).isEmpty();
  }

  /** Returns one line for each old word in a file. */
  private static List<String> oldWords(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file :
          (Iterable<Path>) files.filter(NoOldNamesTest::isOurText).sorted()::iterator) {
        Set<String> words = new TreeSet<>();
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        Matcher matcher = OLD_WORDS.matcher(file.getFileName() + "\n" + text);
        while (matcher.find()) {
          words.add(matcher.group());
        }
        if (!words.isEmpty()) {
          found.add(file + ": " + String.join(", ", words));
        }
      }
    }
    return found;
  }

  /** Returns whether we wrote a file, and it is not this one. */
  private static boolean isOurText(Path file) {
    String name = file.toString();
    return Files.isRegularFile(file)
        && !name.contains("/org/eclipse/")
        && !name.endsWith("NoOldNamesTest.java");
  }

  private static List<String> oldTypes(Path root) throws IOException {
    return SourceFile.below(root).stream()
        .filter(file -> OLD_TYPES.contains(file.type()))
        .map(file -> file.path().toString())
        .toList();
  }

  @Test
  void oldNamesAreFound() throws IOException {
    Files.writeString(directory.resolve("A.java"), "class A { int inFlight; } // in flight, twin");
    Files.writeString(directory.resolve("Link.java"), "class Link { Flights flights; }");
    Files.writeString(directory.resolve("page.md"), "It minds its manners, an isFutile(heir).");
    Files.writeString(directory.resolve("CourierTest.java"), "");

    assertThat(oldWords(directory))
        .containsExactly(
            directory + "/CourierTest.java: Courier",
            directory + "/Link.java: Flights, flights",
            directory + "/page.md: Futile, heir, manners");
    assertThat(oldTypes(directory)).containsExactly(directory + "/Link.java");
  }
}
