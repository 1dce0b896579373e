package dev.midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user's own words in complaints: they command no terminal, and are not longer than helps. */
class ArgumentEscapingTest {
  private static final String EVIL = "\033[31m\n\u202e";
  private static final String SHOWN = "\\x1b[31m\\n\\u202e";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub -m x -t +EVIL",
        "sub -t #EVIL",
        "pub -t a -f EVIL",
        "pub -t a --EVIL",
        "pub -t a -m x -q EVIL",
        "pub -V EVIL",
        "pub -D EVIL content-type x",
        "sub -t a -F %EVIL",
        "EVIL",
        "help EVIL"
      })
  void controlCharactersAreEscaped(String line) {
    String[] words = line.split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace("EVIL", EVIL);
    }

    MidgeRun run = MidgeRun.run((Object[]) words);

    assertThat(run.errText()).startsWith("Error: ").doesNotContain("\033", "\u202e");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void lineEndsTooAndOurOwnStay() {
    assertThat(MidgeRun.run("pub", "-t", "a", "-f", EVIL).errText())
        .startsWith(
            "Error: Unable to read file \""
                + SHOWN
                + "\": No such file or directory.\nError loading input file \""
                + SHOWN
                + "\".\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pub", "sub"})
  void aTopicThatIsTooLongIsSaidToBeThat(String command) {
    String text = MidgeRun.run(command, "-t", "a".repeat(65536)).errText();

    assertThat(text)
        .startsWith("Error: The topic of -t is too long: 65536 bytes, not 65535.\n")
        .doesNotContain("'+'", "aaa");
  }

  @Test
  void soIsOneThatIsTooDeep() {
    assertThat(MidgeRun.run("pub", "-t", "/".repeat(201)).errText())
        .startsWith("Error: The topic of -t has more than 201 levels.\n");
  }

  @Test
  void mosquittosNamesKeepTheirLine() {
    assertThat(MidgeRun.runAs("mosquitto_pub", "-m", "x", "-t", "/".repeat(201)).errText())
        .startsWith("Error: Invalid publish topic '///");
  }
}
