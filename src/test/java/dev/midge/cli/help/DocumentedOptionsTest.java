package dev.midge.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.command.Commands;
import dev.midge.fault.EffectKind;
import dev.midge.fault.FaultSide;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each option of each command is told wherever options are told, by all of its names. */
class DocumentedOptionsTest {
  private static final List<String> WORDS = Commands.NAMES;

  private static String[] names(String word) {
    return GenerateDocsTest.tables().get(word).options().stream()
        .flatMap(option -> Stream.of(option.names()))
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @FieldSource("WORDS")
  void helpTellsThem(String word) {
    String help = MidgeRun.run("help", word).outText().split("\nExamples:")[0];

    assertThat(found(help, "(?m)^ {2,6}(-[^\\s,]+(?:, -[^\\s,]+)*)"))
        .containsExactlyInAnyOrder(names(word));
  }

  @ParameterizedTest
  @FieldSource("WORDS")
  void theManPageTellsThem(String word) throws IOException {
    String page = Files.readString(Path.of("man/midge-" + word + ".1"));
    String options = page.substring(page.indexOf(".SH \"OPTIONS\""));
    String section = options.substring(0, options.indexOf("\n.SH ")).replace("\\-", "-");

    assertThat(found(section, "(?m)^(\\\\fB-\\S+\\\\fP(?:, \\\\fB-\\S+\\\\fP)*)"))
        .containsExactlyInAnyOrder(names(word));
  }

  @ParameterizedTest
  @FieldSource("WORDS")
  void bashCompletesThem(String word) throws IOException {
    String script = Files.readString(Path.of("completions/midge.bash"));

    assertThat(found(script, "(?m)^ +" + word + "\\) printf %s '([^']*)'"))
        .containsExactlyInAnyOrder(names(word));
  }

  @ParameterizedTest
  @FieldSource("WORDS")
  void zshCompletesThem(String word) throws IOException {
    String script = Files.readString(Path.of("completions/_midge"));
    String part = script.substring(script.indexOf("\n    " + word + ")\n"));

    assertThat(found(part.substring(0, part.indexOf(";;")), "(?m)^ +'\\*(-[\\w-]+)[=+]?\\["))
        .containsExactlyInAnyOrder(names(word));
  }

  @ParameterizedTest
  @FieldSource("WORDS")
  void fishCompletesThem(String word) throws IOException {
    String script = Files.readString(Path.of("completions/midge.fish"));
    List<String> names = new ArrayList<>();
    for (String line : script.lines().filter(isFor(word)).toList()) {
      found(line.replaceAll(" -d '.*", ""), " -s (\\S)").forEach(name -> names.add("-" + name));
      found(line.replaceAll(" -d '.*", ""), " -l (\\S+)").forEach(name -> names.add("--" + name));
    }

    assertThat(names).containsExactlyInAnyOrder(names(word));
  }

  @Test
  void theManPageTellsEveryFaultAndItsMoments() throws IOException {
    String prose = HelpSource.of("faults");
    List<String> told =
        found(prose, "(?m)^((?:\\*\\w+\\*, )?\\*\\*?\\w+:?\\*\\*?).*::$").stream()
            .map(word -> word.replaceAll("[*:,]", ""))
            .toList();

    List<String> words = new ArrayList<>();
    for (EffectKind kind : EffectKind.values()) {
      if (kind.isOf(FaultSide.CLIENT)) {
        words.add(kind.word());
      }
    }
    words.addAll(
        List.of("end", "connected", "connack", "subscribed", "after", "every", "bytes", "eof"));
    words.addAll(List.of("publish", "topic", "random"));
    assertThat(told).containsExactlyInAnyOrderElementsOf(words);
  }

  @Test
  void theManPageTellsEveryLetterOfAFormat() throws IOException {
    String prose = HelpSource.of("formats");
    List<String> taken =
        IntStream.rangeClosed('!', '~')
            .mapToObj(Character::toString)
            .filter(letter -> letter.matches("[a-zA-Z%]"))
            .filter(
                letter ->
                    MidgeRun.run("sub", "-t", "a", "-F", "%" + letter, "--help").status() == 0)
            .toList();

    assertThat(found(prose, "\\*%(.)\\*(?=[:,][: ])")).containsExactlyInAnyOrderElementsOf(taken);
  }

  private static Predicate<String> isFor(String word) {
    return line -> line.startsWith("complete -c midge -n '__midge_is " + word + "' ");
  }

  /** The words in the first group of what the pattern finds, without roff's letters. */
  private static List<String> found(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult result) -> result.group(1).replaceAll("\\\\f.", ""))
        .flatMap(words -> Stream.of(words.split(",? ")))
        .toList();
  }
}
