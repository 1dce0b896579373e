package dev.midge.cli.make;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong command lines of {@code pub} with made messages; nothing is connected to. */
class MakeUsageTest {

  @ParameterizedTest(name = "pub {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "-t a --template {coutn} | --template has no word {coutn}, did you mean 'count'?",
        "--topic-template d/{rnd} -m x | --topic-template has no word {rnd}; write {{ for",
        "-t a --template x -m y | --template makes the payload: leave out -m, -f, -s and -n; only -l gives lines for it.",
        "-t a --template x -n | --template makes the payload: leave out",
        "-t a --template x -s | --template makes the payload: leave out",
        "-t a --size 5 -m y | --size makes the payload: leave out -m, -f, -s, -n and -l.",
        "-t a --size 5 -l | --size makes the payload: leave out -m, -f, -s, -n and -l.",
        "-t a --size 5 --template x -m y | --template makes the payload: leave out",
        "-t a --topic-template b -m y | --topic-template makes the topic; leave out -t, or the topic in -L.",
        "-L mqtt://localhost/a --topic-template b -m y | --topic-template makes the topic; leave out",
        "--template x | Both topic and message must be supplied: the topic (-t, or in -L) is missing.",
        "--topic-template x | Both topic and message must be supplied: the message (-m TEXT, -f FILE, -l, -n or -s) is missing.",
        "-t a --template {line} | --template: {line} needs the lines of -l.",
        "-t a --template {json_line} | --template: {line} needs the lines of -l.",
        "--topic-template {line} -m x | --topic-template: {line} needs the lines of -l.",
        "-t a --template {id} | --template: {id} needs a client id (-i or -I), for the broker's own choice is not known yet.",
        "-t a -m x --rate 10 | --rate needs more than one message: give --repeat N, --repeat forever or -l.",
        "-t a -m x --repeat 2 --repeat-delay 1 --rate 10 | --rate and --repeat-delay cannot be used together: the rate says when.",
        "-t a -m x --rate 0 | Invalid --rate '0': a rate is such as 10, 0.5/s, 30/m or 6/h, at most 1000000/s.",
        "-t a --size 1G | --size takes bytes from 0 to 268435455, such as 100, 10k or 1M, not '1G'.",
        "-t a -m x --seed 1 | --seed needs a --template, a --topic-template or a --size.",
        "-t a --template {uuid} --seed x | --seed takes a whole number, not 'x'.",
        "-t a -m x --repeat never | --repeat argument must be >0, a whole number or the word forever.",
        "-t a -m x --repeat 0 | --repeat argument must be >0, a whole number or the word forever."
      })
  void oneLineTellsWhatIsWrong(String line, String start) {
    String[] words = ("pub " + line).split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace("_", " ");
    }

    MidgeRun run = MidgeRun.run((Object[]) words);

    assertThat(run.errText()).startsWith("Error: " + start);
    assertThat(run.errText().replace("\n\nUse 'midge pub --help' to see usage.\n", ""))
        .doesNotContain("\n");
    assertThat(run.outText()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"--template,x", "--topic-template,x", "--rate,5", "--size,5", "--seed,5"})
  void mosquittosNamesKnowNoneOfIt(String option, String word) {
    MidgeRun run = MidgeRun.runAs("mosquitto_pub", "-t", "a", "-m", "x", option, word);

    assertThat(run.errText()).startsWith("Error: Unknown option '" + option + "'.");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void underMosquittosNamesForeverIsNoCount() {
    MidgeRun run = MidgeRun.runAs("mosquitto_pub", "-t", "a", "-m", "x", "--repeat", "forever");

    assertThat(run.errText()).startsWith("Error: --repeat argument must be >0.\n");
    assertThat(MidgeRun.runAs("mosquitto_pub", "--help").outText()).doesNotContain("forever");
  }
}
